package dev.tierwise.discover;

import dev.tierwise.core.DataClass;
import java.util.ArrayList;
import java.util.List;
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
                models.add(server.model(model(eyes, name, model, props), DataClass.SECRET));
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

    private OpenAiModels.Listed model(Eyes eyes, String name, JsonNode model, JsonNode props) {
        OpenAiSaid said = server.said(eyes);
        boolean routed = model.path("status").has("value");
        return new OpenAiModels.Listed(
                name,
                model.path("meta").path("n_params").asLong(0),
                routed ? said.llama(model) : said.llama(model, props));
    }
}
