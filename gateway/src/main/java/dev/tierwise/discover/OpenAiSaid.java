package dev.tierwise.discover;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.core.Capability;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the runtimes that speak the OpenAI dialect say of one of their models.
///
/// @param backend which kind of runtime
/// @param base its address, without `/v1`
/// @param headers sent with every question
/// @param eyes how to ask
/// @param trials what is tried with a request
record OpenAiSaid(
        Backend backend, URI base, Map<String, String> headers, Eyes eyes, Trials trials) {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    private URI at(String path) {
        return URI.create(base + path);
    }

    private JsonNode get(String path) {
        return eyes.get(at(path), headers) instanceof Sight.Json(JsonNode body) ? body : NOTHING;
    }

    private Trials.Outcome tried(String model, String version, boolean tools) {
        var loaded = new Trials.Loaded(at("/v1/chat/completions"), headers, model, version);
        return trials.of(eyes, loaded, tools);
    }

    /// A model of llama-server; only one that is in memory is tried, for a request would load it.
    ///
    /// @param model its entry in `/v1/models`
    Abilities llama(JsonNode model) {
        String name = model.path("id").asString("");
        String state = model.path("status").path("value").asString("");
        boolean loaded = state.isEmpty() || state.equals("loaded");
        String query =
                state.isEmpty()
                        ? ""
                        : "?autoload=false&model="
                                + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return llama(model, loaded ? get("/props" + query) : NOTHING);
    }

    /// @param props what `/props` says of it; missing where it was not asked
    Abilities llama(JsonNode model, JsonNode props) {
        var study = new Study(backend).version(props.path("build_info").asString(""));
        if (props.isObject()) {
            JsonNode modalities = props.path("modalities");
            study.said(Capability.VISION, modalities.path("vision").asBoolean(false), "/props");
            study.said(Capability.AUDIO, modalities.path("audio").asBoolean(false), "/props");
            study.said(Capability.TOOLS, tools(props), "/props: chat template");
        }
        boolean awake = props.isObject() && !props.path("is_sleeping").asBoolean(false);
        if (awake) {
            String build = props.path("build_info").asString("");
            study.tried(
                    Capability.LOGPROBS,
                    tried(model.path("id").asString(""), build, false).chances());
        }
        study.context(
                props.path("default_generation_settings").path("n_ctx").asLong(0),
                "/props: a slot");
        study.context(model.path("meta").path("n_ctx_train").asLong(0), "/v1/models: as trained");
        return study.done();
    }

    private static boolean tools(JsonNode props) {
        JsonNode template = props.path("chat_template_caps");
        return template.isObject()
                ? template.path("supports_tools").asBoolean(false)
                        || template.path("supports_tool_calls").asBoolean(false)
                : props.path("chat_template").asString("").contains("tools");
    }

    /// A model of vLLM, which says nothing of tools.
    ///
    /// @param model its entry in `/v1/models`
    /// @param listing all of them
    Abilities vllm(JsonNode model, JsonNode listing) {
        String name = model.path("id").asString("");
        String version = get("/version").path("version").asString("");
        var study = new Study(backend).version(version);
        if (!version.isEmpty()) {
            Trials.Outcome outcome = tried(name, version, true);
            study.tried(Capability.TOOLS, outcome.tools());
            study.tried(Capability.LOGPROBS, outcome.chances());
        }
        study.context(model.path("max_model_len").asLong(0), "/v1/models: max_model_len");
        String parent = model.path("parent").asString("");
        List<String> adapters = new ArrayList<>();
        for (JsonNode each : listing.path("data")) {
            if (each.path("parent").asString("").equals(name)) {
                adapters.add(each.path("id").asString(""));
            }
        }
        if (!parent.isEmpty()) {
            study.remark("adapter of " + parent);
        } else {
            study.remark(
                    "adapters: " + (adapters.isEmpty() ? "none" : String.join(", ", adapters)));
        }
        return study.done();
    }

    /// A model of LM Studio, by its entry in the listing. It loads a model anew for no request, so
    /// the window that one is loaded with holds.
    Abilities lmStudio(JsonNode model) {
        var study = new Study(backend);
        JsonNode said = model.path("capabilities");
        boolean vision = said.path("vision").asBoolean(false);
        study.said(
                Capability.VISION,
                vision || model.path("type").asString("").equals("vlm"),
                "its listing");
        study.said(
                Capability.TOOLS,
                said.path("trained_for_tool_use").asBoolean(false)
                        || OllamaSaid.has(said, "tool_use"),
                "its listing");
        long loaded = model.path("loaded_context_length").asLong(0);
        for (JsonNode instance : model.path("loaded_instances")) {
            loaded = Math.max(loaded, instance.path("config").path("context_length").asLong(0));
        }
        study.context(loaded, "its listing: as it is loaded");
        study.context(model.path("max_context_length").asLong(0), "its listing: the most");
        return study.remark("adapters: none").done();
    }
}
