package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Random random = new Random(5);

    @Test
    void meanCostComesToTheBudgetWhereModelsDifferAThousandfold() {
        for (double target : new double[] {0.01, 0.05, 0.2}) {
            var budget = Budget.of(target);

            run(budget, 3000, 0);

            assertThat(budget.mean() / target).isCloseTo(1, within(0.03));
        }
    }

    @Test
    void unitOfMoneyDoesNotMatter() {
        var dollars = Budget.of(0.0625);
        var nanos = Budget.of(0.0625 * (1 << 20));
        for (int i = 0; i < 1000; i++) {
            double[] values = {random.nextDouble() / 2, random.nextDouble()};
            double[] costs = {0.001, random.nextDouble()};
            double[] scaled = {costs[0] * (1 << 20), costs[1] * (1 << 20)};
            int picked = dollars.choose(values, costs);

            assertThat(nanos.choose(values, scaled)).isEqualTo(picked);
            dollars.spend(costs[picked]);
            nanos.spend(scaled[picked]);
        }
    }

    @Test
    void meanCostHoldsWhenTrafficGetsHarder() {
        var budget = Budget.of(0.1);

        run(budget, 1500, 0);
        run(budget, 1500, 1.5);

        assertThat(budget.mean()).isCloseTo(0.1, within(0.005));
    }

    @Test
    void constantTrafficIsSplitSoThatTheBudgetIsMet() {
        var budget = Budget.of(0.3);
        var first = new double[] {0.4, 0.9};
        var costs = new double[] {0.1, 1};
        int longest = 0;
        int inARow = 0;
        int before = -1;
        for (int i = 0; i < 2000; i++) {
            int picked = budget.choose(first, costs);
            budget.spend(costs[picked]);
            inARow = picked == before ? inARow + 1 : 1;
            longest = i < 1000 ? 0 : Math.max(longest, inARow);
            before = picked;
        }

        assertThat(budget.mean()).isCloseTo(0.3, within(0.01));
        assertThat(longest).isLessThan(200);
    }

    @Test
    void valueIsCloseToTheBestForTheMoney() {
        var budget = Budget.of(0.05);
        run(budget, 1000, 0);
        double before = budget.state().spent();
        int requests = 4000;
        var values = new double[requests][];
        var costs = new double[requests][];
        double got = 0;
        double cheapest = 0;
        for (int i = 0; i < requests; i++) {
            values[i] = values(0);
            costs[i] = costs();
            int picked = budget.choose(values[i], costs[i]);
            budget.spend(costs[i][picked]);
            got += values[i][picked];
            cheapest += values[i][0];
        }
        double spent = budget.state().spent() - before;

        assertThat((got - cheapest) / (best(values, costs, spent) - cheapest)).isGreaterThan(0.93);
    }

    @Test
    void savedMoneyIsForgotten() {
        var budget = Budget.of(1);
        for (int i = 0; i < 100_000; i++) {
            budget.spend(0);
        }

        double before = budget.state().spent();
        run(budget, 1000, 2);

        assertThat(budget.state().spent() - before).isLessThan(1150);
    }

    @Test
    void oneDearRequestIsPaidOff() {
        var budget = Budget.of(0.1);
        run(budget, 1000, 0);
        budget.spend(50);

        run(budget, 3000, 0);

        assertThat(budget.mean()).isCloseTo(0.1, within(0.005));
    }

    @Test
    void budgetThatIsTooSmallBuysTheCheapest() {
        var budget = Budget.of(1e-6);

        run(budget, 500, 0);
        int picked = budget.choose(new double[] {0, 1}, new double[] {0.001, 1});

        assertThat(picked).isZero();
        assertThat(budget.price()).isPositive().isFinite();
    }

    @Test
    void budgetThatIsAmpleBuysTheBest() {
        var budget = Budget.of(1000);

        run(budget, 3000, 0);
        int picked = budget.choose(new double[] {0.80, 0.81}, new double[] {0.001, 1});

        assertThat(picked).isEqualTo(1);
    }

    @Test
    void closedModelIsNeverPickedAndTheCheaperOfEqualsIs() {
        var budget = Budget.of(1);
        double closed = Double.NEGATIVE_INFINITY;

        int open = budget.choose(new double[] {closed, -5}, new double[] {0, 100});
        int cheaper = Budget.of(1).choose(new double[] {2, 1}, new double[] {2, 1});

        assertThat(open).isEqualTo(1);
        assertThat(cheaper).isEqualTo(1);
    }

    @Test
    void restoredOneGoesOnAsIfNothingHadHappened() {
        var budget = Budget.of(0.1);
        run(budget, 500, 0);

        var restored = Budget.restore(budget.state());

        assertThat(restored.price()).isEqualTo(budget.price());
        assertThat(restored.mean()).isEqualTo(budget.mean());
    }

    @Test
    void whatIsNoCostIsRefused() {
        var budget = Budget.of(1);
        double[] one = {1};

        assertThatThrownBy(() -> Budget.of(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> budget.spend(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> budget.spend(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> budget.choose(one, new double[] {-1})).hasMessageContaining("-1");
        assertThatThrownBy(() -> budget.choose(new double[0], new double[0]))
                .hasMessageContaining("one model");
    }

    private void run(Budget budget, int requests, double harder) {
        for (int i = 0; i < requests; i++) {
            double[] costs = costs();
            budget.spend(costs[budget.choose(values(harder), costs)]);
        }
    }

    private double[] values(double harder) {
        double hard = random.nextGaussian() + harder;
        return new double[] {
            chance(0.8 - 1.2 * hard),
            chance(1.6 - hard + 0.4 * random.nextGaussian()),
            chance(2.4 - 0.8 * hard + 0.5 * random.nextGaussian())
        };
    }

    private double[] costs() {
        double length = Math.exp(0.8 * random.nextGaussian());
        return new double[] {0.001 * length, 0.03 * length, length};
    }

    private static double chance(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /// Value at the one price in hindsight that spends as much.
    private static double best(double[][] values, double[][] costs, double money) {
        double low = 1e-6;
        double high = 1e6;
        double value = 0;
        for (int round = 0; round < 60; round++) {
            double price = Math.sqrt(low * high);
            double spent = 0;
            value = 0;
            for (int i = 0; i < values.length; i++) {
                int best = 0;
                for (int k = 1; k < 3; k++) {
                    double net = values[i][k] - price * costs[i][k];
                    best = net > values[i][best] - price * costs[i][best] ? k : best;
                }
                spent += costs[i][best];
                value += values[i][best];
            }
            if (spent > money) {
                low = price;
            } else {
                high = price;
            }
        }
        return value;
    }
}
