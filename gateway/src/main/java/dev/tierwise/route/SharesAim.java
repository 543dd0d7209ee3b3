package dev.tierwise.route;

import dev.tierwise.calibrate.ValueShares;
import dev.tierwise.core.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The best answers at wished shares: a price for each tier that follows how often it was used. A
/// tier without any model has no share; the others' are scaled up.
final class SharesAim implements Aim {
    /// What a wasted second is worth in chances of a good answer: twenty are worth one point.
    private static final double PATIENCE = 0.0005;

    /// What a second of the answer itself is worth: it only decides among equals.
    private static final double SECOND = 0.00001;

    private final List<Double> targets;
    private final Map<List<Tier>, ValueShares> shares = new ConcurrentHashMap<>();

    SharesAim(List<Double> targets) {
        this.targets = List.copyOf(targets);
        double sum = targets.stream().mapToDouble(Double::doubleValue).sum();
        if (targets.size() != Tier.values().length || Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException("one share for each tier, together 1");
        }
    }

    private @Nullable ValueShares of(List<Tier> tiers) {
        return tiers.size() < 2 ? null : shares.computeIfAbsent(tiers, this::begin);
    }

    private ValueShares begin(List<Tier> tiers) {
        double sum = tiers.stream().mapToDouble(this::target).sum();
        return ValueShares.of(
                tiers.stream()
                        .map(tier -> sum <= 0 ? 1.0 / tiers.size() : target(tier) / sum)
                        .toList());
    }

    private double target(Tier tier) {
        return targets.get(List.of(Tier.values()).indexOf(tier));
    }

    @Override
    public Turn turn(List<Tier> tiers) {
        ValueShares held = of(tiers);
        return held == null ? new QualityAim(1).turn(tiers) : new Held(held, tiers);
    }

    @Override
    public void forced(Tier tier, double dollars, List<Tier> tiers) {
        ValueShares held = of(tiers);
        if (held != null && tiers.contains(tier)) {
            held.record(tiers.indexOf(tier));
        }
    }

    @Override
    public String words() {
        return "shares "
                + String.join("/", targets.stream().map(it -> Figures.percent(it)).toList());
    }

    @Override
    public String progress() {
        var all = new StringBuilder();
        shares.forEach((tiers, held) -> {
            for (int i = 0; i < tiers.size(); i++) {
                all.append(all.isEmpty() ? "" : ", ")
                        .append(tiers.get(i).word())
                        .append(' ')
                        .append(Figures.percent(held.lately().get(i)))
                        .append(" %");
            }
        });
        return all.isEmpty() ? "" : "shares of the last 500: " + all;
    }

    /// One request. It is counted once, where it ends.
    private static final class Held implements Turn {
        private final ValueShares held;
        private final List<Tier> tiers;
        private final List<Double> prices;
        private int counted = -1;

        Held(ValueShares held, List<Tier> tiers) {
            this.held = held;
            this.tiers = tiers;
            this.prices = held.prices();
        }

        @Override
        public double worth(Way way, double best) {
            int tier = tiers.indexOf(way.tier());
            return value(way) - prices.get(tier);
        }

        private static double value(Way way) {
            return way.good() - PATIENCE * way.wasted() - SECOND * way.seconds();
        }

        @Override
        public int settle(List<Way> ways, double best) {
            double[] values = new double[tiers.size()];
            Arrays.fill(values, Double.NEGATIVE_INFINITY);
            int[] places = new int[tiers.size()];
            for (int i = 0; i < ways.size(); i++) {
                Way way = ways.get(i);
                int tier = tiers.indexOf(way.tier());
                double value = value(way);
                if (value > values[tier]) {
                    values[tier] = value;
                    places[tier] = i;
                }
            }
            withdraw();
            counted = held.choose(values);
            return places[counted];
        }

        /// More is known of the request than when it was counted.
        private void withdraw() {
            if (counted >= 0) {
                held.withdraw(counted);
                counted = -1;
            }
        }

        @Override
        public void ended(Tier tier, double dollars) {
            int place = tiers.indexOf(tier);
            if (counted != place) {
                withdraw();
                held.record(place);
                counted = place;
            }
        }
    }
}
