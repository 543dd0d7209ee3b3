package dev.tierwise.fit;

import dev.tierwise.evidence.Comparison;
import dev.tierwise.evidence.Evidence;
import dev.tierwise.fit.Recommendation.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Chooses among models that fit: the largest, unless a smaller one is better by results that may
/// be held against each other. Each is held against the best so far, the largest first.
final class Champion {
    private Champion() {}

    /// The best set by its local model, with the reason.
    ///
    /// @param sets at least one, the largest local model first
    static Recommendation of(List<Recommendation> sets, Evidence evidence) {
        Function<Recommendation, String> id = set -> set.local().model().id();
        Recommendation best = best(sets, id, evidence);
        List<Comparison> seen = new ArrayList<>();
        for (Recommendation set : sets) {
            if (!set.equals(best)) {
                evidence.compare(id.apply(set), id.apply(best)).ifPresent(seen::add);
            }
        }
        return best.because(new Reason(says(best.equals(sets.getFirst()), seen), seen));
    }

    /// The best load by its model; nothing where there is none.
    static Optional<Load> load(List<Load> loads, Evidence evidence) {
        return loads.isEmpty()
                ? Optional.empty()
                : Optional.of(best(loads, load -> load.model().id(), evidence));
    }

    private static <T> T best(List<T> all, Function<T, String> id, Evidence evidence) {
        T best = all.getFirst();
        for (T other : all.subList(1, all.size())) {
            boolean better =
                    evidence.compare(id.apply(best), id.apply(other))
                            .filter(Comparison::better)
                            .isPresent();
            best = better ? other : best;
        }
        return best;
    }

    private static String says(boolean largest, List<Comparison> seen) {
        String head = largest ? "the largest that fits" : "better than larger ones that fit";
        return seen.isEmpty() ? head + "; no comparable evidence" : head;
    }
}
