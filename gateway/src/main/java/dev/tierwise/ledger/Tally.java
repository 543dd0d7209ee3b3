package dev.tierwise.ledger;

import dev.tierwise.core.Money;
import java.util.EnumMap;
import java.util.Map;

/// Adds up the rows of a group of requests.
final class Tally {
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Times latencies = new Times();
    private final Times firstBytes = new Times();
    private long requests;
    private long input;
    private long cached;
    private long output;
    private long estimated;
    private long cost;
    private long unpriced;
    private long compared;
    private long comparedCost;
    private long baseline;

    Tally() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
    }

    /// Adds one request.
    void add(Sums.Row row) {
        requests++;
        outcomes.merge(row.outcome(), 1L, Long::sum);
        input += row.input();
        cached += row.cached();
        output += row.output();
        estimated += row.estimated();
        if (row.cost() == null) {
            unpriced++;
        } else {
            cost = Math.addExact(cost, row.cost());
        }
        if (row.cost() != null && row.baseline() != null) {
            compared++;
            comparedCost = Math.addExact(comparedCost, row.cost());
            baseline = Math.addExact(baseline, row.baseline());
        }
        if (row.outcome() == Outcome.ANSWERED) {
            latencies.add(row.latency());
            if (row.firstByte() != null) {
                firstBytes.add(row.firstByte());
            }
        }
    }

    long requests() {
        return requests;
    }

    /// The sums so far.
    Totals totals() {
        return new Totals(
                requests,
                outcomes,
                new Totals.Tokens(input, cached, output, estimated),
                new Totals.Spend(
                        new Money(cost),
                        unpriced,
                        compared,
                        new Money(comparedCost),
                        new Money(baseline)),
                latencies.quantiles(),
                firstBytes.quantiles());
    }
}
