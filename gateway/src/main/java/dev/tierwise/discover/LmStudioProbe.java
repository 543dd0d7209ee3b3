package dev.tierwise.discover;

import dev.tierwise.core.DataClass;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Looks for LM Studio by its own listing, the present form first, then that of 2025.
///
/// With LM Link a request to this machine may be answered on another one, and nothing in the
/// listing tells. Its models may therefore see `internal` data at most until the configuration
/// vouches for them.
///
/// @param server address, key and catalogue
record LmStudioProbe(OpenAiModels server) implements Probe {
    private static final DataClass CLEARANCE = DataClass.INTERNAL;

    @Override
    public String source() {
        return server.backend().name();
    }

    @Override
    public String where() {
        return server.url().getAuthority();
    }

    @Override
    public Probed look(Eyes eyes) {
        Sight present = eyes.get(server.at("/api/v1/models"), server.headers());
        if (present instanceof Sight.Json json && json.body().path("models").isArray()) {
            return found(eyes, json.list("models"), "key");
        }
        if (present instanceof Sight.Other(String why, boolean listens) && !listens) {
            return server.nothing(
                    why, "install LM Studio (https://lmstudio.ai), then: lms server start");
        }
        return switch (eyes.get(server.at("/api/v0/models"), server.headers())) {
            case Sight.Json json when json.body().path("data").isArray() ->
                    found(eyes, json.list("data"), "id");
            case Sight.Json _ -> server.nothing("another server answers there", keyOrUpdate());
            case Sight.Other(String why, boolean _) -> server.nothing(why, keyOrUpdate());
        };
    }

    private static String keyOrUpdate() {
        return "if it is LM Studio, update it to 0.3.6 or newer; if it asks for a key, set"
                + " LM_API_TOKEN";
    }

    private Probed found(Eyes eyes, Iterable<JsonNode> listing, String nameField) {
        List<FoundModel> models = new ArrayList<>();
        for (JsonNode model : listing) {
            String name = model.path(nameField).asString("");
            String type = model.path("type").asString("llm");
            if (!name.isBlank()
                    && (type.equals("llm") || type.equals("vlm"))
                    && !FoundModel.isNameOfNoChatModel(name)) {
                models.add(server.model(listed(eyes, name, model), CLEARANCE));
            }
        }
        return models.isEmpty()
                ? server.nothing(
                        "LM Studio runs but has no model to chat with",
                        "lms get llama-3.2-3b-instruct")
                : Probed.of(server.upstream(CLEARANCE, server.backend().maxConcurrent()), models);
    }

    private OpenAiModels.Listed listed(Eyes eyes, String name, JsonNode model) {
        return new OpenAiModels.Listed(
                name,
                OllamaProbe.size(model.path("params_string").asString("")),
                server.said(eyes).lmStudio(model));
    }
}
