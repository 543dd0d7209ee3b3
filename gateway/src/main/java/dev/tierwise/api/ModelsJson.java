package dev.tierwise.api;

import dev.tierwise.core.Body;
import dev.tierwise.core.Capability;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes `GET /v1/models`, the names for choosing first, then every model, and what is told
/// besides.
final class ModelsJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ModelsJson() {}

    static Body of(List<ModelCard> models, long created) {
        var out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            entry(json, "auto", "tierwise", created);
            json.writeEndObject();
            for (Tier tier : Tier.values()) {
                entry(json, "tier:" + tier.word(), "tierwise", created);
                json.writeEndObject();
            }
            for (ModelCard model : models) {
                entry(json, model.name(), model.upstream(), created);
                facts(json, model);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return new Body(out.toByteArray());
    }

    /// The same in Anthropic's form.
    static Body anthropic(List<ModelCard> models, long created) {
        var names = new ArrayList<String>();
        names.add("auto");
        for (Tier tier : Tier.values()) {
            names.add("tier:" + tier.word());
        }
        models.forEach(model -> names.add(model.name()));
        String at = Instant.ofEpochSecond(created).toString();
        var out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("data");
            for (String name : names) {
                json.writeStartObject();
                json.writeStringProperty("type", "model");
                json.writeStringProperty("id", name);
                json.writeStringProperty("display_name", name);
                json.writeStringProperty("created_at", at);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanProperty("has_more", false);
            json.writeStringProperty("first_id", names.getFirst());
            json.writeStringProperty("last_id", names.getLast());
            json.writeEndObject();
        }
        return new Body(out.toByteArray());
    }

    /// What a prompt comes to, in Anthropic's form, with the word that it was not counted.
    static Body tokens(long estimated) {
        var out = new ByteArrayOutputStream(64);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("input_tokens", estimated);
            json.writeObjectPropertyStart("tierwise");
            json.writeStringProperty("origin", "estimated");
            json.writeEndObject();
            json.writeEndObject();
        }
        return new Body(out.toByteArray());
    }

    private static void entry(JsonGenerator json, String id, String owner, long created) {
        json.writeStartObject();
        json.writeStringProperty("id", id);
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", created);
        json.writeStringProperty("owned_by", owner);
    }

    private static void facts(JsonGenerator json, ModelCard model) {
        json.writeObjectPropertyStart("tierwise");
        json.writeStringProperty("tier", model.tier().word());
        json.writeStringProperty("clearance", model.clearance().word());
        if (model.context() > 0) {
            json.writeNumberProperty("context", model.context());
        }
        json.writeArrayPropertyStart("capabilities");
        model.capabilities().stream().map(Capability::word).sorted().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }
}
