package dev.tierwise.route;

import java.util.List;

/// What it is worth to look at an answer before deciding: the value of information, reckoned with
/// two outcomes, the look speaks for the answer or it does not.
///
/// @param turn weighs
/// @param above the ways to go on if the answer is not accepted
record Fork(Turn turn, List<Way> above) {
    /// To decide now.
    double worth(Way accept, double best) {
        double most = turn.worth(accept, best);
        for (Way way : above) {
            most = Math.max(most, turn.worth(way, best));
        }
        return most;
    }

    /// To look first.
    ///
    /// @param accept ends with the answer
    /// @param cost of the look: its dollars and seconds count whatever comes of it
    double worth(Way accept, Power power, Way cost, double best) {
        double fine = power.speaksFor(accept.good());
        Way paid = accept.after(cost.dollars(), cost.seconds());
        double high = power.after(accept.good());
        return fine * decided(paid.chance(high), cost, Math.max(best, high))
                + (1 - fine) * decided(paid.chance(power.afterDoubt(accept.good())), cost, best);
    }

    private double decided(Way accept, Way cost, double best) {
        double most = turn.worth(accept, best);
        for (Way way : above) {
            most = Math.max(most, turn.worth(way.after(cost.dollars(), cost.seconds()), best));
        }
        return most;
    }
}
