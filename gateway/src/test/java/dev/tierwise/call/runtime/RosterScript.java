package dev.tierwise.call.runtime;

import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.call.runtime.Residency.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What tests tell a roster, by the second.
final class RosterScript {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Rules RULES =
            new Rules(
                    100,
                    true,
                    3,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    4,
                    null);

    static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    static Roster roster(List<String> defaults, Lodger... lodgers) {
        return new Roster(RULES, List.of(lodgers), defaults);
    }

    static Lodger lodger(String model, long bytes) {
        return new Lodger(model, bytes, 2, null);
    }

    static List<RosterAction> ask(Roster roster, long second, long ticket, String model) {
        return roster.on(
                new RosterEvent.Wanted(
                        at(second), ticket, model, at(second + 100), at(second + 100)));
    }

    static List<RosterAction> loaded(Roster roster, long second, String model) {
        return roster.on(new RosterEvent.Loaded(at(second), model));
    }

    static List<RosterAction> tick(Roster roster, long second) {
        return roster.on(new RosterEvent.Tick(at(second)));
    }

    static List<RosterAction> see(Roster roster, long second, RuntimeView.Held... held) {
        var view = new RuntimeView(null, List.of(), List.of(held), null, null);
        return roster.on(new RosterEvent.Observed(at(second), at(second), view));
    }

    static RuntimeView.Held held(String model, long bytes, RuntimeView.Phase phase) {
        return new RuntimeView.Held(
                model,
                phase,
                new RuntimeView.Size(bytes, null, null),
                null,
                RuntimeView.Load.UNKNOWN);
    }

    private RosterScript() {}
}
