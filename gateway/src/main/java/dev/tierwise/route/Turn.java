package dev.tierwise.route;

import dev.tierwise.core.Tier;
import java.util.List;

/// One request under an [Aim]. For the request's own thread.
interface Turn {
    /// What it is worth if the request ends this way, in the aim's own unit: more is better.
    ///
    /// @param best the highest chance that any model has to answer well
    double worth(Way way, double best);

    /// The way that is taken, as far as is known now; may be asked again when more is known.
    ///
    /// @param best the highest chance that any model has to answer well
    /// @return its place in `ways`
    int settle(List<Way> ways, double best);

    /// The request has ended.
    ///
    /// @param dollars what it cost in all; 0 where that is not known
    void ended(Tier tier, double dollars);

    /// The place of the way that is worth most, the first of equals.
    static int best(Turn turn, List<Way> ways, double best) {
        int found = 0;
        for (int i = 1; i < ways.size(); i++) {
            if (turn.worth(ways.get(i), best) > turn.worth(ways.get(found), best)) {
                found = i;
            }
        }
        return found;
    }
}
