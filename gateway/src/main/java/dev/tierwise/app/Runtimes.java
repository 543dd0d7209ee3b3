package dev.tierwise.app;

import dev.tierwise.api.Memory;
import dev.tierwise.call.Model;
import dev.tierwise.call.engine.DemoTrust;
import dev.tierwise.call.engine.EngineModel;
import dev.tierwise.call.engine.Residents;
import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.process.Cores;
import dev.tierwise.call.process.LlamaBinary;
import dev.tierwise.call.process.LlamaModel;
import dev.tierwise.call.process.LlamaServer;
import dev.tierwise.call.process.LlamaSettings;
import dev.tierwise.call.process.LlamaState;
import dev.tierwise.config.EngineSettings;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Tier;
import dev.tierwise.engine.demo.Gate;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What runs models on this machine for the gateway: the engine within it, or llama-server as a
/// child where there is one. Outlives a reload. Thread-safe.
final class Runtimes implements Memory, AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Endpoint.Limits LIMITS =
            new Endpoint.Limits(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(30));

    private final Clock clock;
    private final Path data;
    private final Residents residents;
    private final LlamaServer.Surroundings around;
    private final LocalRuntimes beside = new LocalRuntimes();
    private final Lodgings lodgings;
    private final Map<String, Builtin> builtins = new LinkedHashMap<>();
    private final Map<String, LlamaServer> children = new LinkedHashMap<>();
    private EngineSettings settings = EngineSettings.DEFAULT;
    private @Nullable LlamaBinary binary;
    private String brokenBinary = "";

    Runtimes(Vertx vertx, Clock clock, Path data, Lodgings lodgings) {
        this.clock = clock;
        this.lodgings = lodgings;
        this.data = data;
        this.residents = new Residents(Builtin.memory(), clock);
        this.around =
                new LlamaServer.Surroundings(vertx, new HttpFetch(vertx), Cores.real(), clock);
    }

    /// Takes over what a configuration says and which models there are.
    synchronized void serve(EngineSettings wished, List<Builtin> models) {
        boolean other = !wished.equals(settings);
        settings = wished;
        Long memory = wished.memory();
        residents.limit(memory == null ? Builtin.memory() : memory);
        builtins.clear();
        models.forEach(model -> builtins.put(model.card().name(), model));
        List<String> gone =
                children.keySet().stream()
                        .filter(name -> other || !builtins.containsKey(name))
                        .toList();
        for (String name : gone) {
            LlamaServer child = children.remove(name);
            if (child != null) {
                child.close();
            }
        }
        boolean pulled = models.stream().anyMatch(model -> model.gate() == null);
        if (pulled && (other || binary == null)) {
            look();
        }
    }

    private void look() {
        binary = null;
        brokenBinary = "";
        String path = System.getenv("PATH");
        LlamaBinary.Looked looked =
                switch (settings.llamaServer()) {
                    case EngineSettings.LlamaServer.Off _ -> new LlamaBinary.Looked.None();
                    case EngineSettings.LlamaServer.Auto _ ->
                            LlamaBinary.onPath(path == null ? "" : path);
                    case EngineSettings.LlamaServer.At(Path program) -> LlamaBinary.at(program);
                };
        switch (looked) {
            case LlamaBinary.Looked.Found(LlamaBinary found) -> binary = found;
            case LlamaBinary.Looked.None() -> {}
            case LlamaBinary.Looked.Broken(String message) -> brokenBinary = message;
        }
    }

    /// Takes over the models that runtimes beside this gateway have.
    void serve(List<LocalRuntimes.Served> models) {
        beside.serve(models);
    }

    /// The runtimes whose memory this gateway shares out.
    Lodgings lodgings() {
        return lodgings;
    }

    /// The way to ask a model: through llama-server where there is one, else the engine within.
    ///
    /// @param lacking the tiers without a model
    synchronized Model model(Builtin builtin, List<Tier> lacking) {
        LlamaBinary program = binary;
        Gate gate = builtin.gate();
        EngineSettings.Adapter adapter = builtin.adapter();
        if (program == null || gate != null || adapter != null) {
            return new EngineModel(
                    builtin.card(),
                    builtin.file(),
                    builtin.settings(settings),
                    residents,
                    clock,
                    gate == null ? null : new DemoTrust(gate, lacking),
                    adapter == null
                            ? null
                            : new EngineModel.Adapter(adapter.file(), adapter.scale()));
        }
        LlamaServer server =
                children.computeIfAbsent(
                        builtin.card().name(),
                        name -> {
                            Integer threads = settings.threads();
                            var how =
                                    new LlamaSettings(
                                            program,
                                            name,
                                            builtin.file(),
                                            threads == null ? 0 : threads,
                                            builtin.card().context(),
                                            settings.slots(),
                                            data.resolve("logs").resolve(logName(name)),
                                            LIMITS);
                            return new LlamaServer(how, around, LlamaServer.Persistence.USUAL);
                        });
        return new LlamaModel(builtin.card(), server);
    }

    private static String logName(String model) {
        return "llama-server-" + model.replaceAll("[^A-Za-z0-9._-]", "_") + ".log";
    }

    /// What needs somebody's help.
    synchronized List<String> troubles() {
        var troubles = new ArrayList<String>();
        if (!brokenBinary.isEmpty()) {
            troubles.add("llama-server: " + brokenBinary);
        }
        children.values().forEach(child -> child.trouble().ifPresent(troubles::add));
        return troubles;
    }

    @Override
    public Body resident() {
        return resident(beside.resident());
    }

    /// What this gateway takes counts against its budget; what runtimes beside it take does not.
    private synchronized Body resident(List<ObjectNode> others) {
        ObjectNode root = MAPPER.createObjectNode().put("object", "list");
        ArrayNode list = MAPPER.createArrayNode();
        long used = 0;
        for (Residents.Seen seen : residents.seen()) {
            used += seen.bytes();
            list.add(shown(seen));
        }
        for (Map.Entry<String, LlamaServer> child : children.entrySet()) {
            if (!(child.getValue().state() instanceof LlamaState.Idle)) {
                used += child.getValue().memory();
                list.add(shown(child.getKey(), child.getValue()));
            }
        }
        others.forEach(list::add);
        root.put("budget_bytes", residents.budget()).put("used_bytes", used);
        root.set("data", list);
        return body(root);
    }

    private ObjectNode shown(Residents.Seen seen) {
        String name =
                builtins.values().stream()
                        .filter(builtin -> builtin.file().equals(seen.file()))
                        .map(builtin -> builtin.card().name())
                        .findFirst()
                        .orElse(String.valueOf(seen.file().getFileName()));
        return MAPPER.createObjectNode()
                .put("id", name)
                .put("engine", Builtin.UPSTREAM)
                .put("state", "ready")
                .put("bytes", seen.bytes())
                .put("context", seen.settings().context())
                .put("slots", seen.settings().slots())
                .put("active", seen.requests())
                .put("last_used", seen.used().toString());
    }

    private static ObjectNode shown(String name, LlamaServer child) {
        String state =
                switch (child.state()) {
                    case LlamaState.Ready _ -> "ready";
                    case LlamaState.Idle _, LlamaState.Starting _, LlamaState.Waiting _ ->
                            "starting";
                    case LlamaState.GaveUp _ -> "failed";
                };
        return MAPPER.createObjectNode()
                .put("id", name)
                .put("engine", "llama-server")
                .put("state", state)
                .put("bytes", child.memory())
                .put("context", child.settings().context())
                .put("slots", child.settings().slots())
                .put("active", 0)
                .putNull("last_used");
    }

    @Override
    public Changed load(String model) {
        Builtin builtin;
        LlamaServer child;
        EngineSettings how;
        synchronized (this) {
            builtin = builtins.get(model);
            child = children.get(model);
            how = settings;
        }
        if (builtin == null) {
            return beside.load(model).orElseGet(() -> unknown(model));
        }
        if (child != null) {
            child.start();
            return new Changed.Done(body(shown(model, child)));
        }
        return switch (residents.lend(builtin.file(), builtin.settings(how))) {
            case Residents.Asked.Refused(String message) ->
                    new Changed.Failed(new Failure.Unready(message));
            case Residents.Asked.Lent(_, Runnable release) -> {
                release.run();
                Optional<Residents.Seen> seen = seen(builtin.file());
                yield seen.isEmpty() ? unknown(model) : new Changed.Done(body(shown(seen.get())));
            }
        };
    }

    private Optional<Residents.Seen> seen(Path file) {
        return residents.seen().stream().filter(one -> one.file().equals(file)).findFirst();
    }

    @Override
    public Changed unload(String model) {
        Builtin builtin;
        LlamaServer child;
        synchronized (this) {
            builtin = builtins.get(model);
            child = children.get(model);
        }
        if (builtin == null) {
            return beside.unload(model).orElseGet(() -> unknown(model));
        }
        long freed;
        if (child != null) {
            freed = child.memory();
            child.close();
        } else {
            freed = seen(builtin.file()).map(Residents.Seen::bytes).orElse(0L);
            String kept = residents.unload(builtin.file());
            if (kept != null) {
                return new Changed.Failed(new Failure.Unready(kept));
            }
        }
        return new Changed.Done(
                body(MAPPER.createObjectNode().put("id", model).put("freed_bytes", freed)));
    }

    private static Changed unknown(String model) {
        String shown = model.length() > 100 ? model.substring(0, 100) + "…" : model;
        return new Changed.Failed(
                new Failure.NotFound(
                        "The gateway runs no model `"
                                + shown
                                + "`; `./tw models ls` shows what was pulled.",
                        "model_not_found"));
    }

    private static Body body(ObjectNode node) {
        return new Body(MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        List<LlamaServer> running;
        synchronized (this) {
            running = List.copyOf(children.values());
            children.clear();
        }
        running.forEach(LlamaServer::close);
        lodgings.close();
        residents.close();
    }
}
