package dev.tierwise.call.runtime;

import static dev.tierwise.call.runtime.RosterScript.RULES;
import static dev.tierwise.call.runtime.RosterScript.ask;
import static dev.tierwise.call.runtime.RosterScript.at;
import static dev.tierwise.call.runtime.RosterScript.held;
import static dev.tierwise.call.runtime.RosterScript.loaded;
import static dev.tierwise.call.runtime.RosterScript.lodger;
import static dev.tierwise.call.runtime.RosterScript.roster;
import static dev.tierwise.call.runtime.RosterScript.see;
import static dev.tierwise.call.runtime.RosterScript.tick;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.call.runtime.Residency.Rules;
import dev.tierwise.call.runtime.RosterAction.Load;
import dev.tierwise.call.runtime.RosterAction.Refuse;
import dev.tierwise.call.runtime.RosterAction.Unload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a roster makes of a runtime's own doings, and of other rules.
class RosterChangesTest {
    private static RuntimeView.Held until(String model, long second) {
        return new RuntimeView.Held(
                model,
                RuntimeView.Phase.READY,
                new RuntimeView.Size(40L, null, null),
                at(second),
                RuntimeView.Load.UNKNOWN);
    }

    @Test
    void whatTheRuntimeCouldNotHoldTogetherIsNotTakenToFitAgain() {
        Roster roster = roster(List.of(), lodger("a", 40), lodger("b", 40));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        roster.on(new RosterEvent.Left(at(2), 1));
        var second = ask(roster, 10, 2, "b");
        loaded(roster, 11, "b");
        see(roster, 12, held("b", 40, RuntimeView.Phase.READY));
        roster.on(new RosterEvent.Left(at(13), 2));

        var again = ask(roster, 13, 3, "a");
        var settled = tick(roster, 16);
        var muchLater = roster(List.of(), lodger("a", 40), lodger("b", 40));

        assertThat(second).as("there seems to be room for both").containsExactly(new Load("b"));
        assertThat(again).as("no room beside b, which has just come").isEmpty();
        assertThat(settled).containsExactly(new Unload("b"));
        assertThat(ask(muchLater, 0, 1, "a")).containsExactly(new Load("a"));
    }

    @Test
    void aModelThatWasToExpireSaysNothingOfRoom() {
        Roster roster = roster(List.of(), lodger("a", 40), lodger("b", 40));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        roster.on(new RosterEvent.Left(at(2), 1));
        see(roster, 3, until("a", 11));
        ask(roster, 10, 2, "b");
        loaded(roster, 11, "b");
        see(roster, 12, until("b", 100));

        var again = ask(roster, 13, 3, "a");

        assertThat(again).containsExactly(new Load("a"));
    }

    @Test
    void aLimitThatIsOnlyEstimatedKeepsNoModelOut() {
        var soft =
                new Rules(
                        100,
                        false,
                        3,
                        Duration.ZERO,
                        Duration.ZERO,
                        null,
                        Duration.ofSeconds(30),
                        4,
                        null);
        var roster = new Roster(soft, List.of(lodger("a", 400), lodger("b", 10)), List.of());
        ask(roster, 0, 1, "b");
        loaded(roster, 1, "b");
        roster.on(new RosterEvent.Left(at(2), 1));

        var large = ask(roster, 3, 2, "a");
        var alone = roster.on(new RosterEvent.Unloaded(at(4), "b"));

        assertThat(large).containsExactly(new Unload("b"));
        assertThat(alone).containsExactly(new Load("a"));
    }

    @Test
    void aDefaultThatLeftByItselfComesBackOnlyAfterARest() {
        Roster roster = roster(List.of("a"), lodger("a", 80));
        tick(roster, 0);
        loaded(roster, 1, "a");
        var gone = see(roster, 10);

        var early = tick(roster, 39);
        var rested = tick(roster, 40);

        assertThat(gone).isEmpty();
        assertThat(early).isEmpty();
        assertThat(rested).containsExactly(new Load("a"));
    }

    @Test
    void aModelThatWasSentAwayComesBackForARequestOnly() {
        Roster roster = roster(List.of("a"), lodger("a", 80));
        tick(roster, 0);
        loaded(roster, 1, "a");

        var away = roster.on(new RosterEvent.Dismissed(at(2), "a"));
        var gone = roster.on(new RosterEvent.Unloaded(at(3), "a"));
        var hoursLater = tick(roster, 9_000);
        var asked = ask(roster, 9_001, 1, "a");

        assertThat(away).containsExactly(new Unload("a"));
        assertThat(gone).isEmpty();
        assertThat(hoursLater).isEmpty();
        assertThat(asked).containsExactly(new Load("a"));
    }

    @Test
    void aModelInUseIsNotSentAway() {
        Roster roster = roster(List.of(), lodger("a", 80));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");

        assertThat(roster.on(new RosterEvent.Dismissed(at(2), "a"))).isEmpty();
    }

    @Test
    void defaultsAreRenewedWhileNobodyAsks() {
        var rules =
                new Rules(
                        100,
                        true,
                        3,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        null,
                        Duration.ofSeconds(30),
                        4,
                        Duration.ofSeconds(20));
        var roster = new Roster(rules, List.of(lodger("a", 50), lodger("b", 50)), List.of("a"));
        tick(roster, 0);
        loaded(roster, 1, "a");
        ask(roster, 1, 1, "b");
        loaded(roster, 1, "b");
        roster.on(new RosterEvent.Left(at(1), 1));

        var early = tick(roster, 20);
        var due = tick(roster, 21);
        var twice = tick(roster, 40);
        var again = tick(roster, 41);

        assertThat(early).isEmpty();
        assertThat(due).containsExactly(new RosterAction.Renew("a"));
        assertThat(twice).isEmpty();
        assertThat(again).containsExactly(new RosterAction.Renew("a"));
    }

    @Test
    void otherRulesLeaveThoseWhoWaitAndRunAlone() {
        Roster roster = roster(List.of(), lodger("a", 80), lodger("b", 80));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        ask(roster, 2, 2, "b");

        var reformed =
                roster.on(
                        new RosterEvent.Reformed(
                                at(3), RULES, List.of(lodger("c", 10)), List.of("c")));
        var gone = ask(roster, 4, 3, "a");
        var done = roster.on(new RosterEvent.Left(at(6), 1));
        var free = tick(roster, 12);
        var served = roster.on(new RosterEvent.Unloaded(at(13), "a"));

        assertThat(reformed).as("b is missed, so no default is loaded yet").isEmpty();
        assertThat(gone).hasSize(1).first().isInstanceOf(Refuse.class);
        assertThat(done).containsExactly(new Unload("a"));
        assertThat(free).isEmpty();
        assertThat(served).containsExactly(new Load("b"));
    }

    @Test
    void whoeverWaitsForASlotOfAModelThatLeavesWaitsForItsReturn() {
        Roster roster =
                roster(List.of(), new Lodger("a", 80L, 1, null), new Lodger("b", 80L, 1, null));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        roster.on(new RosterEvent.Wanted(at(2), 2, "a", at(32), at(302)));
        ask(roster, 3, 3, "b");
        tick(roster, 13);
        var drained = roster.on(new RosterEvent.Left(at(14), 1));
        roster.on(new RosterEvent.Unloaded(at(15), "a"));
        loaded(roster, 20, "b");

        var patient = tick(roster, 33);
        var patienceEnds = tick(roster, 302);

        assertThat(drained).containsExactly(new Unload("a"));
        assertThat(patient).noneMatch(it -> it instanceof Refuse);
        assertThat(patienceEnds).hasSize(1).first().isInstanceOf(Refuse.class);
    }
}
