package dev.tierwise.app;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.LmStudioControl;
import dev.tierwise.call.runtime.OllamaControl;
import dev.tierwise.call.runtime.RuntimeControl;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.call.runtime.RuntimeServer;
import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.core.Failure;
import dev.tierwise.discover.OllamaAddress;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets a runtime of this machine fetch a model to its own disk, and waits for it. Its own
/// connections begin and end with it; blocks.
final class RuntimePull implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofHours(24);

    private final Vertx vertx = Gateway.newVertx();
    private final HttpFetch fetch = new HttpFetch(vertx);

    /// Where a pull leaves its model.
    enum Into {
        /// In this gateway's own folder.
        TIERWISE,
        /// With Ollama.
        OLLAMA,
        /// With LM Studio.
        LM_STUDIO;

        /// The word on the command line, such as `lm-studio`.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Whether an Ollama of this machine answers.
    boolean hasOllama() {
        return ollama().filter(it -> it.look(Scope.MEMORY, GLANCE) instanceof Look.Seen)
                .isPresent();
    }

    /// Fetches a model.
    ///
    /// @param shown hears how far it is; null for nobody
    /// @return why it is not there, or null
    @Nullable Failure pull(Into into, String model, @Nullable ProgressLine shown) {
        if (LocalOnlyFile.holds()) {
            return new Failure.Vetoed(
                    "nothing may leave this machine now, so "
                            + into
                            + " is not told to fetch anything; `./tw local-only off` ends that, or `policy.local-only` in the"
                            + " configuration",
                    "local_only");
        }
        Optional<RuntimeControl> control = into == Into.OLLAMA ? ollama() : Optional.of(lmStudio());
        if (control.isEmpty()) {
            return new Failure.NotFound(
                    "OLLAMA_HOST is not an address of this machine; start Ollama here, or leave"
                            + " --into out",
                    "model_not_found");
        }
        return control.get()
                .pull(
                        model,
                        PATIENCE,
                        (_, done, total) -> {
                            if (shown != null && done != null && total != null) {
                                shown.at(done, total);
                            }
                            return true;
                        });
    }

    private Optional<RuntimeControl> ollama() {
        String host = System.getenv("OLLAMA_HOST");
        return OllamaAddress.of(host == null ? "" : host)
                .filter(OllamaAddress::loopback)
                .map(it -> new RuntimeServer("Ollama", it.url(), Map.of()))
                .map(it -> new OllamaControl(fetch, fetch, it));
    }

    /// Nothing but a name is sent there, so it does not matter who runs its models.
    private RuntimeControl lmStudio() {
        URI url = Backends.named("lm-studio").orElseThrow().url();
        URI there = url == null ? URI.create("http://127.0.0.1:1234") : url;
        return new LmStudioControl(
                fetch, new RuntimeServer("LM Studio", there, Map.of()), RuntimeView.Place.HERE);
    }

    @Override
    public void close() {
        try {
            vertx.close().await(5, TimeUnit.SECONDS);
        } catch (Exception late) {
            System.getLogger("tierwise.pull").log(System.Logger.Level.DEBUG, "not closed", late);
        }
    }
}
