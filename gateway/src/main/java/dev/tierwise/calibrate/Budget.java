package dev.tierwise.calibrate;

/// Best within a budget: picks what is worth most after its cost at the going price of money, and
/// moves that price so that the mean cost of a request comes to the budget. This is online dual
/// ascent with steps relative to the price (Balseiro, Lu, Mirrokni 2020, arXiv 2002.10421), with
/// costs in units of the budget, so that a thousandfold difference between models needs no tuning.
/// The price has two parts: one follows at once what is overspent or saved, the other is its slow
/// sum; both are bounded, so that no stretch of traffic winds them up. Savings of more than 100
/// budgets are forgotten, for requests that need little must not buy a spree later. Values are
/// meant to be of the size of 1. Thread-safe; a choice is one pass over the models and allocates
/// nothing.
public final class Budget {
    private static final double HORIZON = 100;
    private static final double QUICK = 4;
    private static final double SLOW = 0.02;
    private static final double MOST_DEBT = 20;
    private static final double SLOW_MOST = 0.3;
    private static final double QUICK_MOST = 10;
    private static final double CHEAPEST = -8;
    private static final double DEAREST = 12;

    private final double budget;
    private double logPrice;
    private double debt;
    private double spent;
    private long requests;

    private Budget(State state) {
        budget = state.budget();
        logPrice = state.logPrice();
        debt = state.debt();
        spent = state.spent();
        requests = state.requests();
    }

    /// Begins at a price of one unit of value for a budget.
    ///
    /// @param budget mean cost of a request, above 0, in any unit of money
    public static Budget of(double budget) {
        return restore(new State(Checks.positive(budget), 0, 0, 0, 0));
    }

    /// Goes on where another stood.
    public static Budget restore(State state) {
        return new Budget(state);
    }

    /// The place of the model that is worth most after its cost; the cheaper one of equals. Nothing
    /// is counted: see [#spend].
    ///
    /// @param values what each model is worth, such as the chance of a good answer; negative
    ///   infinity where it cannot be used
    /// @param costs what it is expected to cost, 0 or more
    public synchronized int choose(double[] values, double[] costs) {
        Checks.sameLength(values.length, costs.length);
        double price = price();
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < values.length; k++) {
            double net = values[k] - price * costs[k];
            if (Double.isNaN(net) || !(costs[k] >= 0)) {
                throw new IllegalArgumentException(
                        "not a value and a cost: " + values[k] + ", " + costs[k]);
            }
            if (net > most || (best >= 0 && net == most && costs[k] < costs[best])) {
                best = k;
                most = net;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException("a request can use one model at least");
        }
        return best;
    }

    /// Counts what a request has cost, escalations and forced choices included.
    ///
    /// @param cost 0 or more, in the unit of the budget
    public synchronized void spend(double cost) {
        if (!(cost >= 0) || Double.isInfinite(cost)) {
            throw new IllegalArgumentException("not a cost: " + cost);
        }
        spent += cost;
        requests++;
        debt = Math.clamp(debt + cost / budget - 1, -HORIZON, MOST_DEBT * HORIZON);
        logPrice =
                Math.clamp(
                        logPrice + SLOW * Math.clamp(debt / HORIZON, -SLOW_MOST, SLOW_MOST),
                        CHEAPEST,
                        DEAREST);
    }

    /// What one unit of money has to bring in value to be spent (the dual variable lambda).
    public synchronized double price() {
        return Math.exp(logPrice + QUICK * Math.clamp(debt / HORIZON, -1, QUICK_MOST)) / budget;
    }

    /// Mean cost of a request since the start; 0 before the first.
    public synchronized double mean() {
        return requests == 0 ? 0 : spent / requests;
    }

    /// What is to be stored.
    public synchronized State state() {
        return new State(budget, logPrice, debt, spent, requests);
    }

    /// A budget and how it stands.
    ///
    /// @param budget mean cost of a request
    /// @param logPrice the slow part of the price, natural logarithm
    /// @param debt what is overspent, in budgets of one request; negative where something is saved
    /// @param spent money since the start
    /// @param requests since the start
    public record State(double budget, double logPrice, double debt, double spent, long requests) {
        /// Checks.
        public State {
            Checks.positive(budget);
            for (double number : new double[] {logPrice, debt, spent}) {
                Checks.finite(number);
            }
        }
    }
}
