package dev.tierwise.call.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.pool.PoolSimulation.Machine;
import dev.tierwise.call.pool.PoolSimulation.Result;
import dev.tierwise.call.pool.PoolSimulation.Rule;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What the choice between sites is worth; prints the numbers of the decision record.
class PoolSimulationTest {
    private static final int REQUESTS = 4_000;

    @Test
    void theTwiceAsFastMachineGetsAboutTwiceTheLoad() {
        List<Machine> machines = twoToOne();

        new PoolSimulation(machines, PoolSimulation.CHOICE, 1).closed(REQUESTS, 16);

        double ratio = (double) machines.getFirst().answered() / machines.getLast().answered();
        assertThat(ratio).isBetween(1.7, 2.3);
    }

    @Test
    void moreIsAnsweredThanInTurn() {
        Result turn = closed(PoolSimulationTest::twoToOne, PoolSimulation.inTurn());
        Result fewest = closed(PoolSimulationTest::twoToOne, PoolSimulation.FEWEST);
        Result choice = closed(PoolSimulationTest::twoToOne, PoolSimulation.CHOICE);
        print("two machines, 40 and 20 tokens/s, 8 clients", turn, fewest, choice);

        assertThat(choice.perSecond()).isGreaterThan(turn.perSecond() * 1.2);
        assertThat(choice.perSecond()).isGreaterThanOrEqualTo(fewest.perSecond() * .98);
    }

    @Test
    void answersComeSoonerThanInTurn() {
        for (double load : new double[] {.3, .6, .9}) {
            Result turn = open(PoolSimulationTest::twoToOne, load, PoolSimulation.inTurn());
            Result fewest = open(PoolSimulationTest::twoToOne, load, PoolSimulation.FEWEST);
            Result choice = open(PoolSimulationTest::twoToOne, load, PoolSimulation.CHOICE);
            print("two machines, 40 and 20 tokens/s, load " + load, turn, fewest, choice);

            assertThat(choice.mean()).isLessThan(turn.mean() * .9);
            assertThat(choice.mean()).isLessThan(fewest.mean() * 1.02);
            assertThat(choice.p95()).isLessThan(turn.p95());
        }
    }

    @Test
    void aSlowMachineDoesNotHoldUpTheOthers() {
        for (double load : new double[] {.3, .6, .9}) {
            Result turn = open(PoolSimulationTest::mixed, load, PoolSimulation.inTurn());
            Result fewest = open(PoolSimulationTest::mixed, load, PoolSimulation.FEWEST);
            Result choice = open(PoolSimulationTest::mixed, load, PoolSimulation.CHOICE);
            print("80 (4 sites), 20 (2) and 5 (1) tokens/s, load " + load, turn, fewest, choice);

            assertThat(choice.mean()).isLessThan(turn.mean() * .6);
            assertThat(choice.p95()).isLessThan(fewest.p95());
        }
    }

    @Test
    void whoSeldomAsksCausesNoSecondLoad() {
        List<Machine> choice = List.of(new Machine(20, 2, 0), new Machine(40, 2, 12));
        List<Machine> turn = List.of(new Machine(20, 2, 0), new Machine(40, 2, 12));

        new PoolSimulation(choice, PoolSimulation.CHOICE, 5).open(50, 1 / 120.0);
        new PoolSimulation(turn, PoolSimulation.inTurn(), 5).open(50, 1 / 120.0);

        assertThat(choice.getLast().loads()).isZero();
        assertThat(turn.getLast().loads()).isEqualTo(1);
    }

    @Test
    void nobodyIsForgotten() {
        for (int seed = 0; seed < 20; seed++) {
            List<Machine> machines = mixed();

            new PoolSimulation(machines, PoolSimulation.CHOICE, seed).open(500, .5);

            assertThat(machines).allSatisfy(it -> assertThat(it.answered()).isPositive());
        }
    }

    private static List<Machine> twoToOne() {
        return List.of(new Machine(40, 2, 0), new Machine(20, 2, 0));
    }

    private static List<Machine> mixed() {
        return List.of(new Machine(80, 4, 0), new Machine(20, 2, 0), new Machine(5, 1, 0));
    }

    /// @param load the share of what the machines can answer
    private static Result open(Supplier<List<Machine>> machines, double load, Rule rule) {
        double most = capacity(machines);
        return new PoolSimulation(machines.get(), rule, 7).open(REQUESTS, load * most);
    }

    private static double capacity(Supplier<List<Machine>> machines) {
        return new PoolSimulation(machines.get(), PoolSimulation.CHOICE, 3)
                .closed(REQUESTS, 64)
                .perSecond();
    }

    private static Result closed(Supplier<List<Machine>> machines, Rule rule) {
        return new PoolSimulation(machines.get(), rule, 7).closed(REQUESTS, 8);
    }

    private static void print(String what, Result turn, Result fewest, Result choice) {
        System.out.println("| " + what + " | " + row(turn) + row(fewest) + row(choice));
    }

    private static String row(Result result) {
        return String.format(
                Locale.ROOT,
                "%.2f/s, mean %.1f s, p95 %.1f s | ",
                result.perSecond(),
                result.mean(),
                result.p95());
    }
}
