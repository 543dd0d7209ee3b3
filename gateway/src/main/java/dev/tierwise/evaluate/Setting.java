package dev.tierwise.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which models stand in which tier.
///
/// @param small answers first
/// @param mid stands between; null for two tiers
/// @param frontier the strongest
/// @param second a small model whose agreement is asked for; null for none
/// @param prices of small, mid and frontier, in parts of the frontier's price
public record Setting(
        String small,
        @Nullable String mid,
        String frontier,
        @Nullable String second,
        List<Double> prices) {
    public Setting {
        prices = List.copyOf(prices);
    }

    /// The models of the tiers, the small one first.
    public List<String> tiers() {
        var tiers = new ArrayList<String>();
        tiers.add(small);
        if (mid != null) {
            tiers.add(mid);
        }
        tiers.add(frontier);
        return tiers;
    }

    /// The price of each of [#tiers].
    List<Double> tierPrices() {
        return mid == null ? List.of(prices.getFirst(), prices.getLast()) : prices;
    }

    /// Whether a model's whole outputs are of use.
    public boolean wants(String model) {
        return model.equals(small) || model.equals(second);
    }
}
