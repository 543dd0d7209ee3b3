package dev.tierwise.call.runtime;

import dev.tierwise.call.runtime.Berth.State;
import dev.tierwise.call.runtime.Residency.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The memory that the models of a [Roster] share. What is loading, unloading or arriving takes its
/// memory too.
final class Space {
    /// How long it is remembered that a runtime could not hold what it was thought to hold.
    private static final Duration MEMORY = Duration.ofMinutes(30);

    private final Collection<Berth> berths;
    private Rules rules;
    private Instant now = Instant.MIN;
    private long ceiling;
    private Instant ceilingUntil = Instant.MIN;

    /// @param berths the models, a view that changes with them
    /// @param rules the limits
    Space(Collection<Berth> berths, Rules rules) {
        this.berths = berths;
        this.rules = rules;
    }

    void rule(Rules next) {
        rules = next;
    }

    void clock(Instant moment) {
        now = moment;
    }

    /// Bytes that all models together may take.
    private long memory() {
        return now.isBefore(ceilingUntil) ? Math.min(rules.memory(), ceiling) : rules.memory();
    }

    /// What is in memory now was too much for the runtime.
    ///
    /// @param bytes what that was
    void tooMuch(long bytes) {
        ceiling = Math.max(0, bytes - 1);
        ceilingUntil = now.plus(MEMORY);
    }

    /// Bytes that are taken.
    long taken() {
        return berths.stream().filter(it -> it.state() != State.ABSENT).mapToLong(this::need).sum();
    }

    private long need(Berth berth) {
        return berth.need(memory());
    }

    private long places() {
        return rules.most() - berths.stream().filter(it -> it.state() != State.ABSENT).count();
    }

    /// Whether there is room for a model besides.
    boolean hasRoomFor(Berth berth) {
        return hasRoomFor(berth, List.of());
    }

    /// Whether there is room for a model once others have gone.
    boolean hasRoomFor(Berth berth, List<Berth> gone) {
        long freed = gone.stream().mapToLong(this::need).sum();
        return memory() - taken() + freed >= need(berth) && places() + gone.size() > 0;
    }

    /// The fewest models that have to leave besides; none where that does not help.
    ///
    /// @param may those that may leave, least wanted first
    /// @param going those that are leaving
    List<Berth> fewest(Berth berth, List<Berth> may, List<Berth> going) {
        var chosen = new ArrayList<>(going);
        for (Berth each : may) {
            if (hasRoomFor(berth, chosen)) {
                break;
            }
            chosen.add(each);
        }
        if (!hasRoomFor(berth, chosen)) {
            return List.of();
        }
        for (Berth each : may) {
            var without = new ArrayList<>(chosen);
            if (without.remove(each) && hasRoomFor(berth, without)) {
                chosen.remove(each);
            }
        }
        chosen.removeAll(going);
        return chosen;
    }
}
