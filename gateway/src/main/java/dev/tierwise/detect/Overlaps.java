package dev.tierwise.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Decides between findings that overlap.
final class Overlaps {
    /// What points at a person by itself first: a surer "day" must not hide a "number of
    /// insurance". Then the surer, the longer, then by place and kind, so that the result never
    /// depends on who looked first.
    private static final Comparator<Finding> BETTER =
            Comparator.comparing((Finding it) -> it.kind().quasi())
                    .thenComparingDouble(it -> -it.score())
                    .thenComparingInt(it -> it.start() - it.end())
                    .thenComparingInt(Finding::start)
                    .thenComparing(Finding::kind);

    private static final Comparator<Finding> IN_ORDER =
            Comparator.comparingInt(Finding::start)
                    .thenComparingInt(Finding::end)
                    .thenComparing(Finding::kind);

    private Overlaps() {}

    /// The findings in order. Of those that overlap the surest stays, and takes in what the others
    /// covered beside it; topics and the rest do not compete.
    static List<Finding> removed(List<Finding> found) {
        if (found.size() < 2) {
            return found;
        }
        var topics = new ArrayList<Finding>();
        var others = new ArrayList<Finding>();
        for (Finding finding : found) {
            (topic(finding) ? topics : others).add(finding);
        }
        List<Finding> kept = joined(others);
        kept.addAll(joined(topics));
        kept.sort(IN_ORDER);
        return kept;
    }

    private static boolean topic(Finding finding) {
        return finding.kind().family() == Family.HEALTH
                || finding.kind().family() == Family.SPECIAL;
    }

    /// One finding for each group that hangs together: nothing that was covered becomes uncovered.
    private static List<Finding> joined(List<Finding> found) {
        found.sort(IN_ORDER);
        var kept = new ArrayList<Finding>(found.size());
        int i = 0;
        while (i < found.size()) {
            Finding best = found.get(i);
            int start = best.start();
            int end = best.end();
            int next = i + 1;
            while (next < found.size() && found.get(next).start() < end) {
                Finding other = found.get(next++);
                end = Math.max(end, other.end());
                if (BETTER.compare(other, best) < 0) {
                    best = other;
                }
            }
            kept.add(new Finding(start, end, best.kind(), best.score()));
            i = next;
        }
        return kept;
    }
}
