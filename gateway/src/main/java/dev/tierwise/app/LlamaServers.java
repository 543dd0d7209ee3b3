package dev.tierwise.app;

import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.process.LlamaBinary;
import dev.tierwise.call.process.LlamaBinary.Looked;
import dev.tierwise.call.process.LlamaServer;
import dev.tierwise.call.process.LlamaSettings;
import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.config.EngineSettings;
import dev.tierwise.models.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The llama-servers of this gateway, at most one for each pulled model. They outlive reloads of
/// the configuration that do not concern them. Thread-safe.
final class LlamaServers implements AutoCloseable {
    private static final String BACKEND = "llama-server";
    private static final Duration TOTAL = Duration.ofMinutes(30);
    private static final long USUAL_CONTEXT = 8_192;

    private final LlamaServer.Surroundings around;
    private final Path logs;
    private final Map<Path, LlamaServer> servers = new LinkedHashMap<>();
    private @Nullable String trouble;

    /// @param around what the servers work with
    /// @param logs the folder of their logs
    LlamaServers(LlamaServer.Surroundings around, Path logs) {
        this.around = around;
        this.logs = logs;
    }

    /// The program that the configuration means, if there is one that works. Asks it for its help,
    /// which takes a moment.
    ///
    /// @param path the value of `PATH`
    synchronized Optional<LlamaBinary> binary(
            EngineSettings.LlamaServer wanted, @Nullable String path) {
        Looked looked =
                switch (wanted) {
                    case EngineSettings.LlamaServer.Off _ -> new Looked.None();
                    case EngineSettings.LlamaServer.Auto _ ->
                            LlamaBinary.onPath(path == null ? "" : path);
                    case EngineSettings.LlamaServer.At(Path program) -> LlamaBinary.at(program);
                };
        trouble = looked instanceof Looked.Broken(String message) ? message : null;
        return looked instanceof Looked.Found(LlamaBinary binary)
                ? Optional.of(binary)
                : Optional.empty();
    }

    /// The server of a model; it starts when it is first asked. One with other settings is ended.
    synchronized LlamaServer server(Stored model, EngineSettings engine, LlamaBinary binary) {
        LlamaSettings settings = settings(model, engine, binary);
        LlamaServer known = servers.get(model.file());
        if (known != null && known.settings().equals(settings)) {
            return known;
        }
        if (known != null) {
            known.close();
        }
        var server = new LlamaServer(settings, around, LlamaServer.Persistence.USUAL);
        servers.put(model.file(), server);
        return server;
    }

    /// Ends the servers of models that are not among these.
    synchronized void keep(Collection<Path> files) {
        var gone = new ArrayList<>(servers.keySet());
        gone.removeAll(files);
        for (Path file : gone) {
            LlamaServer server = servers.remove(file);
            if (server != null) {
                server.close();
            }
        }
    }

    private LlamaSettings settings(Stored model, EngineSettings engine, LlamaBinary binary) {
        long trained = model.facts().context() > 0 ? model.facts().context() : Long.MAX_VALUE;
        long wished = engine.context() == null ? USUAL_CONTEXT : engine.context();
        Backend.Timeouts usual = Backends.named(BACKEND).orElseThrow().timeouts();
        String log = model.file().resolveSibling("").getFileName() + ".log";
        return new LlamaSettings(
                binary,
                model.name(),
                model.file(),
                engine.threads() == null ? 0 : engine.threads(),
                Math.min(trained, wished),
                engine.slots(),
                logs.resolve(log),
                new Endpoint.Limits(usual.connect(), usual.firstByte(), usual.idle(), TOTAL));
    }

    /// All of them, by the file that they serve.
    synchronized Map<Path, LlamaServer> all() {
        return Map.copyOf(servers);
    }

    /// What needs somebody's help, for `/readyz`.
    synchronized List<String> troubles() {
        var troubles = new ArrayList<String>();
        if (trouble != null) {
            troubles.add(trouble);
        }
        servers.values().forEach(server -> server.trouble().ifPresent(troubles::add));
        return troubles;
    }

    /// Ends all of them.
    @Override
    public synchronized void close() {
        servers.values().forEach(LlamaServer::close);
        servers.clear();
    }
}
