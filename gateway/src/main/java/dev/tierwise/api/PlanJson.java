package dev.tierwise.api;

import dev.tierwise.core.Body;
import dev.tierwise.core.ModelCard;
import dev.tierwise.flow.Flow;
import dev.tierwise.guard.Judgement;
import dev.tierwise.predict.Forecast;
import dev.tierwise.route.Candidate;
import dev.tierwise.route.Difficulty;
import dev.tierwise.route.Outlook;
import dev.tierwise.route.Plan;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a decision for people and programs to read.
final class PlanJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private PlanJson() {}

    static Body of(Flow.Decision decision) {
        Plan plan = decision.plan();
        var out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("decision");
            json.writeStringProperty("tier", plan.tier().word());
            if (plan.steps().isEmpty()) {
                json.writeNullProperty("model");
            } else {
                json.writeStringProperty("model", plan.steps().getFirst().name());
            }
            json.writeStringProperty("reason", plan.reason());
            json.writeStringProperty("data_class", decision.judgement().dataClass().word());
            json.writeEndObject();
            sovereignty(json, decision.judgement());
            outlook(json, plan.outlook());
            json.writeNumberProperty("estimated_prompt_tokens", decision.promptTokens());
            candidates(json, plan);
            vetoes(json, plan);
            if (plan.failure() == null) {
                json.writeNullProperty("failure");
            } else {
                json.writeObjectPropertyStart("failure");
                json.writeStringProperty("code", plan.failure().code());
                json.writeNumberProperty("status", plan.failure().status());
                json.writeStringProperty("message", plan.failure().message());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return new Body(out.toByteArray());
    }

    /// What the guard found: counts only, never what was found.
    private static void sovereignty(JsonGenerator json, Judgement judgement) {
        json.writeObjectPropertyStart("sovereignty");
        json.writeArrayPropertyStart("sources");
        judgement.sources().forEach(json::writeString);
        json.writeEndArray();
        json.writeObjectPropertyStart("found");
        judgement.sight().found().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeNumberProperty("unscannable", judgement.sight().unscannable());
        json.writeStringProperty("undecided", judgement.sight().undecided());
        json.writeStringProperty("rule", judgement.decision().rule());
        json.writeArrayPropertyStart("zones");
        judgement.decision().zones().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void outlook(JsonGenerator json, Outlook outlook) {
        json.writeObjectPropertyStart("routing");
        json.writeStringProperty("aim", outlook.aim());
        json.writeStringProperty("progress", outlook.progress().get());
        json.writeStringProperty("task", outlook.task());
        json.writeBooleanProperty("judged", outlook.judged());
        json.writeStringProperty("second", outlook.second());
        json.writeStringProperty("guarantee", outlook.claim());
        json.writeObjectPropertyStart("speaks_for_larger");
        for (Forecast.Reason reason : outlook.reasons().get()) {
            json.writeNumberProperty(reason.trait(), round(reason.gain()));
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectPropertyStart("scores");
        json.writeNumberProperty("difficulty", round(outlook.difficulty().score()));
        json.writeObjectPropertyStart("signals");
        for (Difficulty.Signal signal : outlook.difficulty().signals()) {
            json.writeNumberProperty(signal.name(), round(signal.weight()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /// The plan's models in order; with what is expected of each where anything was foretold.
    private static void candidates(JsonGenerator json, Plan plan) {
        json.writeArrayPropertyStart("candidates");
        for (int i = 0; i < plan.steps().size(); i++) {
            ModelCard model = plan.steps().get(i);
            json.writeStartObject();
            json.writeStringProperty("model", model.name());
            json.writeStringProperty("tier", model.tier().word());
            json.writeStringProperty("upstream", model.upstream());
            if (i < plan.outlook().candidates().size()) {
                Candidate candidate = plan.outlook().candidates().get(i);
                json.writeNumberProperty("good", round(candidate.good()));
                json.writeNumberProperty("foretold", round(candidate.foretold()));
                json.writeNumberProperty("cost_usd", round9(candidate.dollars()));
                json.writeBooleanProperty("price_known", candidate.priceKnown());
                json.writeNumberProperty("seconds", round(candidate.seconds()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static double round9(double value) {
        return Math.round(value * 1e9) / 1e9;
    }

    private static void vetoes(JsonGenerator json, Plan plan) {
        json.writeArrayPropertyStart("vetoes");
        for (Plan.Veto veto : plan.vetoes()) {
            json.writeStartObject();
            json.writeStringProperty("model", veto.model());
            json.writeStringProperty("kind", veto.kind().word());
            json.writeStringProperty("why", veto.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
