package dev.tierwise.guard;

import dev.tierwise.detect.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers what was found in leaves that were scanned before. A table of fixed size that makes no
/// garbage: a leaf has four places, and the next one there takes the oldest's. Digests are keyed,
/// so nobody outside can aim at a place. Thread-safe.
final class Scanned {
    private static final int WAYS = 4;

    private final long[] high;
    private final long[] low;
    private final @Nullable Map<Kind, Integer>[] found;
    private final byte[] oldest;
    private final int mask;

    /// @param sets how many times four leaves are remembered; a power of two
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays know no type parameters
    Scanned(int sets) {
        high = new long[sets * WAYS];
        low = new long[sets * WAYS];
        found = new Map[sets * WAYS];
        oldest = new byte[sets];
        mask = sets - 1;
    }

    /// What was found in a leaf; null when it is not known.
    synchronized @Nullable Map<Kind, Integer> get(KeyedHash.Digest leaf) {
        int first = set(leaf) * WAYS;
        for (int at = first; at < first + WAYS; at++) {
            if (high[at] == leaf.high() && low[at] == leaf.low() && found[at] != null) {
                return found[at];
            }
        }
        return null;
    }

    /// Remembers what was found.
    synchronized void put(KeyedHash.Digest leaf, Map<Kind, Integer> what) {
        int set = set(leaf);
        int at = set * WAYS + oldest[set];
        oldest[set] = (byte) ((oldest[set] + 1) % WAYS);
        high[at] = leaf.high();
        low[at] = leaf.low();
        found[at] = what;
    }

    private int set(KeyedHash.Digest leaf) {
        return (int) leaf.high() & mask;
    }
}
