package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierwise.calibrate.Floor.Held;
import dev.tierwise.calibrate.Floor.NotEnough;
import dev.tierwise.calibrate.Floor.Row;
import dev.tierwise.calibrate.Floor.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloorTest {
    private static final double FLOOR = 0.95;
    private static final double MOST = 0.1;

    @Test
    void floorIsMissedInFewCalibrations() {
        for (var world : World.values()) {
            var truth = new Truth(world);
            int missed = 0;
            double shares = 0;
            for (int i = 0; i < 400; i++) {
                var verdict = Floor.ratio(world.rows(500, i), FLOOR, 0.95);
                double threshold = threshold(verdict);
                missed += truth.ratio(threshold) < FLOOR ? 1 : 0;
                shares += truth.share(threshold);
            }
            assertThat(missed / 400.0).as("%s", world).isLessThanOrEqualTo(0.05);
            assertThat(shares / 400).as("%s", world).isLessThan(world.share);
        }
    }

    @Test
    void riskPassesItsLimitInAtMostFiveOfAHundredCalibrations() {
        for (var world : World.values()) {
            var truth = new Truth(world);
            int missed = 0;
            for (int i = 0; i < 1000; i++) {
                var verdict = Floor.worse(world.rows(300, i), MOST, 0.95);
                missed += truth.worse(threshold(verdict)) > MOST ? 1 : 0;
            }
            assertThat(missed).as("%s", world).isLessThanOrEqualTo(50);
        }
    }

    @Test
    void riskInTheMeanIsHeldInTheMeanAndLeavesMoreToTheSmallModel() {
        var world = World.EASY;
        var truth = new Truth(world);
        double risk = 0;
        double shares = 0;
        double surer = 0;
        for (int i = 0; i < 400; i++) {
            var rows = world.rows(300, i);
            double threshold = threshold(Floor.worseInTheMean(rows, MOST));
            risk += truth.worse(threshold) / 400;
            shares += truth.share(threshold);
            surer += truth.share(threshold(Floor.worse(rows, MOST, 0.95)));
        }

        assertThat(risk).isBetween(0.08, MOST + 0.002);
        assertThat(shares).isLessThan(surer);
    }

    @Test
    void thresholdSendsTheShareThatIsTold() {
        var rows = World.EASY.rows(700, 1);

        var held = (Held) Floor.ratio(rows, FLOOR, 0.95);

        long sent = rows.stream().filter(row -> row.score() >= held.threshold()).count();
        assertThat(held.share()).isEqualTo(sent / 700.0);
        assertThat(held.rows()).isEqualTo(700);
        assertThat(held.bound()).isBetween(FLOOR, 1.0);
    }

    @Test
    void higherFloorNeverSendsLessToTheFrontier() {
        for (int seed = 0; seed < 20; seed++) {
            var rows = World.EASY.rows(600, seed);
            double before = 0;
            for (double floor : new double[] {0.8, 0.85, 0.9, 0.95}) {
                double share = share(Floor.ratio(rows, floor, 0.95));

                assertThat(share).isGreaterThanOrEqualTo(before);
                before = share;
            }
        }
    }

    @Test
    void moreConfidenceNeverSendsLessToTheFrontier() {
        for (int seed = 0; seed < 20; seed++) {
            var rows = World.HARD.rows(600, seed);
            double before = 0;
            for (double confidence : new double[] {0.5, 0.8, 0.9, 0.99}) {
                double share = share(Floor.worse(rows, MOST, confidence));

                assertThat(share).isGreaterThanOrEqualTo(before);
                before = share;
            }
        }
    }

    @Test
    void smallModelThatIsAsGoodTakesAll() {
        var rows = Collections.nCopies(200, new Row(0.5, 1, 1));

        var held = (Held) Floor.ratio(rows, FLOOR, 0.95);

        assertThat(held.share()).isZero();
        assertThat(held.threshold()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(((Held) Floor.worse(rows, 0.05, 0.95)).bound()).isBetween(0.01, 0.02);
    }

    @Test
    void equalScoresAreNotParted() {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 1000; i++) {
            boolean hard = i % 3 == 0;
            rows.add(new Row(hard ? 1 : 0, hard ? 0 : 1, 1));
        }

        var held = (Held) Floor.ratio(rows, FLOOR, 0.95);

        assertThat(held.threshold()).isEqualTo(1);
        assertThat(held.share()).isEqualTo(0.334);
    }

    @Test
    void constantScoreOfAWorseModelProvesNothing() {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 500; i++) {
            rows.add(new Row(0.3, i % 2, 1));
        }

        assertThat(Floor.ratio(rows, FLOOR, 0.95)).isInstanceOf(NotEnough.class);
        assertThat(Floor.worse(rows, MOST, 0.95)).isInstanceOf(NotEnough.class);
    }

    @Test
    void tooFewRowsAreRefusedWithWhatIsNeeded() {
        var rows = World.EASY.rows(99, 1);

        var verdict = (NotEnough) Floor.ratio(rows, FLOOR, 0.95);

        assertThat(verdict.rows()).isEqualTo(99);
        assertThat(verdict.needed()).isEqualTo(100);
        assertThat(verdict.reason()).contains("99 judged requests");
        assertThat(Floor.worse(rows, MOST, 0.95)).isInstanceOf(NotEnough.class);
        assertThat(Floor.worseInTheMean(rows, MOST)).isInstanceOf(NotEnough.class);
    }

    @Test
    void strictClaimSaysHowManyRowsCouldDo() {
        var rows = World.EASY.rows(200, 1);

        var verdict = (NotEnough) Floor.worse(rows, 0.001, 0.95);

        assertThat(verdict.needed()).isEqualTo(2995);
        assertThat(((NotEnough) Floor.ratio(rows, 0.999, 0.95)).needed()).isGreaterThan(1000);
    }

    @Test
    void rowsInAnyOrderOfScoreGiveAClaimThatIsNotTooGood() {
        var sorted = new ArrayList<>(World.BLIND.rows(500, 3));
        sorted.sort(Comparator.comparingDouble(row -> row.small() - row.frontier()));

        var verdict = Floor.ratio(sorted, FLOOR, 0.95);

        assertThat(new Truth(World.BLIND).ratio(threshold(verdict))).isGreaterThan(FLOOR);
    }

    @Test
    void impossibleClaimsAreRefused() {
        var rows = World.EASY.rows(100, 1);

        assertThatThrownBy(() -> Floor.ratio(rows, 1, 0.95)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> Floor.ratio(rows, 0.9, 1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> new Row(Double.NaN, 1, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Row(0, 1.1, 1)).hasMessageContaining("1.1");
    }

    private static double threshold(Verdict verdict) {
        return switch (verdict) {
            case Held held -> held.threshold();
            case NotEnough _ -> Double.NEGATIVE_INFINITY;
        };
    }

    private static double share(Verdict verdict) {
        return switch (verdict) {
            case Held held -> held.share();
            case NotEnough _ -> 1;
        };
    }

    /// Where rows come from, and the share of the frontier below which a floor of 0.95 is useful.
    private enum World {
        EASY(0.70),
        HARD(0.85),
        BLIND(0.92),
        GRADED(0.65);

        private final double share;

        World(double share) {
            this.share = share;
        }

        private Row row(Random random) {
            return switch (this) {
                case EASY -> answers(random, 1.4, 2.4);
                case HARD -> answers(random, 0.2, 1.2);
                case BLIND -> blind(random);
                case GRADED -> graded(random);
            };
        }

        List<Row> rows(int count, long seed) {
            var random = new Random(seed * 7919 + 17);
            var rows = new ArrayList<Row>(count);
            for (int i = 0; i < count; i++) {
                rows.add(row(random));
            }
            return rows;
        }

        private static Row answers(Random random, double small, double frontier) {
            double hard = random.nextGaussian();
            double score = hard + 0.8 * random.nextGaussian();
            return new Row(
                    score, right(random, small - 1.5 * hard), right(random, frontier - hard));
        }

        private static Row blind(Random random) {
            var row = answers(random, 1.4, 2.4);
            return new Row(random.nextGaussian(), row.small(), row.frontier());
        }

        private static Row graded(Random random) {
            double hard = random.nextGaussian();
            return new Row(
                    hard + 0.8 * random.nextGaussian(),
                    Math.clamp(0.75 - 0.15 * hard + 0.15 * random.nextGaussian(), 0, 1),
                    Math.clamp(0.85 - 0.1 * hard + 0.1 * random.nextGaussian(), 0, 1));
        }

        private static double right(Random random, double logit) {
            return random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
    }

    /// A large sample of a world, in rising order of score.
    private static final class Truth {
        private final double[] scores;
        private final double[] gained;
        private final double[] worse;
        private final double frontier;

        Truth(World world) {
            var rows = world.rows(200_000, 424_242);
            rows.sort(Comparator.comparingDouble(Row::score));
            scores = rows.stream().mapToDouble(Row::score).toArray();
            gained = new double[scores.length + 1];
            worse = new double[scores.length + 1];
            for (int i = 0; i < scores.length; i++) {
                var row = rows.get(i);
                gained[i + 1] = gained[i] + row.small() - row.frontier();
                worse[i + 1] = worse[i] + (row.small() < row.frontier() ? 1 : 0);
            }
            frontier = rows.stream().mapToDouble(Row::frontier).sum();
        }

        double ratio(double threshold) {
            return 1 + gained[place(threshold)] / frontier;
        }

        double worse(double threshold) {
            return worse[place(threshold)] / scores.length;
        }

        double share(double threshold) {
            return 1 - place(threshold) / (double) scores.length;
        }

        private int place(double threshold) {
            int place = Arrays.binarySearch(scores, threshold);
            return place < 0 ? -place - 1 : place;
        }
    }
}
