package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.runtime.Residency.Lodger;
import dev.tierwise.call.runtime.Residency.Rules;
import dev.tierwise.call.runtime.RosterSimulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Traffic of hours in simulated time. The figures that it prints are those of the decision record.
class RosterSimulationTest {
    private static final Duration STAY = Duration.ofSeconds(5);
    private static final Duration TURN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofHours(9);
    private static final World WORLD =
            new World(Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(2), 0);
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static Rules rules(long memory, int most) {
        return new Rules(
                memory, true, most, STAY, TURN, null, Duration.ofMinutes(5), 1_000_000, null);
    }

    private static List<Lodger> equal(int slots) {
        return NAMES.stream().map(it -> new Lodger(it, 100L, slots, null)).toList();
    }

    /// Requests at random times, each for a random model.
    private static List<Integer> mixed(
            RosterSimulation simulation, int requests, double perSecond, double[] shares) {
        var random = new Random(7);
        var order = new ArrayList<Integer>();
        double at = 0;
        for (int i = 0; i < requests; i++) {
            at += -Math.log(1 - random.nextDouble()) / perSecond;
            double pick = random.nextDouble();
            int model = pick < shares[0] ? 0 : pick < shares[0] + shares[1] ? 1 : 2;
            order.add(model);
            simulation.ask(NAMES.get(model), Duration.ofMillis((long) (at * 1000)), PATIENCE);
        }
        return order;
    }

    private static long swapsInOrderOfArrival(List<Integer> order) {
        long swaps = 1;
        for (int i = 1; i < order.size(); i++) {
            swaps += order.get(i).equals(order.get(i - 1)) ? 0 : 1;
        }
        return swaps;
    }

