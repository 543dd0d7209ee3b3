package dev.tierwise.discover;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.core.Capability;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What an Ollama says of itself, and what follows for its models.
///
/// @param version `/api/version`; missing where it did not answer
/// @param running `/api/ps`; likewise
/// @param status `/api/status`, since 0.16; likewise
record OllamaSaid(JsonNode version, JsonNode running, JsonNode status) {
    /// The window that the OpenAI dialect of Ollama has where nothing else is known: it cuts longer
    /// prompts without a word.
    private static final long LEAST_WINDOW = 4_096;

    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    /// Asks the one at this address.
    static OllamaSaid ask(Eyes eyes, URI base, Map<String, String> headers) {
        List<Callable<Map.Entry<String, Sight>>> questions =
                List.of("/api/version", "/api/ps", "/api/status").stream()
                        .<Callable<Map.Entry<String, Sight>>>map(path ->
                                () -> Map.entry(path, eyes.get(URI.create(base + path), headers)))
                        .toList();
        var answers = Together.ask(questions, eyes.deadline());
        return new OllamaSaid(
                of(answers, "/api/version"), of(answers, "/api/ps"), of(answers, "/api/status"));
    }

    private static JsonNode of(List<Map.Entry<String, Sight>> answers, String path) {
        for (Map.Entry<String, Sight> answer : answers) {
            if (answer.getKey().equals(path) && answer.getValue() instanceof Sight.Json(var body)) {
                return body;
            }
        }
        return NOTHING;
    }

    /// What a model can do.
    ///
    /// @param tag how it is listed; missing for none
    /// @param shown what `/api/show` says; missing for none
    /// @param facts what the catalogue says
    /// @param openAi whether it is spoken to in the OpenAI dialect, where the window cannot be
    ///   asked for
    Abilities abilities(
            Backend backend,
            JsonNode tag,
            JsonNode shown,
            Optional<ModelFacts> facts,
            boolean openAi) {
        var study = new Study(backend).version(version.path("version").asString(""));
        JsonNode words =
                shown.path("capabilities").isArray()
                        ? shown.path("capabilities")
                        : tag.path("capabilities");
        if (words.isArray()) {
            study.said(Capability.TOOLS, has(words, "tools"), "/api/show");
            study.said(Capability.VISION, has(words, "vision"), "/api/show");
        }
        if (openAi) {
            window(study, name(tag), shown);
        }
        study.context(most(shown), "/api/show");
        study.context(tag.path("details").path("context_length").asLong(0), "/api/tags");
        if (!words.isArray()) {
            study.catalogued(facts);
        } else {
            facts.ifPresent(model -> study.context(model.context(), "catalogue: " + model.id()));
        }
        return study.remark(cloud())
                .remark("adapters: each is a model of its own, with a copy of its base")
                .done();
    }

    private void window(Study study, String name, JsonNode shown) {
        for (JsonNode held : running.path("models")) {
            if (held.path("name").asString("").equals(name)) {
                study.context(held.path("context_length").asLong(0), "/api/ps: as it is loaded");
            }
        }
        String parameters = shown.path("parameters").asString("");
        for (String line : parameters.split("\n", -1)) {
            if (line.strip().matches("num_ctx\\s+\\d{1,9}")) {
                long window = Long.parseLong(line.strip().split("\\s+", -1)[1]);
                study.context(window, "/api/show: num_ctx");
            }
        }
        study.context(LEAST_WINDOW, "Ollama's least window, for it is not loaded and names none");
    }

    /// As it is listed: names without a tag stand for the tag `latest`.
    private static String name(JsonNode tag) {
        String name = tag.path("name").asString("");
        return name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
    }

    /// Whether it would hand requests on to ollama.com at all.
    private String cloud() {
        JsonNode disabled = status.path("cloud").path("disabled");
        if (!disabled.isBoolean()) {
            return "cloud models: it does not say";
        }
        return disabled.booleanValue()
                ? "cloud models: off"
                : "cloud models: on (OLLAMA_NO_CLOUD=1 turns them off)";
    }

    private static long most(JsonNode shown) {
        for (var entry : shown.path("model_info").properties()) {
            if (entry.getKey().endsWith(".context_length")) {
                return entry.getValue().asLong(0);
            }
        }
        return 0;
    }

    static boolean has(JsonNode words, String word) {
        for (JsonNode each : words) {
            if (each.asString("").equals(word)) {
                return true;
            }
        }
        return false;
    }
}
