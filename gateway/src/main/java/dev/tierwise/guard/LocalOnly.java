package dev.tierwise.guard;

/// The switch that keeps everything on this machine. While it is on, no clearance allows another
/// place and no permit for one is honoured, those of requests under way included. Thread-safe.
public final class LocalOnly {
    private volatile State state = State.OFF;

    /// How the switch stands.
    ///
    /// @param on whether everything stays
    /// @param by who turned it
    /// @param reason why
    public record State(boolean on, String by, String reason) {
        /// As it is without anybody's doing.
        public static final State OFF = new State(false, "", "");
    }

    /// Whether everything stays here.
    public boolean isOn() {
        return state.on;
    }

    /// How it stands.
    public State state() {
        return state;
    }

    /// Turns it.
    ///
    /// @return whether that changed anything
    public synchronized boolean turn(State to) {
        boolean changed = state.on != to.on;
        state = to;
        return changed;
    }
}
