package dev.tierwise.config;

import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model that the file lists. What is null is for the catalogue to say.
///
/// @param name the name that clients and rules use
/// @param sites where it is; more than one where several upstreams serve it
/// @param tier where it stands
/// @param context tokens of prompt and answer together
/// @param capabilities what it can do
/// @param prices dated prices, in the file's order; [Price#FREE] when the file says `free`
/// @param clearance the highest class of data that it may see; null for that of its place
public record ModelSettings(
        String name,
        List<Site> sites,
        Tier tier,
        @Nullable Long context,
        @Nullable Set<Capability> capabilities,
        @Nullable List<Price> prices,
        @Nullable DataClass clearance) {
    /// One upstream that serves it.
    ///
    /// @param upstream the upstream's name
    /// @param id the name that the upstream knows it by
    public record Site(String upstream, String id) {}

    public ModelSettings {
        sites = List.copyOf(sites);
        if (sites.isEmpty()) {
            throw new IllegalArgumentException("a model needs an upstream");
        }
        capabilities = capabilities == null ? null : Set.copyOf(capabilities);
        prices = prices == null ? null : List.copyOf(prices);
    }
}
