package dev.tierwise.detect.tag;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How well samples are covered: a span counts as found when at least half of it is covered by
/// finds, a find counts as right when it touches a span.
///
/// @param spans how many spans there are
/// @param found how many of them were found
/// @param finds how many finds there are
/// @param right how many of them touch a span
/// @param byKind spans and found spans of each kind
public record Quality(int spans, int found, int finds, int right, Map<Kind, int[]> byKind) {
    /// Looks through samples.
    ///
    /// @param threshold finds with lower scores do not count
    public static Quality of(Recogniser recogniser, List<Sample> samples, float threshold) {
        var byKind = new EnumMap<Kind, int[]>(Kind.class);
        int[] sums = new int[4];
        for (Sample sample : samples) {
            boolean[] covered = new boolean[sample.text().length()];
            boolean[] gold = new boolean[covered.length];
            for (Sample.Mark mark : sample.spans()) {
                java.util.Arrays.fill(gold, mark.start(), mark.end(), true);
            }
            recogniser.find(
                    Plain.same(sample.text()),
                    "",
                    (start, end, _, score) -> {
                        if (score >= threshold) {
                            java.util.Arrays.fill(covered, start, end, true);
                            sums[2]++;
                            sums[3] += count(gold, start, end) > 0 ? 1 : 0;
                        }
                    });
            for (Sample.Mark mark : sample.spans()) {
                int half = 2 * count(covered, mark.start(), mark.end());
                int hit = half >= mark.end() - mark.start() ? 1 : 0;
                sums[0]++;
                sums[1] += hit;
                int[] kind = byKind.computeIfAbsent(mark.kind(), _ -> new int[2]);
                kind[0]++;
                kind[1] += hit;
            }
        }
        return new Quality(sums[0], sums[1], sums[2], sums[3], byKind);
    }

    /// The share of spans that were found.
    public double recall() {
        return spans == 0 ? 1 : (double) found / spans;
    }

    /// The share of finds that are right.
    public double precision() {
        return finds == 0 ? 1 : (double) right / finds;
    }

    private static int count(boolean[] set, int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += set[i] ? 1 : 0;
        }
        return count;
    }
}
