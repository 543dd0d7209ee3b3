package dev.tierwise.call.pool;

import dev.tierwise.call.Model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which of several sites of one model is asked: the one that is expected to have answered first.
/// Pure.
final class Choice {
    /// What an answer is taken to have where the client names no lower limit.
    static final long USUAL_TOKENS = 200;

    /// Nothing was measured anywhere: only what all have in common matters then.
    private static final double USUAL_SPEED = 20;

    private static final double USUAL_FIRST = .5;

    /// What a load is taken to last. It need not be right, only more than a short queue and less
    /// than a long one.
    private static final double LOAD = 10;

    /// The same where it is not known whether the model is there.
    private static final double MAYBE_LOAD = 3;

    /// What was measured longer ago may not hold any more.
    private static final Duration FRESH = Duration.ofHours(1);

    /// A model that answered so lately is taken to be there still; it is what Ollama keeps one for.
    private static final Duration THERE = Duration.ofMinutes(5);

    private Choice() {}

    /// A site as it stands.
    ///
    /// @param standing how things stand there
    /// @param ready whether it is fit to answer and did not ask to be left alone
    /// @param knows whether it has read this conversation before
    /// @param now the moment
    record Site(Standing standing, boolean ready, boolean knows, Instant now) {
        private double speed() {
            return within(FRESH) ? standing.tokensPerSecond() : Double.NaN;
        }

        private double first() {
            return within(FRESH) ? standing.firstTokenMillis() / 1e3 : Double.NaN;
        }

        private boolean within(Duration time) {
            Instant used = standing.lastUsed();
            return used != null && used.plus(time).isAfter(now);
        }

        /// How long its model is in coming. Where nobody says whether it is loaded, a site that was
        /// never asked counts as if it were, so that it is asked once.
        private double absence() {
            return switch (standing.loaded()) {
                case YES -> 0;
                case NO -> LOAD;
                case UNKNOWN -> standing.lastUsed() == null || within(THERE) ? 0 : MAYBE_LOAD;
            };
        }

        private int load() {
            return standing.running() + standing.waiting();
        }

        private long used() {
            Instant used = standing.lastUsed();
            return used == null ? Long.MIN_VALUE : used.toEpochMilli();
        }
    }

    /// The sites, the best first: those that are ready, then by the time in which they are expected
    /// to have answered. A site that was not measured is taken to be as fast as the fastest, so
    /// that each is tried; of equals the one asked longest ago comes first.
    ///
    /// @param tokens of the answer, about
    static List<Integer> order(List<Site> sites, long tokens) {
        double speed = fastest(sites);
        double first = soonest(sites);
        var order = new ArrayList<Integer>();
        for (int i = 0; i < sites.size(); i++) {
            order.add(i);
        }
        order.sort(
                Comparator.<Integer, Boolean>comparing(i -> !sites.get(i).ready())
                        .thenComparingDouble(i -> seconds(sites.get(i), tokens, speed, first))
                        .thenComparingInt(i -> sites.get(i).load())
                        .thenComparingLong(i -> sites.get(i).used()));
        return order;
    }

    private static double fastest(List<Site> sites) {
        return sites.stream()
                .mapToDouble(Site::speed)
                .filter(it -> it > 0)
                .max()
                .orElse(USUAL_SPEED);
    }

    private static double soonest(List<Site> sites) {
        return sites.stream()
                .mapToDouble(Site::first)
                .filter(it -> it >= 0)
                .min()
                .orElse(USUAL_FIRST);
    }

    /// How long an answer is expected to take there, with the wait for a site and for the model.
    ///
    /// @param speed where none was measured there
    /// @param first likewise
    static double seconds(Site site, long tokens, double speed, double first) {
        double rate = site.speed() > 0 ? site.speed() : speed;
        double begin = site.first() >= 0 ? site.first() : first;
        double answer = tokens / rate;
        int sites = Math.max(1, site.standing().places());
        double rounds = Math.max(0, site.load() + 1 - sites) / (double) sites;
        return rounds * (begin + answer) + site.absence() + (site.knows() ? 0 : begin) + answer;
    }
}
