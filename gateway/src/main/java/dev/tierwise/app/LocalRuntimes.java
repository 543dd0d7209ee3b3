package dev.tierwise.app;

import dev.tierwise.api.Memory.Changed;
import dev.tierwise.call.runtime.Residency;
import dev.tierwise.call.runtime.RuntimeControl;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The models of runtimes beside this gateway, for those who look after them. Thread-safe; asks the
/// runtimes, which takes its time.
final class LocalRuntimes {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LOADING = Duration.ofMinutes(10);
    private static final Duration UNLOADING = Duration.ofMinutes(1);

    private volatile Map<String, Served> served = Map.of();

    /// A model of a runtime.
    ///
    /// @param card what is known of it
    /// @param control its runtime
    /// @param residency who shares out the runtime's memory; null where it does that itself
    record Served(ModelCard card, RuntimeControl control, @Nullable Residency residency) {
        /// Its name as the runtime lists it.
        String listed() {
            return control.listed(card.remoteName());
        }
    }

    /// Takes over the models of a configuration.
    void serve(List<Served> models) {
        var byName = new LinkedHashMap<String, Served>();
        for (Served model : models) {
            // the second site of a name is asked for with its upstream
            String name = model.card().name();
            byName.merge(name, model, (first, _) -> first);
            byName.put(model.card().upstream() + "/" + name, model);
        }
        served = byName;
    }

    /// What the runtimes have in memory; of one that does not answer, nothing.
    List<ObjectNode> resident() {
        var runtimes = new LinkedHashMap<String, List<Served>>();
        for (Served each : served.values()) {
            runtimes.computeIfAbsent(each.card().upstream(), _ -> new ArrayList<>()).add(each);
        }
        var all = new ArrayList<ObjectNode>();
        runtimes.forEach((name, models) -> {
            RuntimeControl control = models.getFirst().control();
            if (control.look(Scope.MEMORY, LOOK) instanceof Look.Seen(RuntimeView view)) {
                view.memory()
                        .forEach(held ->
                                all.add(
                                        shown(nameOf(held, models), name, held)
                                                .put("active", active(held, models))));
            }
        });
        return all;
    }

    /// Requests that use it: what the runtime says, or else those of this gateway.
    private static @Nullable Integer active(RuntimeView.Held held, List<Served> models) {
        Integer busy = held.load().busy();
        Residency residency = models.getFirst().residency();
        return busy != null || residency == null
                ? busy
                : residency.seen(held.name()).map(Residency.Seen::users).orElse(null);
    }

    /// The name in this gateway; the runtime's own for a model that requests cannot have here.
    private static String nameOf(RuntimeView.Held held, List<Served> models) {
        return models.stream()
                .filter(it -> it.listed().equals(held.name()))
                .map(it -> it.card().name())
                .findFirst()
                .orElse(held.name());
    }

    private static ObjectNode shown(String name, String engine, RuntimeView.Held held) {
        String state =
                switch (held.phase()) {
                    case READY -> "ready";
                    case LOADING -> "starting";
                    case ASLEEP -> "asleep";
                };
        return MAPPER.createObjectNode()
                .put("id", name)
                .put("engine", engine)
                .put("state", state)
                .put("bytes", held.size().bytes())
                .put("context", held.size().context())
                .put("slots", held.load().slots())
                .put("active", held.load().busy())
                .putNull("last_used");
    }

    /// Loads a model; empty where no runtime has one of that name.
    Optional<Changed> load(String model) {
        return Optional.ofNullable(served.get(model)).map(LocalRuntimes::load);
    }

    private static Changed load(Served model) {
        Failure refusal = elsewhere(model.card());
        Failure failure = refusal == null ? fetched(model) : refusal;
        return failure == null
                ? done(
                        held(model)
                                .map(it -> shown(model.card().name(), model.card().upstream(), it))
                                .orElseGet(() -> bare(model)))
                : new Changed.Failed(failure);
    }

    /// Waits in line where this gateway shares out the memory.
    private static @Nullable Failure fetched(Served model) {
        Residency residency = model.residency();
        String name = model.card().remoteName();
        if (residency == null || !residency.lodges(name)) {
            return model.control().load(Order.of(name, LOADING));
        }
        return switch (residency.ask(name, new Residency.Patience(LOADING, LOADING))) {
            case Residency.Asked.Lent(Runnable giveBack) -> {
                giveBack.run();
                yield null;
            }
            case Residency.Asked.Refused(Failure failure) -> failure;
        };
    }

    /// A model whose runtime could not be believed stays where it is.
    private static @Nullable Failure elsewhere(ModelCard card) {
        return card.zone().equals(ModelCard.CLOUD)
                ? new Failure.Vetoed(
                        "`"
                                + card.name()
                                + "` of `"
                                + card.upstream()
                                + "` is not known to run here, so it is not loaded; `./tw doctor`"
                                + " says why.",
                        RuntimeControl.NOT_LOCAL)
                : null;
    }

    private static ObjectNode bare(Served model) {
        return MAPPER.createObjectNode()
                .put("id", model.card().name())
                .put("engine", model.card().upstream())
                .put("state", "ready");
    }

    private static Optional<RuntimeView.Held> held(Served model) {
        return model.control().look(Scope.MEMORY, LOOK) instanceof Look.Seen(RuntimeView view)
                ? view.held(model.listed())
                : Optional.empty();
    }

    /// Unloads a model; empty where no runtime has one of that name.
    Optional<Changed> unload(String model) {
        return Optional.ofNullable(served.get(model)).map(LocalRuntimes::unload);
    }

    private static Changed unload(Served model) {
        Optional<RuntimeView.Held> held = held(model);
        Integer busy = held.map(it -> it.load().busy()).orElse(null);
        if (busy != null && busy > 0) {
            return new Changed.Failed(
                    new Failure.Unready(
                            busy + " requests use it now; ask again when they have ended."));
        }
        String name = model.card().remoteName();
        Residency residency = model.residency();
        Failure failure =
                residency == null || !residency.lodges(name)
                        ? model.control().unload(name, UNLOADING)
                        : residency.dismiss(name);
        return failure == null
                ? done(
                        MAPPER.createObjectNode()
                                .put("id", model.card().name())
                                .put("freed_bytes", held.map(it -> it.size().bytes()).orElse(null)))
                : new Changed.Failed(failure);
    }

    private static Changed done(ObjectNode node) {
        return new Changed.Done(
                new Body(MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8)));
    }
}
