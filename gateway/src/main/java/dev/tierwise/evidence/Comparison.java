package dev.tierwise.evidence;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Two models by the results that may be held against each other.
///
/// @param one a model
/// @param other another
/// @param pairs what both did; never empty
public record Comparison(String one, String other, List<Pair> pairs) {
    /// Smaller differences are taken for none: a change of prompt moves scores by as much.
    private static final double LEAST = 2;

    private static final int FEWEST = 2;
    private static final int SHOWN = 3;

    public Comparison {
        pairs = List.copyOf(pairs);
    }

    /// What both models did in one benchmark.
    ///
    /// @param one the first one's result
    /// @param other the other's, comparable with it
    public record Pair(Result one, Result other) {
        /// By how many points the other did better; negative when it did worse.
        public double gain() {
            return other.percent() - one.percent();
        }
    }

    /// By how many points the other did better in the mean of all; negative when it did worse.
    public double gain() {
        return pairs.stream().mapToDouble(Pair::gain).average().orElse(0);
    }

    /// Whether the other is the better one: by two points and more in the mean, in two benchmarks
    /// or more, and in most of them.
    public boolean better() {
        long wins = pairs.stream().filter(pair -> pair.gain() > 0).count();
        return pairs.size() >= FEWEST && gain() >= LEAST && 2 * wins > pairs.size();
    }

    /// In words for people, the other model first.
    public String says() {
        String results =
                pairs.stream()
                        .limit(SHOWN)
                        .map(pair ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.1f : %.1f",
                                        pair.one.benchmark(),
                                        pair.other.percent(),
                                        pair.one.percent()))
                        .collect(Collectors.joining(", "));
        int more = pairs.size() - SHOWN;
        String by =
                pairs.stream()
                        .map(pair -> pair.one.by())
                        .distinct()
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s %+.1f points against %s in %d %s (%s%s; measured by %s)",
                other,
                gain(),
                one,
                pairs.size(),
                pairs.size() == 1 ? "benchmark" : "benchmarks",
                results,
                more > 0 ? " and " + more + " more" : "",
                by);
    }
}
