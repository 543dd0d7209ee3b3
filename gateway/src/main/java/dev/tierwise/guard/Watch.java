package dev.tierwise.guard;

import java.util.function.BiConsumer;

/// What outlives a change of the policy: permits, the switch, and the classes of conversations.
/// Thread-safe.
public final class Watch {
    private final LocalOnly localOnly = new LocalOnly();
    private final Conversations conversations = new Conversations();
    private final Permits permits;
    private final Notary notary;
    private final KeyedHash bodies;

    /// A watch that knows nothing yet.
    ///
    /// @param alarm told of each permit that was shown for bytes or a place that it is not for
    /// @param notary writes down what leaves
    /// @param bodies hashes bodies for the audit trail
    public Watch(BiConsumer<Permit, String> alarm, Notary notary, KeyedHash bodies) {
        this.permits = new Permits(localOnly, alarm);
        this.notary = notary;
        this.bodies = bodies;
    }

    /// The switch that keeps everything here.
    public LocalOnly localOnly() {
        return localOnly;
    }

    Conversations conversations() {
        return conversations;
    }

    Permits permits() {
        return permits;
    }

    Notary notary() {
        return notary;
    }

    KeyedHash bodies() {
        return bodies;
    }
}
