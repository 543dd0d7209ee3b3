package dev.tierwise.evaluate;

import dev.tierwise.predict.Prior;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// The prompts that the shipped weights were made from, as short hashes: who measures on them
/// measures too well. About one in 50,000 other prompts is taken for one of them. Immutable,
/// thread-safe.
final class Seen {
    private static final double MOST_BY_CHANCE = .005;

    private final int[] hashes;

    private Seen(int[] hashes) {
        this.hashes = hashes;
    }

    /// Those of the weights that come with the product.
    static Seen shipped() {
        try (InputStream in = Prior.class.getResourceAsStream("seen.bin")) {
            return read(in == null ? new byte[0] : in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads what [#bytes] wrote.
    static Seen read(byte[] bytes) {
        int[] hashes = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(hashes);
        return new Seen(hashes);
    }

    /// The file that says which prompts were learned from.
    static byte[] bytes(List<Dataset> sets) {
        int[] hashes =
                sets.stream()
                        .flatMap(set -> set.prompts().stream())
                        .map(item -> Wording.of(item.text()))
                        .flatMapToLong(wording -> LongStream.of(wording.whole(), wording.stem()))
                        .mapToInt(Seen::folded)
                        .sorted()
                        .distinct()
                        .toArray();
        ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Integer.BYTES);
        bytes.asIntBuffer().put(hashes);
        return bytes.array();
    }

    /// How many of some prompts were learned from.
    int count(List<Wording> wordings) {
        return (int) wordings.stream().filter(it -> has(it.whole()) || has(it.stem())).count();
    }

    /// Whether so many of some prompts were learned from that it cannot be chance.
    boolean tells(List<Wording> wordings) {
        return count(wordings) > MOST_BY_CHANCE * wordings.size();
    }

    private boolean has(long hash) {
        return Arrays.binarySearch(hashes, folded(hash)) >= 0;
    }

    private static int folded(long hash) {
        return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 32);
    }
}
