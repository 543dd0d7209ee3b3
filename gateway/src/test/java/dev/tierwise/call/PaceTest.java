package dev.tierwise.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.core.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(pace.tokensPerSecond()).isNaN();
        assertThat(pace.firstTokenMillis()).isNaN();
        assertThat(pace.used()).isNull();
    }

    @Test
    void aStreamTellsBothNumbers() {
        pace.streamed(tokens(101), Duration.ofMillis(250), Duration.ofSeconds(4));

        assertThat(pace.firstTokenMillis()).isEqualTo(250);
        assertThat(pace.tokensPerSecond()).isEqualTo(25);
    }

    @Test
    void laterAnswersMoveTheMean() {
        pace.streamed(tokens(101), Duration.ofMillis(100), Duration.ofSeconds(1));
        for (int i = 0; i < 30; i++) {
            pace.streamed(tokens(101), Duration.ofMillis(300), Duration.ofSeconds(5));
        }

        assertThat(pace.firstTokenMillis()).isCloseTo(300, within(1.0));
        assertThat(pace.tokensPerSecond()).isCloseTo(20, within(0.5));
    }

    @Test
    void aWholeAnswerIsMeasuredWithoutItsFirstToken() {
        pace.streamed(tokens(1), Duration.ofMillis(500), Duration.ofMillis(20));
        pace.whole(tokens(100), Duration.ofMillis(1_500));

        assertThat(pace.tokensPerSecond()).isEqualTo(100);
    }

    @Test
    void aStreamThatWasMadeBeforeItWasSentIsMeasuredAsAWhole() {
        pace.streamed(tokens(50), Duration.ofMillis(999), Duration.ofMillis(1));

        assertThat(pace.tokensPerSecond()).isEqualTo(50);
    }

    @Test
    void fewTokensTellNoSpeed() {
        pace.streamed(tokens(3), Duration.ofMillis(10), Duration.ofMillis(100));
        pace.whole(tokens(7), Duration.ofMillis(100));

        assertThat(pace.tokensPerSecond()).isNaN();
    }

    private static Usage tokens(int output) {
        return new Usage(10, 0, output, false);
    }
}
