package dev.tierwise.app;

import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.OwnKey;
import dev.tierwise.catalogue.OwnModels;
import dev.tierwise.core.Money;
import dev.tierwise.core.Price;
import dev.tierwise.core.Usage;
import dev.tierwise.evidence.Evidence;
import dev.tierwise.evidence.Profile;
import dev.tierwise.evidence.Result;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Shapes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the catalogue knows of a model beside its shape, for `tw fit`.
///
/// @param profile licence, abilities
/// @param results what it did
/// @param offers the same model at hosted APIs, the cheapest first
/// @param own what the user's own file says; null when nothing
record FitKnown(
        Profile profile,
        List<Result> results,
        List<HostedOffer> offers,
        OwnModels.@Nullable Model own) {
    FitKnown {
        results = List.copyOf(results);
        offers = List.copyOf(offers);
    }

    /// A hosted offer of the same model.
    ///
    /// @param backend whose
    /// @param model as a request names it
    /// @param request what the reckoned request costs there
    /// @param since the day from which the price holds
    record HostedOffer(String backend, String model, Money request, LocalDate since) {}

    /// Where it is looked up.
    ///
    /// @param catalogue with prices
    /// @param evidence licences and results
    /// @param own the user's own file
    /// @param shapes by which the file's names are understood
    /// @param day whose prices hold
    record Sources(
            Catalogue catalogue, Evidence evidence, OwnModels own, Shapes shapes, LocalDate day) {
        /// What is known of a model.
        FitKnown of(ModelShape model, FitPrices prices) {
            return new FitKnown(
                    evidence.profile(model.id()),
                    evidence.of(model.id()),
                    offers(model, prices),
                    OwnShapes.of(own, shapes, model.id()).orElse(null));
        }

        private List<HostedOffer> offers(ModelShape model, FitPrices prices) {
            var usage = new Usage(prices.prompt(), 0, prices.answer(), true);
            List<String> names = new ArrayList<>(model.names());
            names.add(model.id());
            List<HostedOffer> offers = new ArrayList<>();
            for (Catalogue.Hosted hosted : catalogue.hosted(names)) {
                Optional<Price> price = Price.on(day, hosted.facts().prices());
                price.ifPresent(it ->
                        offers.add(
                                new HostedOffer(
                                        hosted.backend(),
                                        hosted.facts().id(),
                                        it.of(usage),
                                        it.from())));
            }
            offers.sort(Comparator.comparingLong(offer -> offer.request().nanos()));
            return offers;
        }
    }

    /// The values that the user's own file gives, by key.
    Map<String, String> given() {
        Map<String, String> given = new TreeMap<>();
        if (own != null) {
            own.values()
                    .forEach((key, value) -> {
                        if (key != OwnKey.NOTED && key != OwnKey.SOURCE) {
                            given.put(key.word(), value);
                        }
                    });
        }
        return given;
    }

    /// The licence in words.
    String licence() {
        return profile.licence() == null ? "unknown" : profile.licence().says();
    }
}
