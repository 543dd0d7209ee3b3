package dev.tierwise.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AimTest {
    private static final List<Tier> ALL = List.of(Tier.values());
    private static final Way LOCAL = new Way(Tier.LOCAL, .7, 0, 1);
    private static final Way MID = new Way(Tier.MID, .8, .001, 1);
    private static final Way FRONTIER = new Way(Tier.FRONTIER, .9, .01, 1);

    @Test
    void qualityTakesTheCheapestThatIsGoodEnough() {
        List<Way> ways = List.of(LOCAL, MID, FRONTIER);

        assertThat(Aim.quality(.7).turn(ALL).settle(ways, .9)).isEqualTo(0);
        assertThat(Aim.quality(.85).turn(ALL).settle(ways, .9)).isEqualTo(1);
        assertThat(Aim.quality(.95).turn(ALL).settle(ways, .9)).isEqualTo(2);
    }

    @Test
    void aCheaperEquallyGoodModelNeverRaisesTheCost() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 5_000; round++) {
            List<Way> ways = some(random);
            var more = new ArrayList<>(ways);
            Way twin = ways.get(random.nextInt(ways.size()));
            more.add(
                    new Way(
                            twin.tier(),
                            twin.good(),
                            twin.dollars() * random.nextDouble(),
                            twin.seconds()));
            Turn turn = Aim.quality(random.nextDouble()).turn(ALL);

            Way before = ways.get(turn.settle(ways, best(ways)));
            Way after = more.get(turn.settle(more, best(more)));

            assertThat(after.dollars()).isLessThanOrEqualTo(before.dollars() + 1e-12);
        }
    }

    @Test
    void aHigherWishNeverLowersTheQuality() {
        var random = new SplittableRandom(2);
        for (int round = 0; round < 5_000; round++) {
            List<Way> ways = some(random);
            double low = random.nextDouble();
            double high = low + (1 - low) * random.nextDouble();

            Way modest = ways.get(Aim.quality(low).turn(ALL).settle(ways, best(ways)));
            Way demanding = ways.get(Aim.quality(high).turn(ALL).settle(ways, best(ways)));

            assertThat(demanding.good()).isGreaterThanOrEqualTo(modest.good());
        }
    }

    @Test
    void theMeanCostComesToTheBudget() {
        Aim aim = Aim.budget(.004);
        var random = new SplittableRandom(3);
        double spent = 0;
        int requests = 4_000;
        for (int i = 0; i < requests; i++) {
            List<Way> ways = asked(random.nextDouble());
            Turn turn = aim.turn(ALL);
            Way chosen = ways.get(turn.settle(ways, best(ways)));
            turn.ended(chosen.tier(), chosen.dollars());
            spent += chosen.dollars();
        }

        assertThat(spent / requests).isBetween(.0037, .0043);
        assertThat(aim.progress()).contains("wished $0.004");
    }

    @Test
    void sharesHoldWhenTheMixShiftsHalfWay() {
        Aim aim = Aim.shares(List.of(.7, .2, .1));
        var random = new SplittableRandom(4);
        int[] recent = new int[3];
        for (int i = 0; i < 2_000; i++) {
            double hard = i < 1_000 ? random.nextDouble() * .4 : .5 + random.nextDouble() * .5;
            List<Way> ways = asked(hard);
            Turn turn = aim.turn(ALL);
            int chosen = turn.settle(ways, best(ways));
            if (chosen == 0 && hard > .6) { // what looked at the answer makes of it
                chosen = turn.settle(asked(1), .95);
            }
            turn.ended(ways.get(chosen).tier(), ways.get(chosen).dollars());
            if (i >= 1_500) {
                recent[chosen]++;
            }
        }

        assertThat(recent[0] / 500.0).isBetween(.68, .72);
        assertThat(recent[1] / 500.0).isBetween(.18, .22);
        assertThat(recent[2] / 500.0).isBetween(.08, .12);
    }

    @Test
    void aTierWithoutModelsHasNoShare() {
        Aim aim = Aim.shares(List.of(.7, .2, .1));
        List<Tier> two = List.of(Tier.LOCAL, Tier.FRONTIER);
        var random = new SplittableRandom(5);
        int local = 0;
        for (int i = 0; i < 1_000; i++) {
            List<Way> all = asked(random.nextDouble());
            List<Way> ways = List.of(all.getFirst(), all.getLast());
            Turn turn = aim.turn(two);
            int chosen = turn.settle(ways, best(ways));
            turn.ended(ways.get(chosen).tier(), 0);
            local += chosen == 0 ? 1 : 0;
        }

        assertThat(local / 1_000.0).isBetween(.855, .895);
    }

    @Test
    void aRequestIsCountedOnceWhereItEnds() {
        Aim aim = Aim.shares(List.of(.7, .2, .1));
        Turn turn = aim.turn(ALL);

        turn.settle(List.of(LOCAL, MID, FRONTIER), .9);
        turn.settle(List.of(MID, FRONTIER), .9);
        turn.ended(Tier.FRONTIER, .01);

        assertThat(aim.progress())
                .isEqualTo("shares of the last 500: local 0 %, mid 0 %, frontier 100 %");
    }

    private static List<Way> asked(double hard) {
        return List.of(
                new Way(Tier.LOCAL, .95 - .7 * hard, 0, 1),
                new Way(Tier.MID, .95 - .4 * hard, .001, 1),
                new Way(Tier.FRONTIER, .95 - .1 * hard, .01, 1));
    }

    private static List<Way> some(SplittableRandom random) {
        var ways = new ArrayList<Way>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            ways.add(
                    new Way(
                            ALL.get(random.nextInt(3)),
                            random.nextDouble(),
                            random.nextDouble() * .02,
                            1));
        }
        return ways;
    }

    private static double best(List<Way> ways) {
        return ways.stream().mapToDouble(Way::good).max().orElseThrow();
    }
}
