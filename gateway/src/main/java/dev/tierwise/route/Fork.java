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
    /// @param accept ends with the answer, all that is paid and waited for until then included
    /// @param lost what was spent when the answer is not accepted after all
    double worth(Way accept, Power power, Way lost, double best) {
        double fine = power.speaksFor(accept.good());
        double high = power.after(accept.good());
        double low = power.afterDoubt(accept.good());
        return fine * decided(accept.chance(high), lost, Math.max(best, high))
                + (1 - fine) * decided(accept.chance(low), lost, best);
    }

    private double decided(Way accept, Way lost, double best) {
        double most = turn.worth(accept, best);
        for (Way way : above) {
            most = Math.max(most, turn.worth(way.after(lost.dollars(), lost.seconds()), best));
        }
        return most;
    }
}
