package dev.tierwise.app;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.LlamaServerControl;
import dev.tierwise.call.runtime.LmStudioControl;
import dev.tierwise.call.runtime.OllamaControl;
import dev.tierwise.call.runtime.RuntimeControl;
import dev.tierwise.call.runtime.RuntimeServer;
import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.call.runtime.RuntimeWatch;
import dev.tierwise.call.runtime.VllmControl;
import dev.tierwise.catalogue.Backend;
import dev.tierwise.core.ModelCard;
import java.time.Duration;
import java.util.Optional;

/// The controls of those servers that are local runtimes.
final class Controls {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Controls() {}

    /// The control of a server; empty where it is no runtime that is known.
    static Optional<RuntimeControl> of(Sources.Source source, HttpFetch fetch) {
        if (source.backend().kind() != Backend.Kind.LOCAL) {
            return Optional.empty();
        }
        var server =
                new RuntimeServer(
                        source.endpoint().name(), source.bare(), source.endpoint().headers());
        return switch (source.backend().name()) {
            case "ollama" -> Optional.of(new OllamaControl(fetch, fetch, server));
            case "lm-studio" ->
                    Optional.of(
                            new LmStudioControl(
                                    fetch,
                                    server,
                                    source.zone() == null
                                            ? RuntimeView.Place.UNPROVEN
                                            : RuntimeView.Place.HERE));
            case "llama-server" -> Optional.of(new LlamaServerControl(fetch, server));
            case "vllm" -> Optional.of(new VllmControl(fetch, server));
            default -> Optional.empty();
        };
    }

    /// Watches a server, off the path of requests.
    static Optional<RuntimeWatch> watch(Sources.Source source, HttpFetch fetch) {
        return of(source, fetch).map(it -> new RuntimeWatch(it, EVERY, PATIENCE));
    }

    /// Whether a server tells how things stand with a model: Ollama has no word of the memory in
    /// which its hosted models are.
    static boolean tells(Sources.Source source, ModelCard card) {
        return !source.backend().name().equals("ollama") || !card.zone().equals(ModelCard.CLOUD);
    }
}
