package dev.tierwise.route;

import dev.tierwise.core.Tier;
import java.util.List;

/// The cheapest answer that is good enough, request by request. Without memory.
///
/// @param least the part of the best model's chance that is good enough, 0 to 1
record QualityAim(double least) implements Aim {
    /// What falling short weighs against a dollar: no saving buys it.
    private static final double GRAVE = 10_000;

    QualityAim {
        if (!(least >= 0 && least <= 1)) {
            throw new IllegalArgumentException("a quality lies between 0 and 1");
        }
    }

    @Override
    public Turn turn(List<Tier> tiers) {
        return new Turn() {
            @Override
            public double worth(Way way, double best) {
                double wanted = least * best;
                double reached = wanted <= 0 ? 1 : Math.min(1, way.good() / wanted);
                return GRAVE * reached - way.dollars() - SECOND * way.seconds();
            }

            @Override
            public int settle(List<Way> ways, double best) {
                return Turn.best(this, ways, best);
            }

            @Override
            public void ended(Tier tier, double dollars) {
                // nothing is kept
            }
        };
    }

    @Override
    public void forced(Tier tier, double dollars, List<Tier> tiers) {
        // nothing is kept
    }

    @Override
    public String words() {
        return "quality " + Figures.hundredths(least);
    }

    @Override
    public String progress() {
        return "";
    }
}
