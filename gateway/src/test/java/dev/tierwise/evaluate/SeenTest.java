package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenTest {
    @TempDir private Path folder;

    private Dataset sums(String name, int from) {
        Path path = ResultFolder.sums(folder.resolve(name), from, 100);
        return ((DatasetFolder.Made.Good) DatasetFolder.read(path, _ -> true)).dataset();
    }

    private static List<Wording> wordings(Dataset data) {
        return data.prompts().stream().map(item -> Wording.of(item.text())).toList();
    }

    @Test
    void promptsThatWereLearnedFromAreKnownAgain() {
        Seen seen = Seen.read(Seen.bytes(List.of(sums("one", 0))));

        assertThat(seen.count(wordings(sums("half", 50)))).isEqualTo(50);
        assertThat(seen.count(wordings(sums("others", 5000)))).isZero();
    }

    @Test
    void theShippedWeightsKnowTheirPromptsAndHardlyAnyOther() {
        List<Wording> others =
                IntStream.range(0, 20_000).mapToObj(i -> Wording.of("Other prompt " + i)).toList();

        assertThat(Seen.shipped().count(others)).isLessThan(10);
        assertThat(Seen.shipped().count(List.of(Wording.of("")))).isZero();
    }
}
