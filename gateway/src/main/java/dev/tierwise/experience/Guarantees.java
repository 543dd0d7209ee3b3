package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the rows prove, kept until there are 5 % more of them or until some were taken away.
/// Thread-safe.
final class Guarantees {
    private static final double MORE = .05;
    private static final int MOST = 64;

    private final Map<Claim, Proven> proven = new ConcurrentHashMap<>();

    /// What is to be proven.
    ///
    /// @param ratio whether `limit` is a ratio of qualities; else it is a share of worse answers
    record Claim(boolean ratio, double limit, double confidence) {
        Floor.Verdict prove(View view) {
            return ratio
                    ? Floor.ratio(view.rows(), limit, confidence)
                    : Floor.worse(view.rows(), limit, confidence);
        }
    }

    private record Proven(Floor.Verdict verdict, int rows, long pairs, long generation) {
        boolean holds(View view) {
            return generation == view.generation()
                    && view.pairs() - pairs <= Math.max(0, (long) (MORE * rows));
        }
    }

    /// What is known. Takes milliseconds when a claim is asked for the first time, else none.
    Floor.Verdict verdict(Claim claim, View view) {
        Proven found = proven.get(claim);
        if (found == null) {
            found = prove(claim, view);
            if (proven.size() < MOST) {
                proven.put(claim, found);
            }
        }
        return found.verdict;
    }

    /// Proves anew what no longer holds.
    void refresh(View view) {
        proven.replaceAll((claim, found) -> found.holds(view) ? found : prove(claim, view));
    }

    private static Proven prove(Claim claim, View view) {
        return new Proven(claim.prove(view), view.rows().size(), view.pairs(), view.generation());
    }
}
