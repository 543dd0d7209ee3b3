package dev.tierwise.models;

import dev.tierwise.call.Download.Ended;
import dev.tierwise.models.Source.Extra;
import dev.tierwise.models.Source.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Finds the layers of a model in a registry of Ollama's form: a manifest names them by digest.
///
/// @param registry where it is
/// @param texts how its documents are fetched
record OllamaRegistry(Registries.Registry registry, Texts texts) {
    private static final String KIND = "application/vnd.ollama.image.";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final List<String> KEPT = List.of("template", "params", "system", "license");
    private static final long LARGEST_EXTRA = 1 << 20;
    private static final Map<String, String> ACCEPT =
            Map.of("accept", "application/vnd.docker.distribution.manifest.v2+json");

    /// One layer of a manifest.
    private record Layer(String kind, String digest, long bytes) {}

    Found find(ModelName.Ollama name) {
        String path = path(name) + "/manifests/" + name.tag();
        return switch (texts.get(registry.at(path), ACCEPT)) {
            case Texts.Text.Got(String text) ->
                    Json.object(text)
                            .map(root -> choose(name, root))
                            .orElseGet(() ->
                                    new Found.Failed(
                                            registry.base() + " did not answer with JSON"));
            case Texts.Text.Not(Ended.Refused(int status, _)) when status == 404 || status == 401 ->
                    new Found.Missing(
                            "there is no model "
                                    + name.shown()
                                    + " in Ollama's registry; its site lists names and tags");
            case Texts.Text.Not(Ended ended) -> Endings.explain(ended, registry.base());
        };
    }

    private static String path(ModelName.Ollama name) {
        return "/v2/" + name.space() + "/" + name.model();
    }

    private Found choose(ModelName.Ollama name, JsonNode root) {
        List<Layer> layers = new ArrayList<>();
        for (JsonNode layer : root.path("layers")) {
            String kind = layer.path("mediaType").asString("");
            String digest = layer.path("digest").asString("");
            if (kind.startsWith(KIND) && DIGEST.matcher(digest).matches()) {
                layers.add(
                        new Layer(
                                kind.substring(KIND.length()),
                                digest,
                                layer.path("size").asLong(-1)));
            }
        }
        List<Layer> models = layers.stream().filter(it -> it.kind.equals("model")).toList();
        if (models.size() != 1) {
            return new Found.Failed(
                    name.shown()
                            + (models.isEmpty()
                                    ? " has no file to run here: it is a cloud model, or in a format"
                                            + " other than GGUF"
                                    : " is split into several files, which is not supported"));
        }
        return extras(name, models.getFirst(), layers);
    }

    private Found extras(ModelName.Ollama name, Layer model, List<Layer> layers) {
        var extras = new ArrayList<Extra>();
        for (Layer layer : layers) {
            if (!KEPT.contains(layer.kind) || layer.bytes > LARGEST_EXTRA) {
                continue;
            }
            switch (texts.get(blob(name, layer), Map.of())) {
                case Texts.Text.Got(String text) -> {
                    if (!digest(text).equals(layer.digest)) {
                        return new Found.Failed(
                                "the "
                                        + layer.kind
                                        + " of "
                                        + name.shown()
                                        + " is not what the"
                                        + " manifest says; try again");
                    }
                    extras.add(new Extra(layer.kind, text));
                }
                case Texts.Text.Not(Ended ended) -> {
                    return Endings.explain(ended, registry.base());
                }
            }
        }
        return new Found.Ready(source(name, model, extras));
    }

    private Source source(ModelName.Ollama name, Layer model, List<Extra> extras) {
        return new Source(
                name.shown(),
                blob(name, model),
                Map.of(),
                "ollama.com/" + name.space() + "/" + name.model() + ":" + name.tag(),
                model.digest.substring("sha256:".length()),
                model.bytes,
                licence(extras).orElse(null),
                extras);
    }

    private java.net.URI blob(ModelName.Ollama name, Layer layer) {
        return registry.at(path(name) + "/blobs/" + layer.digest);
    }

    /// A registry of this form holds the licence's text; its first line names it.
    private static Optional<String> licence(List<Extra> extras) {
        return extras.stream()
                .filter(it -> it.name().equals("license"))
                .flatMap(it -> it.text().lines())
                .map(line -> line.replaceAll("[^ -~]", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring(0, Math.min(80, line.length())))
                .findFirst();
    }

    private static String digest(String text) {
        byte[] digest = Store.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256:" + HexFormat.of().formatHex(digest).toLowerCase(Locale.ROOT);
    }
}
