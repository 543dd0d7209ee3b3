package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Quantisation;
import dev.tierwise.fit.Shapes;
import dev.tierwise.fit.Speed;
import dev.tierwise.machine.Owned;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedNotesTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir Path temporary;

    @Test
    void whatWasMeasuredHereIsKnownByModelAndQuantisation() {
        Path file = SpeedNotes.beside(temporary.resolve("ledger.db"));
        var owned = new Owned(file);
        note(owned, "llama3.2:3b", "box", 40);
        note(owned, "llama3.2:3b-instruct-q8_0", "box", 25);
        note(owned, "llama3.1:8b", "another box", 90);
        note(owned, "a-model-of-ones-own", "box", 7);

        Map<Speed.Own, Figure> read = SpeedNotes.read(file, Shapes.load(), "box");

        assertThat(read)
                .hasSize(2)
                .hasEntrySatisfying(
                        new Speed.Own("llama-3.2-3b", Quantisation.Q4_K_M),
                        usual -> {
                            assertThat(usual.value()).isEqualTo(40);
                            assertThat(usual.origin()).isEqualTo(Figure.Origin.MEASURED);
                        })
                .hasEntrySatisfying(
                        new Speed.Own("llama-3.2-3b", Quantisation.Q8_0),
                        fine -> assertThat(fine.value()).isEqualTo(25));
    }

    @Test
    void withoutNotesNothingIsKnown() {
        assertThat(SpeedNotes.read(temporary.resolve("none"), Shapes.load(), "box")).isEmpty();
    }

    private static void note(Owned owned, String model, String machine, double speed) {
        assertThat(owned.record(new Owned.Speed(model, "", machine, speed, 1, NOON))).isEmpty();
    }
}
