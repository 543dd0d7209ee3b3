package dev.tierwise.app;

import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.Offer;
import dev.tierwise.catalogue.Tiering;
import dev.tierwise.core.Money;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What a request costs at hosted models, to be held against a machine.
///
/// @param prompt tokens of the request
/// @param answer tokens of its answer
/// @param models one of each hosted tier
record FitPrices(int prompt, int answer, List<Hosted> models) {
    /// Whose models stand for a tier: the first of these that has both.
    private static final List<String> BACKENDS = List.of("openai", "anthropic", "gemini");

    FitPrices {
        models = List.copyOf(models);
    }

    /// A hosted model.
    ///
    /// @param name as a request names it
    /// @param tier where it stands
    /// @param request what the request costs there
    /// @param since the day from which its price holds
    record Hosted(String name, Tier tier, Money request, LocalDate since) {}

    /// The newest hosted models of each tier.
    static FitPrices of(Catalogue catalogue, LocalDate day, int prompt, int answer) {
        var usage = new Usage(prompt, 0, answer, true);
        for (String backend : BACKENDS) {
            var models = new ArrayList<Hosted>();
            var seen = new HashSet<Tier>();
            for (Offer offer : new Tiering(catalogue, day).offers(backend)) {
                Optional<Price> price = Price.on(day, offer.facts().prices());
                if (price.isPresent() && seen.add(offer.tier())) {
                    models.add(
                            new Hosted(
                                    offer.facts().id(),
                                    offer.tier(),
                                    price.get().of(usage),
                                    price.get().from()));
                }
            }
            if (models.size() > 1) {
                return new FitPrices(prompt, answer, models);
            }
        }
        return new FitPrices(prompt, answer, List.of());
    }

    /// What so many requests cost, in dollars.
    double dollars(Hosted hosted, double requests) {
        return requests * hosted.request.nanos() / 1e9;
    }
}
