package dev.tierwise.guard;

import dev.tierwise.core.ModelCard;
import java.util.Set;
import java.util.function.BiConsumer;

/// What outlives a change of the policy: permits, the switch, and the classes of conversations.
/// Thread-safe.
public final class Watch {
    private final LocalOnly localOnly = new LocalOnly();
    private final Conversations conversations = new Conversations();
    private final Permits permits;
    private final Notary notary;
    private final KeyedHash bodies;
    private volatile Set<String> doubted = Set.of();

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

    /// Names the models whose address is this machine's but whose runtime does not say that they
    /// run here. From now on they count as hosted.
    ///
    /// @param seats where they are, see [ModelCard#seat]; replaces those named before
    public void doubt(Set<String> seats) {
        doubted = Set.copyOf(seats);
    }

    /// The zone that `model` counts for now.
    String zone(ModelCard model) {
        return doubted.contains(model.seat()) ? ModelCard.CLOUD : model.zone();
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
