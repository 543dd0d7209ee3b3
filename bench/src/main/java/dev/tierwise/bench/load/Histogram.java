package dev.tierwise.bench.load;

import java.util.Arrays;

/// Counts durations in buckets that are at most 1/64 wide, so that a quantile is off by at most 1.6
/// %. Not thread-safe.
public final class Histogram {
    private static final int SUB_BITS = 10;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];
    private long total;

    /// Counts one duration; a negative one counts as zero.
    ///
    /// @param nanos nanoseconds
    public void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    /// How many durations were counted.
    public long total() {
        return total;
    }

    /// Forgets everything.
    public void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /// The smallest duration that at least this share of all durations do not exceed, rounded to
    /// the middle of its bucket.
    ///
    /// @param share from 0 to 1
    /// @return nanoseconds; 0 when nothing was counted
    public long quantile(double share) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
        }
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return middle(bucket);
            }
        }
        return 0;
    }

    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    private static long middle(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        long from = (long) (SUB + bucket % SUB) << shift;
        return from + (1L << shift) / 2;
    }
}
