package dev.tierwise.api;

import dev.tierwise.core.Body;
import dev.tierwise.core.Capability;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes `GET /v1/models`: the names for choosing first, then every model.
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
