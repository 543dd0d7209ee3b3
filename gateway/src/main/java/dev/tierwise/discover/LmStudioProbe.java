package dev.tierwise.discover;

import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
            return found(json.list("models"), "key");
        }
        if (present instanceof Sight.Other(String why, boolean listens) && !listens) {
            return server.nothing(
                    why, "install LM Studio (https://lmstudio.ai), then: lms server start");
        }
        return switch (eyes.get(server.at("/api/v0/models"), server.headers())) {
            case Sight.Json json when json.body().path("data").isArray() ->
                    found(json.list("data"), "id");
            case Sight.Json _ -> server.nothing("another server answers there", keyOrUpdate());
            case Sight.Other(String why, boolean _) -> server.nothing(why, keyOrUpdate());
        };
    }

    private static String keyOrUpdate() {
        return "if it is LM Studio, update it to 0.3.6 or newer; if it asks for a key, set"
                + " LM_API_TOKEN";
    }

    private Probed found(Iterable<JsonNode> listing, String nameField) {
        List<FoundModel> models = new ArrayList<>();
        for (JsonNode model : listing) {
            String name = model.path(nameField).asString("");
            String type = model.path("type").asString("llm");
            if (!name.isBlank()
                    && (type.equals("llm") || type.equals("vlm"))
                    && !FoundModel.isNameOfNoChatModel(name)) {
                models.add(server.model(listed(name, model), CLEARANCE));
            }
        }
        return models.isEmpty()
                ? server.nothing(
                        "LM Studio runs but has no model to chat with",
                        "lms get llama-3.2-3b-instruct")
                : Probed.of(server.upstream(CLEARANCE, server.backend().maxConcurrent()), models);
    }

    private static OpenAiModels.Listed listed(String name, JsonNode model) {
        return new OpenAiModels.Listed(
                name,
                OllamaProbe.size(model.path("params_string").asString("")),
                context(model),
                capabilities(model));
    }

    /// The context that the model is loaded with, else the most that it can have.
    private static long context(JsonNode model) {
        long loaded = model.path("loaded_context_length").asLong(0);
        for (JsonNode instance : model.path("loaded_instances")) {
            loaded = Math.max(loaded, instance.path("config").path("context_length").asLong(0));
        }
        return loaded > 0 ? loaded : model.path("max_context_length").asLong(0);
    }

    private static Set<Capability> capabilities(JsonNode model) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        JsonNode said = model.path("capabilities");
        if (said.path("vision").asBoolean(false) || model.path("type").asString("").equals("vlm")) {
            capabilities.add(Capability.VISION);
        }
        boolean tools = said.path("trained_for_tool_use").asBoolean(false);
        for (JsonNode word : said) {
            tools |= word.isString() && word.asString().equals("tool_use");
        }
        if (tools) {
            capabilities.add(Capability.TOOLS);
        }
        return capabilities;
    }
}
