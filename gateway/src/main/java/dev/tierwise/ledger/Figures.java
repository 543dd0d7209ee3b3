package dev.tierwise.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sums over a span of the ledger, all taken at one moment.
///
/// @param first when the first request of the span came; null when there is none
/// @param last when the last one came
/// @param all the sums over all requests
/// @param tiers the same by the tier that answered, in the order of tiers; no group where no model
///   answered
/// @param tasks the same by task, the most requests first
/// @param keys the same by key, the most requests first
/// @param baselines how many requests were compared with which baseline model
/// @param attempts the calls of models
/// @param judged what the gateway thought of answers before it let them go
/// @param ratings what those who asked thought of them
public record Figures(
        @Nullable Instant first,
        @Nullable Instant last,
        Totals all,
        List<Group> tiers,
        List<Group> tasks,
        List<Group> keys,
        Map<String, Long> baselines,
        Attempts attempts,
        Judged judged,
        Ratings ratings) {
    public Figures {
        tiers = List.copyOf(tiers);
        tasks = List.copyOf(tasks);
        keys = List.copyOf(keys);
        baselines = Map.copyOf(baselines);
    }

    /// Sums over the requests that share a tier, a task or a key.
    ///
    /// @param name the word of the tier, the task or the key; null for requests that have none
    /// @param totals the sums
    public record Group(@Nullable String name, Totals totals) {}

    /// Sums over verdicts.
    ///
    /// @param actions how many verdicts came to which action
    /// @param agreed how often a second model came to the same
    /// @param differed how often it did not
    /// @param held how long answers were kept back; null when none was
    public record Judged(
            Map<String, Long> actions,
            long agreed,
            long differed,
            Totals.@Nullable Quantiles held) {
        public Judged {
            actions = Map.copyOf(actions);
        }

        /// How many verdicts came to `action`.
        public long count(Verdict.Action action) {
            return actions.getOrDefault(action.word(), 0L);
        }
    }

    /// Sums over feedback that came in the span; of each request the last counts.
    ///
    /// @param models by model
    /// @param tiers by the tier of the model, in the order of tiers
    public record Ratings(List<Rated> models, List<Rated> tiers) {
        public Ratings {
            models = List.copyOf(models);
            tiers = List.copyOf(tiers);
        }
    }

    /// Sums over the rated answers of a model or a tier.
    ///
    /// @param name of the model or the tier; `-` where it is not known
    /// @param count how many answers were rated in any way
    /// @param up how many thumbs went up
    /// @param down how many went down
    /// @param mean of the scores, a thumb up being 1, a thumb down and a correction 0
    public record Rated(String name, long count, long up, long down, double mean) {}

    /// Sums over attempts.
    ///
    /// @param count how many calls of models there were
    /// @param requests how many requests made at least one
    /// @param repeated how many requests made more than one
    /// @param climbed how many requests went to more than one tier
    /// @param outcomes how many calls ended in which way
    public record Attempts(
            long count, long requests, long repeated, long climbed, Map<String, Long> outcomes) {
        public Attempts {
            outcomes = Map.copyOf(outcomes);
        }
    }
}
