package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.prove.Outcome;
import dev.tierwise.prove.SelfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestTest {
    private static final int REQUESTS = 1_800;

    @TempDir private Path folder;

    /// What the house keeps is one thing and what the detector finds another: with a detector that
    /// knows every canary nothing at all may get out.
    @Test
    void whatTheDetectorFindsStaysWhateverGoesWrong() throws IOException {
        Outcome outcome = run(of(SelfTestTest::knowsEveryCanary));

        assertThat(outcome.leaks()).isEmpty();
        assertThat(outcome.onDisk()).isEmpty();
        assertThat(outcome.reached()).isPositive();
        assertThat(outcome.passed()).isTrue();
        assertThat(outcome.answers()).containsKeys(200, 503);
    }

    /// The test itself: a gateway whose detector finds nothing must fail it.
    @Test
    void aBlindDetectorIsFoundOut() throws IOException {
        Outcome outcome = run(of((_, _, _) -> {}));

        assertThat(outcome.leaked()).isPositive();
        assertThat(outcome.passed()).isFalse();
    }

    /// The detector of the product, in every position and disguise.
    @Test
    void theShippedDetectorLetsNoCanaryOut() throws IOException {
        Outcome outcome = run(Detector.shipped());

        assertThat(outcome.leaks()).isEmpty();
        assertThat(outcome.passed()).isTrue();
        assertThat(Files.readString(folder.resolve("log.txt")))
                .isNotEmpty()
                .doesNotContain("Unhandled exception");
    }

    private Outcome run(Detector detector) throws IOException {
        return SelfTest.run(
                new SelfTest.Plan(folder, REQUESTS, 7),
                stage -> ProvingGround.start(stage, detector),
                _ -> {});
    }

    private static Detector of(Recogniser recogniser) {
        return new Detector(List.of(recogniser), "test");
    }

    private static void knowsEveryCanary(
            dev.tierwise.detect.Plain text, String field, Recogniser.Hits hits) {
        String whole = new String(text.chars(), 0, text.length());
        if (whole.contains("Case kanari")) {
            hits.add(0, text.length(), Kind.MEDICAL_RECORD, 1);
        }
    }
}
