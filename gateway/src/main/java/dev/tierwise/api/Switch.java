package dev.tierwise.api;

import java.util.Map;

/// The switch that keeps everything on this machine, for those who may turn it.
public interface Switch {
    /// Turns it.
    ///
    /// @param on whether everything is to stay
    /// @param who the name of the key that turns it
    /// @param reason why; may be empty
    void turn(boolean on, String who, String reason);

    /// Who holds it on, and why; empty when it is off.
    Map<String, String> holders();
}
