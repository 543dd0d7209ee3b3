package dev.tierwise.core;

import java.util.List;
import java.util.Set;

/// What is known of one model that this gateway can reach.
///
/// @param name the name that clients and rules use; unique in the gateway
/// @param upstream the name of the upstream that serves it
/// @param remoteName the name that the upstream knows it by
/// @param tier where it stands
/// @param clearance the highest class of data that it may see
/// @param zone where it runs, as policies name it
/// @param context tokens of prompt and answer together; 0 when not known
/// @param capabilities what it can do
/// @param prices dated prices; empty when not known, which is not the same as free
/// @param sites where it is, each with a card of its own under the same name; empty where it is at
///   one site, which this card describes. With sites, the card says what holds for all
public record ModelCard(
        String name,
        String upstream,
        String remoteName,
        Tier tier,
        DataClass clearance,
        String zone,
        long context,
        Set<Capability> capabilities,
        List<Price> prices,
        List<ModelCard> sites) {
    /// The zone of this machine.
    public static final String HOST = "host";

    /// The zone of hosted models of which nothing more is known.
    public static final String CLOUD = "cloud";

    public ModelCard {
        if (name.isBlank() || upstream.isBlank() || remoteName.isBlank() || zone.isBlank()) {
            throw new IllegalArgumentException(
                    "a model needs a name, an upstream, a remote name and a zone");
        }
        capabilities = Set.copyOf(capabilities);
        prices = List.copyOf(prices);
        sites = List.copyOf(sites);
        if (sites.size() == 1) {
            throw new IllegalArgumentException("a model at one site is that site's card");
        }
    }

    /// A model at one site.
    public ModelCard(
            String name,
            String upstream,
            String remoteName,
            Tier tier,
            DataClass clearance,
            String zone,
            long context,
            Set<Capability> capabilities,
            List<Price> prices) {
        this(
                name,
                upstream,
                remoteName,
                tier,
                clearance,
                zone,
                context,
                capabilities,
                prices,
                List.of());
    }

    /// The cards of the sites where it is: this one where it is at one only.
    public List<ModelCard> each() {
        return sites.isEmpty() ? List.of(this) : sites;
    }

    /// What tells this site of a model from others of the same name.
    public String seat() {
        return name + "@" + upstream;
    }
}
