package dev.tierwise.discover;

import dev.tierwise.call.Fetch;
import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Catalogue;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Asks the runtimes that a configuration names what their models can do. Of what does not answer,
/// nothing is known. Safe for use by many threads.
public final class Inquiry {
    private final Fetch fetch;
    private final Catalogue catalogue;
    private final Trials trials;
    private final Duration patience;

    /// @param fetch how to ask
    /// @param catalogue facts that a runtime does not tell
    /// @param trials what is tried with a request
    /// @param patience how long all of it may take
    public Inquiry(Fetch fetch, Catalogue catalogue, Trials trials, Duration patience) {
        this.fetch = fetch;
        this.catalogue = catalogue;
        this.trials = trials;
        this.patience = patience;
    }

    /// A runtime of the configuration. Printing it shows no credentials.
    ///
    /// @param upstream its name
    /// @param backend its kind
    /// @param base its address, without `/v1`
    /// @param headers sent with every question
    /// @param openAi whether it is spoken to in the OpenAI dialect
    /// @param models the names of its models there
    public record Subject(
            String upstream,
            Backend backend,
            URI base,
            Map<String, String> headers,
            boolean openAi,
            List<String> models) {
        public Subject {
            headers = Map.copyOf(headers);
            models = List.copyOf(models);
        }

        @Override
        public String toString() {
            return "Subject[" + upstream + ", " + base + "]";
        }
    }

    /// What the models can do that are known to be there, by [Found#key].
    public Map<String, Abilities> ask(List<Subject> subjects) {
        Deadline end = Deadline.in(patience);
        Eyes eyes = new Eyes(fetch, end);
        List<Callable<Map<String, Abilities>>> questions = new ArrayList<>();
        for (Subject subject : subjects) {
            questions.add(() -> ask(eyes, subject));
        }
        var all = new HashMap<String, Abilities>();
        Together.ask(questions, end).forEach(all::putAll);
        return all;
    }

    private Map<String, Abilities> ask(Eyes eyes, Subject subject) {
        return switch (subject.backend().name()) {
            case "ollama" -> ollama(eyes, subject);
            case "lm-studio" -> lmStudio(eyes, subject);
            case "llama-server", "vllm" -> listed(eyes, subject);
            default -> Map.of();
        };
    }

    private Map<String, Abilities> ollama(Eyes eyes, Subject subject) {
        OllamaSaid said = OllamaSaid.ask(eyes, subject.base(), subject.headers());
        var all = new LinkedHashMap<String, Abilities>();
        for (String model : subject.models()) {
            String question = JsonNodeFactory.instance.objectNode().put("model", model).toString();
            URI show = URI.create(subject.base() + "/api/show");
            if (eyes.post(show, question, subject.headers())
                    instanceof Sight.Json(JsonNode shown)) {
                JsonNode tag = JsonNodeFactory.instance.objectNode().put("name", model);
                all.put(
                        Found.key(subject.upstream(), model),
                        said.abilities(
                                subject.backend(),
                                tag,
                                shown,
                                catalogue.local(model),
                                subject.openAi()));
            }
        }
        return all;
    }

    private Map<String, Abilities> lmStudio(Eyes eyes, Subject subject) {
        var said = said(eyes, subject);
        var all = new LinkedHashMap<String, Abilities>();
        for (String path : List.of("/api/v1/models", "/api/v0/models")) {
            JsonNode root = get(eyes, subject, path);
            JsonNode list = root.path("models").isArray() ? root.path("models") : root.path("data");
            for (String model : subject.models()) {
                entry(list, model)
                        .ifPresent(it ->
                                all.putIfAbsent(
                                        Found.key(subject.upstream(), model), said.lmStudio(it)));
            }
            if (!all.isEmpty()) {
                return all;
            }
        }
        return all;
    }

    /// A server with one model answers under any name.
    private Map<String, Abilities> listed(Eyes eyes, Subject subject) {
        var said = said(eyes, subject);
        boolean vllm = subject.backend().name().equals("vllm");
        JsonNode root = get(eyes, subject, "/v1/models");
        var all = new LinkedHashMap<String, Abilities>();
        for (String model : subject.models()) {
            Optional<JsonNode> entry = entry(root.path("data"), model);
            if (entry.isEmpty() && !vllm && root.path("data").size() == 1) {
                entry = Optional.of(root.path("data").path(0));
            }
            entry.filter(it -> isOf(subject.backend(), it))
                    .ifPresent(it ->
                            all.put(
                                    Found.key(subject.upstream(), model),
                                    vllm ? said.vllm(it, root) : said.llama(it)));
        }
        return all;
    }

    /// Whether a listing is that of the kind of server that the configuration says.
    private static boolean isOf(Backend backend, JsonNode model) {
        String owner = backend.name().equals("vllm") ? "vllm" : "llamacpp";
        return model.path("owned_by").asString("").equals(owner);
    }

    private OpenAiSaid said(Eyes eyes, Subject subject) {
        return new OpenAiSaid(subject.backend(), subject.base(), subject.headers(), eyes, trials);
    }

    private static JsonNode get(Eyes eyes, Subject subject, String path) {
        return eyes.get(URI.create(subject.base() + path), subject.headers())
                        instanceof Sight.Json(JsonNode body)
                ? body
                : JsonNodeFactory.instance.missingNode();
    }

    private static Optional<JsonNode> entry(JsonNode list, String model) {
        for (JsonNode each : list) {
            if (each.path("id").asString("").equals(model)
                    || each.path("key").asString("").equals(model)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
