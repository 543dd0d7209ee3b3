package dev.tierwise.call.runtime;

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
import dev.tierwise.call.runtime.RosterAction.Grant;
import dev.tierwise.call.runtime.RosterAction.Load;
import dev.tierwise.call.runtime.RosterAction.Refuse;
import dev.tierwise.call.runtime.RosterAction.Unload;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Failure BROKEN = new Failure.Broken("no", Failure.Fault.SERVER_ERROR);

    private static Failure refused(List<RosterAction> actions) {
        assertThat(actions).hasSize(1);
        return ((Refuse) actions.getFirst()).why();
    }

    @Test
    void thoseWhoWaitForOneModelAreServedTogether() {
        Roster roster = roster(List.of(), lodger("a", 100));

        var first = ask(roster, 0, 1, "a");
        var second = ask(roster, 1, 2, "a");
        var third = ask(roster, 2, 3, "a");
        var there = loaded(roster, 4, "a");
        var next = roster.on(new RosterEvent.Left(at(5), 1));

        assertThat(first).containsExactly(new Load("a"));
        assertThat(second).isEmpty();
        assertThat(third).isEmpty();
        assertThat(there).containsExactly(new Grant(1), new Grant(2));
        assertThat(next).containsExactly(new Grant(3));
    }

    @Test
    void defaultsAreLoadedAtTheStart() {
        Roster roster = roster(List.of("b", "a"), lodger("a", 40), lodger("b", 50));

        var first = tick(roster, 0);
        var second = loaded(roster, 3, "b");

        assertThat(first).containsExactly(new Load("b"));
        assertThat(second).containsExactly(new Load("a"));
    }

    @Test
    void defaultsComeBackWhenOthersHaveRested() {
        Roster roster = roster(List.of("a"), lodger("a", 80), lodger("b", 80));
        tick(roster, 0);
        loaded(roster, 1, "a");
        var swap = ask(roster, 10, 1, "b");
        roster.on(new RosterEvent.Unloaded(at(11), "a"));
        loaded(roster, 12, "b");
        roster.on(new RosterEvent.Left(at(13), 1));

        var early = tick(roster, 42);
        var rested = tick(roster, 43);
        var back = roster.on(new RosterEvent.Unloaded(at(44), "b"));

        assertThat(swap).containsExactly(new Unload("a"));
        assertThat(early).isEmpty();
        assertThat(rested).containsExactly(new Unload("b"));
        assertThat(back).containsExactly(new Load("a"));
    }

    @Test
    void aModelThatNobodyAsksLeaves() {
        Roster roster = roster(List.of(), lodger("a", 80));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        roster.on(new RosterEvent.Left(at(5), 1));

        var early = tick(roster, 64);
        var late = tick(roster, 65);

        assertThat(early).isEmpty();
        assertThat(late).containsExactly(new Unload("a"));
    }

    @Test
    void anIdleModelStaysAWhileBeforeItMakesRoom() {
        Roster roster = roster(List.of(), lodger("a", 80), lodger("b", 80));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        roster.on(new RosterEvent.Left(at(2), 1));

        var asked = ask(roster, 3, 2, "b");
        var wake = roster.wake();
        var settled = tick(roster, 6);

        assertThat(asked).isEmpty();
        assertThat(wake).contains(at(6));
        assertThat(settled).containsExactly(new Unload("a"));
    }

    @Test
    void aBusyModelTakesNoMoreOnceAnotherWasMissedForLong() {
        Roster roster = roster(List.of(), lodger("a", 80), lodger("b", 80));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        ask(roster, 2, 2, "b");

        var before = ask(roster, 11, 3, "a");
        var after = roster.on(new RosterEvent.Left(at(12), 3));
        var closed = ask(roster, 13, 4, "a");
        var drained = roster.on(new RosterEvent.Left(at(14), 1));

        assertThat(before).containsExactly(new Grant(3));
        assertThat(after).isEmpty();
        assertThat(closed).isEmpty();
        assertThat(drained).containsExactly(new Unload("a"));
    }

    @Test
    void aModelServesThoseWhoWaitedBeforeItMakesRoom() {
        var hasty =
                new Rules(100, true, 3, Duration.ZERO, Duration.ZERO, null, Duration.ZERO, 4, null);
        var roster = new Roster(hasty, List.of(lodger("a", 80), lodger("b", 80)), List.of());
        ask(roster, 0, 1, "a");
        ask(roster, 0, 2, "b");

        var there = loaded(roster, 1, "a");
        var over = roster.on(new RosterEvent.Left(at(2), 1));

        assertThat(there).containsExactly(new Grant(1));
        assertThat(over).containsExactly(new Unload("a"));
    }

    @Test
    void whoeverWaitsForAFailedLoadHearsWhyAndItRests() {
        Roster roster = roster(List.of(), lodger("a", 80));
        ask(roster, 0, 1, "a");

        var failed = roster.on(new RosterEvent.NotLoaded(at(10), "a", BROKEN));
        var resting = roster.on(new RosterEvent.Wanted(at(10), 2, "a", at(99), at(99)));
        var again = ask(roster, 11, 3, "a");
        roster.on(new RosterEvent.NotLoaded(at(12), "a", BROKEN));
        var longer = ask(roster, 13, 4, "a");

        assertThat(refused(failed)).isEqualTo(BROKEN);
        assertThat(refused(resting)).isEqualTo(BROKEN);
        assertThat(again).containsExactly(new Load("a"));
        assertThat(refused(longer)).isEqualTo(BROKEN);
    }

    @Test
    void whatCanNeverFitIsRefusedAtOnce() {
        Roster roster = roster(List.of(), lodger("a", 300L << 20));

        var asked = ask(roster, 0, 1, "a");

        assertThat(refused(asked)).isInstanceOf(Failure.Unready.class);
        assertThat(refused(asked).message()).contains("300 MiB");
    }

    @Test
    void whatIsNotKnownToRunHereIsRefused() {
        Roster roster = roster(List.of(), lodger("a", 10));
        see(roster, 0, held("kimi:cloud", 10, RuntimeView.Phase.READY));

        var cloud = ask(roster, 1, 1, "kimi:cloud");
        var nobody = ask(roster, 1, 2, "nobody");

        assertThat(refused(cloud)).isInstanceOf(Failure.NotFound.class);
        assertThat(refused(nobody)).isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void theQueueHasAnEnd() {
        Roster roster = roster(List.of(), lodger("a", 10));
        for (int i = 0; i < 4; i++) {
            ask(roster, 0, i, "a");
        }

        var fifth = ask(roster, 1, 9, "a");

        assertThat(refused(fifth)).isInstanceOf(Failure.Overloaded.class);
    }

    @Test
    void whoeverWaitsTooLongHearsWhatWasInTheWay() {
        Roster roster = roster(List.of(), lodger("a", 10));
        roster.on(new RosterEvent.Wanted(at(0), 1, "a", at(3), at(3)));

        var late = tick(roster, 3);

        assertThat(refused(late))
                .isEqualTo(
                        new Failure.Timeout(
                                "`a` was not to be had in time: it was still loading.",
                                Failure.Phase.QUEUE));
        assertThat(loaded(roster, 4, "a")).isEmpty();
    }

    @Test
    void aModelThatLeftByItselfIsLoadedAnew() {
        Roster roster = roster(List.of(), lodger("a", 10));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        see(roster, 5);

        var asked = ask(roster, 6, 2, "a");

        assertThat(asked).containsExactly(new Load("a"));
    }

    @Test
    void anOldLookDoesNotUndoALoad() {
        Roster roster = roster(List.of(), lodger("a", 10));
        ask(roster, 0, 1, "a");
        loaded(roster, 2, "a");
        var view = new RuntimeView(null, List.of(), List.of(), null, null);
        roster.on(new RosterEvent.Observed(at(3), at(1), view));

        var asked = ask(roster, 4, 2, "a");

        assertThat(asked).containsExactly(new Grant(2));
    }

    @Test
    void whatOthersLoadedTakesItsMemoryAndIsNotSentAwayForRest() {
        Roster roster = roster(List.of(), lodger("a", 60));
        see(roster, 0, held("theirs", 70, RuntimeView.Phase.READY));

        var asked = ask(roster, 1, 1, "a");
        var missed = tick(roster, 5);
        var unloaded = roster.on(new RosterEvent.Unloaded(at(6), "theirs"));

        assertThat(asked).isEmpty();
        assertThat(missed).containsExactly(new Unload("theirs"));
        assertThat(unloaded).containsExactly(new Load("a"));
        Roster other = roster(List.of(), lodger("a", 60));
        see(other, 0, held("theirs", 70, RuntimeView.Phase.READY));
        assertThat(tick(other, 1_000)).isEmpty();
    }

    @Test
    void aModelThatIsStillArrivingCountsAlready() {
        Roster roster = roster(List.of(), lodger("a", 60), lodger("b", 60));
        see(roster, 0, held("b", 60, RuntimeView.Phase.LOADING));

        var asked = ask(roster, 1, 1, "a");
        var gone = see(roster, 2);

        assertThat(asked).isEmpty();
        assertThat(gone).containsExactly(new Load("a"));
    }

    @Test
    void aModelThatStrangersUseStays() {
        Roster roster = roster(List.of(), lodger("a", 60), lodger("b", 60));
        var busy =
                new RuntimeView.Held(
                        "b",
                        RuntimeView.Phase.READY,
                        RuntimeView.Size.UNKNOWN,
                        null,
                        new RuntimeView.Load(4, 1, 0));
        see(roster, 0, busy);
        ask(roster, 1, 1, "a");

        var overdue = tick(roster, 20);
        var free = see(roster, 21, held("b", 60, RuntimeView.Phase.READY));

        assertThat(overdue).isEmpty();
        assertThat(free).containsExactly(new Unload("b"));
    }

    @Test
    void amongThoseMissedAlikeOneWithItsBaseInMemoryComesFirst() {
        Roster roster =
                roster(
                        List.of("base"),
                        lodger("base", 50),
                        lodger("other", 10),
                        new Lodger("tuned", 10L, 1, "base"));
        tick(roster, 0);
        var waiting = new ArrayList<>(ask(roster, 1, 1, "other"));
        waiting.addAll(ask(roster, 2, 2, "tuned"));

        var there = loaded(roster, 3, "base");

        assertThat(waiting).isEmpty();
        assertThat(there).containsExactly(new Load("tuned"));
    }

    @Test
    void measuredMemoryReplacesTheGuess() {
        Roster roster = roster(List.of(), lodger("a", 40), lodger("b", 40));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        see(roster, 2, held("a", 70, RuntimeView.Phase.READY));

        var asked = ask(roster, 3, 2, "b");

        assertThat(asked).isEmpty();
    }

    @Test
    void aModelThatDoesNotLeaveIsAskedAgainLater() {
        Roster roster = roster(List.of(), lodger("a", 80), lodger("b", 80));
        ask(roster, 0, 1, "a");
        loaded(roster, 1, "a");
        roster.on(new RosterEvent.Left(at(2), 1));
        ask(roster, 7, 2, "b");

        var stayed = roster.on(new RosterEvent.NotUnloaded(at(8), "a", BROKEN));
        var again = tick(roster, 13);

        assertThat(stayed).isEmpty();
        assertThat(again).containsExactly(new Unload("a"));
    }
}
