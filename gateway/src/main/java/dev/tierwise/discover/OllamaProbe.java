package dev.tierwise.discover;

import dev.tierwise.call.runtime.OllamaLocality;
import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Looks for Ollama.
///
/// A model counts as local when the address is this machine's and Ollama itself says, in
/// `/api/show`, that it names no remote host. A model that Ollama hands on to ollama.com is not a
/// local model: it stands in the middle tier, its price is not known, and it may see `internal`
/// data at most. An Ollama on another machine is still free of charge, so its models stand in
/// `local`, but they may see no more than `internal` until the configuration vouches for that
/// machine.
///
/// @param backend how Ollama is spoken to
/// @param address where it should be
/// @param slots how many requests it takes at once
/// @param catalogue facts that Ollama does not tell
record OllamaProbe(Backend backend, OllamaAddress address, int slots, Catalogue catalogue)
        implements Probe {
    private static final Pattern SIZE = Pattern.compile("([0-9.]+)\\s*([KMBT])");

    @Override
    public String source() {
        return backend.name();
    }

    @Override
    public String where() {
        return address.url().getAuthority();
    }

    @Override
    public Probed look(Eyes eyes) {
        return switch (eyes.get(at("/api/tags"), Map.of())) {
            case Sight.Json json when json.body().path("models").isArray() -> found(eyes, json);
            case Sight.Json _ -> nothing("another server answers there", moveOrInstall());
            case Sight.Other(String why, boolean listens) ->
                    nothing(
                            why,
                            listens
                                    ? moveOrInstall()
                                    : "install Ollama (https://ollama.com), then: ollama pull llama3.2:3b");
        };
    }

    private static String moveOrInstall() {
        return "check what runs there: curl the address; if Ollama is elsewhere, set OLLAMA_HOST";
    }

    private Probed nothing(String why, String next) {
        return Probed.nothing(new Missing(source(), where(), why, next));
    }

    private URI at(String path) {
        return URI.create(address.url() + path);
    }

    private Probed found(Eyes eyes, Sight.Json tags) {
        Map<String, JsonNode> shown = shown(eyes, tags);
        OllamaSaid said = OllamaSaid.ask(eyes, address.url(), Map.of());
        List<FoundModel> models = new ArrayList<>();
        for (JsonNode tag : tags.list("models")) {
            JsonNode details =
                    shown.getOrDefault(name(tag), JsonNodeFactory.instance.missingNode());
            model(said, tag, details).ifPresent(models::add);
        }
        if (models.isEmpty()) {
            return nothing("Ollama runs but has no model to chat with", "ollama pull llama3.2:3b");
        }
        DataClass clearance = address.loopback() ? DataClass.SECRET : DataClass.INTERNAL;
        return Probed.of(
                new FoundUpstream(source(), backend, address.url(), null, clearance, slots),
                models);
    }

    /// What `/api/show` says of each model. Without that word a model is not known to run on this
    /// machine, whatever the address, and is known by its listing alone.
    private Map<String, JsonNode> shown(Eyes eyes, Sight.Json tags) {
        List<Callable<Map.Entry<String, Sight>>> questions = new ArrayList<>();
        for (JsonNode tag : tags.list("models")) {
            questions.add(() -> Map.entry(name(tag), shown(eyes, name(tag))));
        }
        Map<String, JsonNode> shown = new HashMap<>();
        for (Map.Entry<String, Sight> answer : Together.ask(questions, eyes.deadline())) {
            if (answer.getValue() instanceof Sight.Json(JsonNode body)) {
                shown.put(answer.getKey(), body);
            }
        }
        return shown;
    }

    private Sight shown(Eyes eyes, String name) {
        JsonNode question = JsonNodeFactory.instance.objectNode().put("model", name);
        return eyes.post(at("/api/show"), question.toString());
    }

    private static String name(JsonNode tag) {
        return tag.path("name").asString(tag.path("model").asString(""));
    }

    private Optional<FoundModel> model(OllamaSaid said, JsonNode tag, JsonNode shown) {
        String name = name(tag);
        if (name.isBlank() || !isChatModel(name, tag, shown)) {
            return Optional.empty();
        }
        boolean remote = isRemote(name, tag) || isRemote(name, shown);
        Optional<ModelFacts> facts = catalogue.local(name);
        FoundModel.Traits traits =
                new FoundModel.Traits(
                        parameters(tag, shown, facts),
                        LocalDate.EPOCH,
                        said.abilities(backend, tag, shown, facts, false),
                        remote ? List.of() : Price.FREE);
        boolean attested = address.loopback() && shown.isObject() && !remote;
        DataClass clearance = attested ? DataClass.SECRET : DataClass.INTERNAL;
        Tier tier = remote ? Tier.MID : Tier.LOCAL;
        return Optional.of(new FoundModel(source(), name, tier, clearance, traits));
    }

    /// Whether Ollama hands the model of that name on to another machine, as far as `node` tells.
    static boolean isRemote(String name, JsonNode node) {
        return OllamaLocality.isRemote(name, node);
    }

    private static boolean isChatModel(String name, JsonNode tag, JsonNode shown) {
        JsonNode words = words(tag, shown);
        if (words.isArray() && !words.isEmpty()) {
            return OllamaSaid.has(words, "completion");
        }
        String family = tag.path("details").path("family").asString("");
        return !family.contains("bert") && !FoundModel.isNameOfNoChatModel(name);
    }

    private static JsonNode words(JsonNode tag, JsonNode shown) {
        JsonNode words = shown.path("capabilities");
        return words.isArray() ? words : tag.path("capabilities");
    }

    private static long parameters(JsonNode tag, JsonNode shown, Optional<ModelFacts> facts) {
        long exact = shown.path("model_info").path("general.parameter_count").asLong(0);
        if (exact > 0) {
            return exact;
        }
        long shownSize = size(tag.path("details").path("parameter_size").asString(""));
        return shownSize > 0 ? shownSize : facts.map(ModelFacts::parameters).orElse(0L);
    }

    /// The number that a text such as `3.2B` or `134.52M` stands for; 0 when it is none.
    static long size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.lookingAt()) {
            return 0;
        }
        double unit =
                switch (size.group(2)) {
                    case "K" -> 1e3;
                    case "M" -> 1e6;
                    case "B" -> 1e9;
                    default -> 1e12;
                };
        try {
            return Math.round(Double.parseDouble(size.group(1)) * unit);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
