package dev.tierwise.route;

import dev.tierwise.calibrate.Budget;
import dev.tierwise.core.Tier;
import java.util.List;

/// The best answers for a mean cost: a price of money that follows what was spent.
final class BudgetAim implements Aim {
    private final double dollars;
    private final Budget budget;

    BudgetAim(double dollars) {
        this.dollars = dollars;
        this.budget = Budget.of(dollars);
    }

    @Override
    public Turn turn(List<Tier> tiers) {
        double price = budget.price();
        return new Turn() {
            @Override
            public double worth(Way way, double best) {
                return way.good() - price * (way.dollars() + SECOND * way.seconds());
            }

            @Override
            public int settle(List<Way> ways, double best) {
                return Turn.best(this, ways, best);
            }

            @Override
            public void ended(Tier tier, double spent) {
                budget.spend(spent);
            }
        };
    }

    @Override
    public void forced(Tier tier, double spent, List<Tier> tiers) {
        budget.spend(spent);
    }

    @Override
    public String words() {
        return "budget $" + Figures.plain(dollars);
    }

    @Override
    public String progress() {
        return "mean cost $"
                + Figures.plain(budget.mean())
                + " a request, wished $"
                + Figures.plain(dollars);
    }
}
