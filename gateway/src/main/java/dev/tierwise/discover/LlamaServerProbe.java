package dev.tierwise.discover;

import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Looks for llama.cpp's llama-server. Its port is that of half the world's web servers, so it
/// counts as one only when its model list says that it is owned by `llamacpp`.
///
/// @param server address, key and catalogue
record LlamaServerProbe(OpenAiModels server) implements Probe {
    private static final String NEXT =
            "if you use llama.cpp: llama-server -hf bartowski/Llama-3.2-3B-Instruct-GGUF";

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
        return switch (eyes.get(server.at("/v1/models"), server.headers())) {
            case Sight.Json json -> listed(eyes, json);
            case Sight.Other(String why, boolean _) -> server.nothing(why, NEXT);
        };
    }

    private Probed listed(Eyes eyes, Sight.Json list) {
        JsonNode props =
                eyes.get(server.at("/props"), server.headers()) instanceof Sight.Json(var body)
                        ? body
                        : JsonNodeFactory.instance.missingNode();
        List<FoundModel> models = new ArrayList<>();
        boolean ours = false;
        for (JsonNode model : list.list("data")) {
            boolean owned = model.path("owned_by").asString("").equals("llamacpp");
            ours |= owned;
            String name = model.path("id").asString("");
            if (owned && !name.isBlank() && !FoundModel.isNameOfNoChatModel(name)) {
                models.add(server.model(model(name, model, props), DataClass.SECRET));
            }
        }
        if (models.isEmpty()) {
            return server.nothing(
                    ours
                            ? "llama-server runs but has no model to chat with"
                            : "another server answers there",
                    NEXT);
        }
        int slots = props.path("total_slots").asInt(server.backend().maxConcurrent());
        return Probed.of(server.upstream(DataClass.SECRET, Math.max(1, slots)), models);
    }

    private static OpenAiModels.Listed model(String name, JsonNode model, JsonNode props) {
        JsonNode meta = model.path("meta");
        long slot = props.path("default_generation_settings").path("n_ctx").asLong(0);
        return new OpenAiModels.Listed(
                name,
                meta.path("n_params").asLong(0),
                slot > 0 ? slot : meta.path("n_ctx_train").asLong(0),
                capabilities(props));
    }

    private static Set<Capability> capabilities(JsonNode props) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (props.path("modalities").path("vision").asBoolean(false)) {
            capabilities.add(Capability.VISION);
        }
        if (props.path("modalities").path("audio").asBoolean(false)) {
            capabilities.add(Capability.AUDIO);
        }
        JsonNode template = props.path("chat_template_caps");
        boolean tools =
                template.isObject()
                        ? template.path("supports_tools").asBoolean(false)
                                || template.path("supports_tool_calls").asBoolean(false)
                        : props.path("chat_template").asString("").contains("tools");
        if (tools) {
            capabilities.add(Capability.TOOLS);
        }
        return capabilities;
    }
}
