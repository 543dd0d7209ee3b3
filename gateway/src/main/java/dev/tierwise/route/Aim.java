package dev.tierwise.route;

import dev.tierwise.core.Tier;
import java.util.List;

/// What routing is to achieve: one declared objective at a time, and how far it has come. Outlives
/// a configuration's reload as long as the declaration stays the same. Thread-safe.
public sealed interface Aim permits QualityAim, BudgetAim, SharesAim {
    /// What a second of waiting is worth in dollars where money decides: about 70 cents an hour.
    /// Without it, a free model that always fails would be asked first for ever.
    double SECOND = 0.0002;

    /// The cheapest answer whose chance to be good is at least `least` times that of the best
    /// model.
    ///
    /// @param least from 0 to 1
    static Aim quality(double least) {
        return new QualityAim(least);
    }

    /// The best answers for so much money a request in the mean.
    ///
    /// @param dollars above 0
    static Aim budget(double dollars) {
        return new BudgetAim(dollars);
    }

    /// The best answers at wished shares of the tiers.
    ///
    /// @param targets the share of each [Tier], lowest first; their sum is 1
    static Aim shares(List<Double> targets) {
        return new SharesAim(targets);
    }

    /// Begins to weigh one request.
    ///
    /// @param tiers the tiers that have a model at all, lowest first
    Turn turn(List<Tier> tiers);

    /// Counts a request that somebody else decided on.
    ///
    /// @param dollars what it cost; 0 where that is not known
    void forced(Tier tier, double dollars, List<Tier> tiers);

    /// The declaration in words, such as `quality 0.80`.
    String words();

    /// What was asked for and what came of it, in words for people; empty when there is nothing to
    /// tell.
    String progress();
}
