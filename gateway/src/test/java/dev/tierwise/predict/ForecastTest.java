package dev.tierwise.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final List<String> MODELS =
            List.of("llama3.2:3b", "qwen2.5-7b-instruct", "gpt-4o-mini", "claude-3-5-sonnet");
    private static final String PHYSICS =
            "Calculate the voltage across a resistance of 4.5 ohm at 12 A.\nA. 54 V\nB. 2.7 V";
    private final Prior prior = Prior.shipped();

    private static String words(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(60); i >= 0; i--) {
            text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(999)).append(' ');
        }
        return text.toString();
    }

    @Test
    void aStrongerModelIsNeverForecastToDoWorse() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            double ease = random.nextDouble(-2, 3);

            double[] good = Forecast.of(prior, Eye.see(words(random)), MODELS, ease).good();

            assertThat(good).isSorted();
            assertThat(good[0]).isGreaterThan(0);
            assertThat(good[3]).isLessThan(1);
        }
    }

    @Test
    void easeBringsModelsCloserTogether() {
        Sight sight = Eye.see(PHYSICS);

        double[] hard = Forecast.of(prior, sight, MODELS).good();
        double[] easy = Forecast.of(prior, sight, MODELS, 3).good();

        assertThat(easy[0]).isGreaterThan(hard[0]);
        assertThat(easy[3] - easy[0]).isLessThan(hard[3] - hard[0]);
    }

    @Test
    void fiveReasonsAreNamedTheStrongestFirst() {
        var reasons = Forecast.of(prior, Eye.see(PHYSICS), MODELS).reasons();

        assertThat(reasons).hasSize(5);
        assertThat(reasons).extracting(reason -> -Math.abs(reason.gain())).isSorted();
        assertThat(reasons).extracting(Forecast.Reason::trait).doesNotHaveDuplicates();
    }

    @Test
    void oneModelNeedsNoReasons() {
        Forecast forecast = Forecast.of(prior, Eye.see(PHYSICS), List.of("gpt-4o"));

        assertThat(forecast.good()).hasSize(1);
        assertThat(forecast.reasons()).isEmpty();
    }
}
