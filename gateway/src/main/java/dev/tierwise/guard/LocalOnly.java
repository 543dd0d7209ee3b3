package dev.tierwise.guard;

import java.util.Map;
import java.util.TreeMap;

/// The switch that keeps everything on this machine. While it is on, no clearance allows another
/// place and no permit for one is honoured, those of requests under way included. Several can hold
/// it on, each for a reason; it is off when none does. Thread-safe.
public final class LocalOnly {
    private volatile Map<String, String> holders = Map.of();

    /// Whether everything stays here.
    public boolean isOn() {
        return !holders.isEmpty();
    }

    /// Who holds it on, and why.
    public Map<String, String> holders() {
        return holders;
    }

    /// Holds it on.
    ///
    /// @param who such as `configuration`
    /// @param reason why; may be empty
    /// @return whether that changed anything
    public synchronized boolean hold(String who, String reason) {
        var next = new TreeMap<>(holders);
        String before = next.put(who, reason);
        holders = Map.copyOf(next);
        return !reason.equals(before);
    }

    /// Lets go of it.
    ///
    /// @return whether that changed anything
    public synchronized boolean release(String who) {
        var next = new TreeMap<>(holders);
        boolean held = next.remove(who) != null;
        holders = Map.copyOf(next);
        return held;
    }
}
