package dev.tierwise.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void aSliceSurvivesItsLine() {
        var slice = new Slice(8080, 32, 500, 4_000, "tier:local", Kind.STREAM, 33);

        assertThat(Slice.of(slice.line())).isEqualTo(slice);
    }

    @Test
    void aTallySurvivesItsLine() {
        var tally = new Tally(1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(Tally.of(tally.line())).isEqualTo(tally);
    }

    @Test
    void aLineWithAWordTooFewIsRefused() {
        assertThatThrownBy(() -> Slice.of("1 2 3")).hasMessageContaining("1 2 3");
        assertThatThrownBy(() -> Tally.of("1 2 3")).hasMessageContaining("1 2 3");
    }
}
