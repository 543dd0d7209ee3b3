package dev.tierwise.experience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CorrectionTest {
    @Test
    void aPredictionThatIsOffComesToTheTrueRate() {
        for (double shift : new double[] {-1.5, -.5, .8, 2}) {
            Addition learned = learned(new Traffic(1, shift), 1_500);

            for (double foretold : new double[] {.2, .5, .8}) {
                double logit = Math.log(foretold / (1 - foretold));
                assertThat(learned.to(foretold, "mail", Traffic.plain()))
                        .as("%s off by %s", foretold, shift)
                        .isCloseTo(Traffic.chance(logit + shift), Offset.offset(.06));
            }
        }
    }

    @Test
    void aTaskIsCorrectedByItself() {
        var traffic = new Traffic(2, 0);
        var correction = new Correction(Traffic.TRAITS);
        for (int i = 0; i < 2_000; i++) {
            learn(correction, i % 2 == 0 ? traffic.next("mail", -1.5) : traffic.next("code", 1));
        }

        Addition learned = Objects.requireNonNull(correction.inForce());

        assertThat(learned.to(.5, "mail", Traffic.plain()))
                .isCloseTo(Traffic.chance(-1.5), Offset.offset(.07));
        assertThat(learned.to(.5, "code", Traffic.plain()))
                .isCloseTo(Traffic.chance(1), Offset.offset(.07));
    }

    @Test
    void nothingIsInForceBeforeFiftyOutcomesHaveBeenForetold() {
        var traffic = new Traffic(3, 2);
        var correction = new Correction(Traffic.TRAITS);
        for (int i = 0; i < Correction.FEWEST - 1; i++) {
            learn(correction, traffic.next());
        }
        assertThat(correction.inForce()).isNull();

        learn(correction, traffic.next());

        assertThat(correction.inForce()).isNotNull();
    }

    @Test
    void whereThePredictionIsRightLittleIsChanged() {
        double loss = 0;
        int outcomes = 0;
        for (int seed = 0; seed < 20; seed++) {
            var traffic = new Traffic(100 + seed, 0);
            var correction = new Correction(Traffic.TRAITS);
            for (int i = 0; i < 600; i++) {
                Example example = traffic.next();
                Addition used = correction.inForce();
                double p = example.foretold();
                double q = used == null ? p : used.to(p, "mail", example.traits());
                loss += p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
                outcomes++;
                learn(correction, example);
            }
        }

        assertThat(loss / outcomes).isLessThan(.004);
    }

    @Test
    void aCorrectionThatHasBecomeWrongIsWithdrawnOrLearnedAnew() {
        var correction = new Correction(Traffic.TRAITS);
        var before = new Traffic(4, -2);
        for (int i = 0; i < 500; i++) {
            learn(correction, before.next());
        }
        var after = new Traffic(5, 1);

        for (int i = 0; i < 800; i++) {
            learn(correction, after.next());
        }

        Addition used = correction.inForce();
        double now = used == null ? .5 : used.to(.5, "mail", Traffic.plain());
        assertThat(now).isBetween(.45, .85);
    }

    @Test
    void theOrderOfOutcomesHardlyMatters() {
        var traffic = new Traffic(6, .7);
        var examples = new ArrayList<Example>();
        for (int i = 0; i < 400; i++) {
            examples.add(traffic.next());
        }
        double[] found = new double[5];

        for (int order = 0; order < found.length; order++) {
            Collections.shuffle(examples, new Random(order));
            found[order] = addition(examples).to(.5, "mail", Traffic.plain());
        }

        for (double one : found) {
            assertThat(one).isCloseTo(found[0], Offset.offset(.03));
        }
    }

    @Test
    void whateverComesTheResultIsAProbabilityAndTheSlopeIsAboveZero() {
        for (int seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            var correction = new Correction(3);
            for (int i = 0; i < 300; i++) {
                double[] traits = random.doubles(3, -4, 4).toArray();
                correction.learn(
                        random.nextInt(3) / 2.0,
                        "t" + random.nextInt(40),
                        traits,
                        random.nextInt(2),
                        .01 + 9 * random.nextDouble());
            }
            Addition used = correction.inForce();
            if (used != null) {
                assertThat(used.slope()).isPositive();
                for (double p : new double[] {0, 1e-9, .5, 1}) {
                    assertThat(used.to(p, "t1", new double[] {4, -4, 4})).isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void aReplacedOutcomeLeavesWhatTheRightOneWouldHaveLeft() {
        var traffic = new Traffic(7, .5);
        var straight = new Correction(Traffic.TRAITS);
        var mended = new Correction(Traffic.TRAITS);

        for (int i = 0; i < 300; i++) {
            Example example = traffic.next();
            learn(straight, example);
            boolean wrong = i % 10 == 0;
            double outcome = example.outcome();
            learn(mended, wrong ? example.with(1 - outcome) : example);
            if (wrong) {
                mended.push(example.foretold(), example.task(), example.traits(), 2 * outcome - 1);
            }
        }

        assertThat(shift(mended)).isCloseTo(shift(straight), Offset.offset(.01));
    }

    private static double shift(Correction correction) {
        return correction.status("m", "prompts").shift();
    }

    private static void learn(Correction correction, Example example) {
        correction.learn(
                example.foretold(),
                example.task(),
                example.traits(),
                example.outcome(),
                example.weight());
    }

    private static Addition learned(Traffic traffic, int outcomes) {
        var examples = new ArrayList<Example>();
        for (int i = 0; i < outcomes; i++) {
            examples.add(traffic.next());
        }
        return addition(examples);
    }

    private static Addition addition(List<Example> examples) {
        var correction = new Correction(Traffic.TRAITS);
        examples.forEach(example -> learn(correction, example));
        return Objects.requireNonNull(correction.inForce());
    }
}