    private static Duration bound(World world) {
        Duration longest = world.load().plus(world.unload()).plus(world.service());
        return TURN.plus(STAY.plus(longest).multipliedBy(NAMES.size() + 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {.05, .2, 1, 2})
    void mixedTrafficOnOneSlotDoesNotThrash(double perSecond) {
        var simulation = new RosterSimulation(rules(100, 1), equal(4), List.of(), WORLD, 1);
        var order = mixed(simulation, 3_000, perSecond, new double[] {.4, .3, .3});

        simulation.run(1_000_000);

        double stays = simulation.elapsed().toMillis() / (double) STAY.toMillis();
        System.out.printf(
                Locale.ROOT,
                "one slot, %.2f/s: %d requests, %d loads (in order of arrival %d), wait p50 %.1f s"
                        + " p95 %.1f s most %.1f s, missed at most %.1f s (bound %.1f s)%n",
                perSecond,
                order.size(),
                simulation.loads(),
                swapsInOrderOfArrival(order),
                simulation.waited(.5).toMillis() / 1e3,
                simulation.waited(.95).toMillis() / 1e3,
                simulation.waited(1).toMillis() / 1e3,
                simulation.longestMiss().toMillis() / 1e3,
                bound(WORLD).toMillis() / 1e3);
        assertThat(simulation.granted()).isEqualTo(3_000);
        assertThat(simulation.loads()).isLessThanOrEqualTo((int) (1 + stays));
        assertThat(simulation.loads()).isLessThanOrEqualTo((int) swapsInOrderOfArrival(order));
        assertThat(simulation.longestMiss()).isLessThanOrEqualTo(bound(WORLD));
    }

    @Test
    void quickLoadsDoNotTemptItToThrash() {
        var quick =
                new World(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(40), 0);
        var simulation = new RosterSimulation(rules(100, 1), equal(4), List.of(), quick, 8);
        var order = mixed(simulation, 3_000, 10, new double[] {.4, .3, .3});

        simulation.run(1_000_000);

        double stays = simulation.elapsed().toMillis() / (double) STAY.toMillis();
        assertThat(simulation.loads()).isLessThanOrEqualTo((int) (1 + stays));
        assertThat(simulation.loads() * 20L).isLessThan(swapsInOrderOfArrival(order));
        assertThat(simulation.longestMiss()).isLessThanOrEqualTo(bound(quick));
    }

    @Test
    void aFloodForOneModelStarvesNobody() {
        var simulation = new RosterSimulation(rules(100, 1), equal(1), List.of(), WORLD, 2);
        for (int i = 0; i < 1_500; i++) {
            simulation.ask("a", Duration.ofMillis(1_300L * i), Duration.ofMinutes(10));
        }
        for (int i = 0; i < 20; i++) {
            simulation.ask("b", Duration.ofSeconds(100L * i), Duration.ofMinutes(10));
            simulation.ask("c", Duration.ofSeconds(100L * i + 3), Duration.ofMinutes(10));
        }

        simulation.run(1_000_000);

        assertThat(simulation.longestMiss()).isLessThanOrEqualTo(bound(WORLD));
        assertThat(simulation.forgotten()).isZero();
    }

    @Test
    void twoFloodsTakeTurnsAndTheThirdHasItsOwn() {
        var simulation = new RosterSimulation(rules(100, 1), equal(2), List.of(), WORLD, 3);
        for (int i = 0; i < 1_500; i++) {
            simulation.ask("a", Duration.ofMillis(600L * i), Duration.ofMinutes(30));
            simulation.ask("b", Duration.ofMillis(600L * i + 1), Duration.ofMinutes(30));
        }
        for (int i = 0; i < 30; i++) {
            simulation.ask("c", Duration.ofSeconds(30L * i), Duration.ofMinutes(30));
        }

        simulation.run(1_000_000);

        assertThat(simulation.longestMiss()).isLessThanOrEqualTo(bound(WORLD));
        assertThat(simulation.forgotten()).isZero();
    }

    @Test
    void withRoomForAllEachIsLoadedOnce() {
        var simulation = new RosterSimulation(rules(300, 3), equal(4), List.of(), WORLD, 4);
        mixed(simulation, 2_000, 2, new double[] {.4, .3, .3});

        simulation.run(1_000_000);

        assertThat(simulation.loads()).isEqualTo(3);
    }

    @Test
    void onePinnedSmallModelAndTwoThatTakeTurns() {
        var lodgers =
                List.of(
                        new Lodger("a", 20L, 4, null),
                        new Lodger("b", 80L, 4, null),
                        new Lodger("c", 70L, 4, null));
        var simulation = new RosterSimulation(rules(100, 3), lodgers, List.of("a"), WORLD, 5);
        mixed(simulation, 2_000, 1, new double[] {.6, .2, .2});

        simulation.run(1_000_000);

        assertThat(simulation.granted()).isEqualTo(2_000);
        assertThat(simulation.longestMiss()).isLessThanOrEqualTo(bound(WORLD));
    }

    @Test
    void aModelIsNeverKeptBusyByTheChoiceBetweenTwo() {
        var lodgers =
                List.of(
                        new Lodger("a", 50L, 4, null),
                        new Lodger("b", 50L, 4, null),
                        new Lodger("c", 50L, 4, null));
        var simulation = new RosterSimulation(rules(100, 2), lodgers, List.of(), WORLD, 6);
        for (int i = 0; i < 2_000; i++) {
            simulation.ask("a", Duration.ofMillis(250L * i), PATIENCE);
            simulation.ask("b", Duration.ofMillis(250L * i + 3), PATIENCE);
        }
        for (int i = 0; i < 15; i++) {
            simulation.ask("c", Duration.ofSeconds(30L * i), PATIENCE);
        }

        simulation.run(1_000_000);

        assertThat(simulation.longestMiss()).isLessThanOrEqualTo(bound(WORLD));
    }

    /// Any order of requests, departures, looks, failures and evictions, with models of any size.
    @Test
    void noOrderOfEventsBreaksTheRules() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int count = 1 + random.nextInt(5);
            var lodgers = new ArrayList<Lodger>();
            var names = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                String base = random.nextBoolean() ? "base" : null;
                Long bytes = random.nextInt(8) == 0 ? null : Long.valueOf(1 + random.nextInt(120));
                names.add("m" + i);
                lodgers.add(new Lodger("m" + i, bytes, 1 + random.nextInt(3), base));
            }
            var keep = random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(30));
            var rules =
                    new Rules(
                            100,
                            random.nextBoolean(),
                            1 + random.nextInt(3),
                            Duration.ofSeconds(random.nextInt(8)),
                            Duration.ofSeconds(random.nextInt(20)),
                            keep,
                            Duration.ofSeconds(random.nextInt(40)),
                            5 + random.nextInt(50),
                            random.nextBoolean() ? null : Duration.ofSeconds(5));
            var world =
                    new World(
                            Duration.ofMillis(random.nextInt(6_000)),
                            Duration.ofMillis(random.nextInt(2_000)),
                            Duration.ofMillis(1 + random.nextInt(5_000)),
                            random.nextInt(3) == 0 ? 0 : .3 * random.nextDouble());
            var simulation =
                    new RosterSimulation(
                            rules, lodgers, random.nextBoolean() ? names : List.of(), world, seed);
            for (int i = 0; i < 200; i++) {
                var at = Duration.ofMillis(random.nextInt(120_000));
                String model =
                        random.nextInt(20) == 0 ? "nobody" : names.get(random.nextInt(count));
                var patience = Duration.ofMillis(random.nextInt(60_000));
                long ticket = simulation.ask(model, at, patience);
                if (random.nextInt(4) == 0) {
                    simulation.leave(ticket, at.plusMillis(random.nextInt(20_000)));
                }
                if (random.nextInt(4) == 0) {
                    simulation.look(Duration.ofMillis(random.nextInt(200_000)));
                }
                simulation.tick(Duration.ofMillis(random.nextInt(200_000)));
            }

            simulation.run(100_000);

            assertThat(simulation.forgotten()).as("seed %s", seed).isZero();
        }
    }
}
