package dev.tierwise.engine.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateTest {
    private static final String SYSTEM = "Extract name, order and amount.";

    private static Gate gate() {
        int words = 1 << Gate.BITS;
        float[] weights = new float[Gate.SIGNS];
        weights[0] = 5;
        weights[6] = -20;
        var seen = new BitSet();
        seen.set(0, 1 << 18);
        return new Gate(
                new byte[Gate.KINDS.size() * words],
                new float[Gate.KINDS.size()],
                seen,
                Collections.nCopies(Gate.TASKS, new Gate.Judge(weights, 0.5)));
    }

    private static Gate.Evidence evidence(String user, String answer) {
        return new Gate.Evidence(SYSTEM, user, answer, -0.01, -0.01);
    }

    @Test
    void aValueThatTheMessageHasNotIsNeverTrusted() {
        String answer = "{\"name\":\"Anna\",\"order\":\"4712\",\"amount\":null}";

        double score = gate().score(evidence("Anna here, order 4711", answer));

        assertThat(score).isZero();
    }

    @Test
    void aValueFromTheMessageMayBeTrusted() {
        String answer = "{\"name\":\"Anna\",\"order\":\"4711\",\"amount\":null}";

        double score = gate().score(evidence("Anna here, order 4711", answer));

        assertThat(score).isGreaterThan(0.5);
    }

    @Test
    void unknownAndMalformedAnswersAreNeverTrusted() {
        assertThat(gate().score(evidence("a poem", "{\"label\":\"unknown\"}"))).isZero();
        assertThat(gate().score(evidence("a poem", "Roses are red"))).isZero();
        assertThat(gate().score(evidence("a poem", "{\"label\":\"weather\"}"))).isZero();
    }

    @Test
    void aFileReadsBackTheSame(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gate");
        Gate gate = gate();

        gate.write(file);

        Gate.Evidence evidence = evidence("where is it", "{\"label\":\"shipping\"}");
        assertThat(Gate.read(file).score(evidence)).isEqualTo(gate.score(evidence));
        assertThat(Gate.read(file).lets(evidence)).isEqualTo(gate.lets(evidence));
    }

    @Test
    void anotherFileIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("gate"), "something else altogether");

        assertThatThrownBy(() -> Gate.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a gate");
    }
}
