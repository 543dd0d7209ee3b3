package dev.tierwise.app;

import dev.tierwise.evidence.Comparison;
import dev.tierwise.evidence.Licence;
import dev.tierwise.evidence.Result;
import dev.tierwise.fit.Recommendation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Licences, evidence and hosted offers in `tw fit --json`.
final class FitKnownJson {
    private FitKnownJson() {}

    static void put(ObjectNode node, FitKnown known) {
        Licence licence = known.profile().licence();
        if (licence == null) {
            node.putNull("licence");
        } else {
            node.putObject("licence")
                    .put("name", licence.name())
                    .put("use", licence.use().word())
                    .put("source", licence.source());
        }
        ObjectNode abilities = node.putObject("abilities");
        known.profile().abilities().forEach(abilities.putArray("words")::add);
        abilities.put("source", known.profile().abilitiesSource());
        ArrayNode evidence = node.putArray("evidence");
        known.results().forEach(result -> result(evidence.addObject(), result));
        if (known.own() != null) {
            ObjectNode given = node.putObject("given").put("source", known.own().told());
            known.given().forEach(given.putObject("values")::put);
        }
    }

    private static void result(ObjectNode node, Result result) {
        node.put("work", result.work())
                .put("benchmark", result.benchmark())
                .put("protocol", result.protocol())
                .put("measured_by", result.by())
                .put("date", result.date());
        FitJson.figure(node, "percent", result.figure());
        if (result.interval() == null) {
            node.putNull("interval");
        } else {
            node.putObject("interval")
                    .put("low", result.interval().low())
                    .put("high", result.interval().high())
                    .put("answers", result.interval().answers());
        }
    }

    /// Why a model is recommended.
    static ObjectNode why(Recommendation.Reason reason) {
        ObjectNode node = StoreJson.object().put("says", reason.says());
        ArrayNode against = node.putArray("against");
        for (Comparison comparison : reason.comparisons()) {
            ObjectNode each =
                    against.addObject()
                            .put("model", comparison.one())
                            .put("gain", Math.round(comparison.gain() * 10) / 10.0)
                            .put("better", comparison.better());
            ArrayNode pairs = each.putArray("benchmarks");
            for (Comparison.Pair pair : comparison.pairs()) {
                pairs.addObject()
                        .put("benchmark", pair.one().benchmark())
                        .put("recommended", pair.other().percent())
                        .put("other", pair.one().percent())
                        .put("source", pair.one().told());
            }
        }
        return node;
    }

    /// The same model at hosted APIs.
    static void offers(ObjectNode node, FitReading.One one) {
        ArrayNode offers = node.putArray("hosted_offers");
        for (FitKnown.HostedOffer offer : one.known().offers()) {
            ObjectNode each =
                    offers.addObject()
                            .put("backend", offer.backend())
                            .put("model", offer.model())
                            .put("price_since", FitJson.day(offer.since()))
                            .put("usd_per_request", offer.request().nanos() / 1e9);
            if (one.day() != null) {
                each.put(
                        "usd_per_day",
                        one.day().requests().value() * offer.request().nanos() / 1e9);
            }
        }
    }
}
