package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long MB = 1_000_000;

    private final StringWriter text = new StringWriter();
    private long millis;

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(
                new PrintWriter(text), terminal, () -> TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void pull(ProgressLine line) {
        for (int i = 0; i <= 100; i++) {
            line.at(i * MB, 100 * MB);
            millis += 100;
        }
        line.end();
    }

    @Test
    void aTerminalGetsOneLineThatIsPaintedOver() {
        pull(line(true));

        assertThat(text.toString().chars().filter(c -> c == '\n').count()).isEqualTo(1);
        assertThat(text.toString())
                .contains("[............", "50 %  50.0 MB of 100 MB  10.0 MB/s  5 s left")
                .contains("[########################] 100 %");
    }

    @Test
    void elsewhereThereIsALineEveryFewSecondsWithoutControlCharacters() {
        pull(line(false));

        assertThat(text.toString().lines())
                .containsExactly(
                        "50 %  50.0 MB of 100 MB  10.0 MB/s  5 s left",
                        "100 %  100 MB of 100 MB  10.0 MB/s");
    }

    @Test
    void anUnknownSizeIsNotGuessed() {
        ProgressLine line = line(false);
        line.at(0, -1);
        millis = 6_000;
        line.at(12 * MB, -1);

        assertThat(text.toString().strip()).isEqualTo("12.0 MB  2.00 MB/s");
    }

    @Test
    void bytesThatWereHereAlreadyDoNotCountAsSpeed() {
        ProgressLine line = line(false);
        line.at(90 * MB, 100 * MB);
        line.note("going on");
        millis = 1_000;
        line.at(90 * MB, 100 * MB);
        millis = 7_000;
        line.at(93 * MB, 100 * MB);

        assertThat(text.toString()).contains("going on").contains("500 kB/s");
    }
}
