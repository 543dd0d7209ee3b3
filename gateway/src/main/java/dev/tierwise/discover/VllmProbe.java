package dev.tierwise.discover;

import dev.tierwise.core.DataClass;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Looks for vLLM. Adapters that it serves beside their base are left to the configuration.
///
/// @param server address, key and catalogue
record VllmProbe(OpenAiModels server) implements Probe {
    private static final String NEXT =
            "if you use vLLM: vllm serve Qwen/Qwen3-4B; if it asks for a key, set VLLM_API_KEY";

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
        List<FoundModel> models = new ArrayList<>();
        for (JsonNode model : list.list("data")) {
            String name = model.path("id").asString("");
            boolean owned = model.path("owned_by").asString("").equals("vllm");
            boolean adapter = !model.path("parent").asString("").isBlank();
            if (owned && !adapter && !name.isBlank() && !FoundModel.isNameOfNoChatModel(name)) {
                Abilities abilities = server.said(eyes).vllm(model, list.body());
                OpenAiModels.Listed listed = new OpenAiModels.Listed(name, 0, abilities);
                models.add(server.model(listed, DataClass.SECRET));
            }
        }
        return models.isEmpty()
                ? server.nothing("another server answers there, or one without chat models", NEXT)
                : Probed.of(
                        server.upstream(DataClass.SECRET, server.backend().maxConcurrent()),
                        models);
    }
}
