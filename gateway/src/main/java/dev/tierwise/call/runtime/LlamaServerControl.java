package dev.tierwise.call.runtime;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.runtime.Questions.Heard;
import dev.tierwise.core.Failure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// llama.cpp's llama-server: `/props`, `/slots` and `/metrics` of its one model, or of each model
/// where it was started without one and routes (`GET /models` then has a status each, `POST
/// /models/load` and `/models/unload` change it). See tools/server/README.md of llama.cpp.
/// Unloading ends the process of the model at once. Thread-safe.
///
/// @param fetch how to ask
/// @param server where it is
public record LlamaServerControl(Fetch fetch, RuntimeServer server) implements RuntimeControl {
    @Override
    public Look look(Scope scope, Duration patience) {
        var questions = new Questions(fetch, server, patience);
        return switch (listing(questions)) {
            case Heard.Json(JsonNode root) -> seen(questions, root);
            case Heard.No(Failure failure, _) -> new Look.Unseen(failure);
        };
    }

    private Heard listing(Questions questions) {
        Heard heard = questions.get("/models");
        if (heard instanceof Heard.No(_, int status) && status == 404) {
            heard = questions.get("/v1/models");
        }
        return heard instanceof Heard.Json(JsonNode root) && !root.path("data").isArray()
                ? questions.garbled("GET /models")
                : heard;
    }

    private static Look seen(Questions questions, JsonNode root) {
        List<RuntimeView.Stored> disk = new ArrayList<>();
        List<RuntimeView.Held> memory = new ArrayList<>();
        Integer waiting = null;
        Double speed = null;
        for (JsonNode model : root.path("data")) {
            String name = model.path("id").asString("");
            if (name.isEmpty()) {
                continue;
            }
            disk.add(stored(name, model));
            Optional<RuntimeView.Phase> phase = phase(model);
            if (phase.isEmpty()) {
                continue;
            }
            String query = routed(model) ? "?autoload=false&model=" + encoded(name) : "";
            MetricsText metrics = metrics(questions, phase.get(), query);
            Integer deferred = metrics.count("llamacpp:requests_deferred");
            memory.add(held(questions, model, phase.get(), query, deferred));
            waiting = deferred == null ? waiting : Integer.valueOf(plus(waiting, deferred));
            Double measured = metrics.sum("llamacpp:predicted_tokens_seconds");
            speed = measured == null || measured <= 0 ? speed : measured;
        }
        // one speed cannot stand for several models
        return new Look.Seen(
                new RuntimeView(null, disk, memory, waiting, memory.size() == 1 ? speed : null));
    }

    private static MetricsText metrics(Questions questions, RuntimeView.Phase phase, String query) {
        String page = phase == RuntimeView.Phase.READY ? questions.text("/metrics" + query) : null;
        return new MetricsText(page == null ? "" : page);
    }

    private static int plus(@Nullable Integer sum, int more) {
        return (sum == null ? 0 : sum) + more;
    }

    private static boolean routed(JsonNode model) {
        return model.path("status").has("value");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /// Empty for a model that is on disk only.
    private static Optional<RuntimeView.Phase> phase(JsonNode model) {
        if (!routed(model)) {
            return Optional.of(RuntimeView.Phase.READY);
        }
        return switch (model.path("status").path("value").asString("").toLowerCase(Locale.ROOT)) {
            case "loaded" -> Optional.of(RuntimeView.Phase.READY);
            case "loading" -> Optional.of(RuntimeView.Phase.LOADING);
            case "sleeping" -> Optional.of(RuntimeView.Phase.ASLEEP);
            default -> Optional.empty();
        };
    }

    private static RuntimeView.Stored stored(String name, JsonNode model) {
        JsonNode meta = model.path("meta");
        return new RuntimeView.Stored(
                name,
                Questions.number(meta.path("size")),
                Questions.number(meta.path("n_ctx_train")),
                null,
                RuntimeView.Place.HERE);
    }

    private static RuntimeView.Held held(
            Questions questions,
            JsonNode model,
            RuntimeView.Phase phase,
            String query,
            @Nullable Integer deferred) {
        String name = model.path("id").asString("");
        if (phase != RuntimeView.Phase.READY) {
            return new RuntimeView.Held(
                    name, phase, RuntimeView.Size.UNKNOWN, null, RuntimeView.Load.UNKNOWN);
        }
        Integer slots = null;
        Integer context = null;
        RuntimeView.Phase now = phase;
        if (questions.get("/props" + query) instanceof Heard.Json(JsonNode props)) {
            slots = Questions.count(props.path("total_slots"));
            context = Questions.count(props.path("default_generation_settings").path("n_ctx"));
            now = props.path("is_sleeping").asBoolean(false) ? RuntimeView.Phase.ASLEEP : phase;
        }
        Integer busy = null;
        if (questions.get("/slots" + query) instanceof Heard.Json(JsonNode list)
                && list.isArray()) {
            int count = 0;
            for (JsonNode slot : list) {
                count += slot.path("is_processing").asBoolean(false) ? 1 : 0;
            }
            busy = count;
            slots = slots == null ? Integer.valueOf(list.size()) : slots;
        }
        return new RuntimeView.Held(
                name,
                now,
                new RuntimeView.Size(
                        Questions.number(model.path("meta").path("size")), null, context),
                null,
                new RuntimeView.Load(slots, busy, deferred));
    }

    @Override
    public @Nullable Failure load(Order order) {
        var questions = new Questions(fetch, server, order.patience());
        return change(questions, order.model(), Change.LOAD);
    }

    @Override
    public @Nullable Failure unload(String model, Duration patience) {
        var questions = new Questions(fetch, server, patience);
        return change(questions, model, Change.UNLOAD);
    }

    private enum Change {
        LOAD("/models/load"),
        UNLOAD("/models/unload");

        private final String path;

        Change(String path) {
            this.path = path;
        }

        boolean done(Optional<RuntimeView.Phase> phase) {
            return switch (this) {
                case LOAD -> phase.filter(it -> it != RuntimeView.Phase.LOADING).isPresent();
                case UNLOAD -> phase.isEmpty();
            };
        }
    }

    /// Asks for the change once and looks until it has come.
    private @Nullable Failure change(Questions questions, String model, Change change) {
        boolean asked = false;
        do {
            JsonNode found;
            switch (listing(questions)) {
                case Heard.Json(JsonNode root) -> found = find(root, model);
                case Heard.No(Failure failure, _) -> {
                    return failure;
                }
            }
            if (found == null) {
                return missing(model);
            }
            if (change.done(phase(found))) {
                return null;
            }
            if (!routed(found)) {
                return fixed();
            }
            if (asked && found.path("status").path("failed").asBoolean(false)) {
                return failed(model, found.path("status").path("exit_code").asInt(0));
            }
            if (!asked) {
                var body = Questions.object().put("model", model);
                if (phase(found).isEmpty() || change == Change.UNLOAD) {
                    if (questions.post(change.path, body) instanceof Heard.No(Failure failure, _)) {
                        return failure;
                    }
                }
                asked = true;
            }
        } while (questions.pause());
        return questions.unfinished(change.path + " of " + model);
    }

    private static @Nullable JsonNode find(JsonNode root, String model) {
        for (JsonNode each : root.path("data")) {
            if (each.path("id").asString("").equals(model)) {
                return each;
            }
        }
        return null;
    }

    /// A download is listed by its name, and afterwards with its quantisation.
    private static @Nullable JsonNode fetched(JsonNode root, String model) {
        JsonNode found = find(root, model);
        for (JsonNode each : root.path("data")) {
            if (found == null && each.path("id").asString("").startsWith(model + ":")) {
                found = each;
            }
        }
        return found;
    }

    private Failure notFetched(String model) {
        return new Failure.Broken(
                server
                        + " did not fetch `"
                        + model
                        + "` and does not say why; its log does: often there is no such model, or no"
                        + " network.",
                Failure.Fault.MODEL_MISSING);
    }

    private Failure missing(String model) {
        return new Failure.Broken(
                server + " has no model `" + model + "`; put its file into its `--models-dir`.",
                Failure.Fault.MODEL_MISSING);
    }

    private Failure fixed() {
        return Questions.vetoed(
                server,
                "this llama-server has one model; start it without `-m` and it changes models.",
                NOT_SUPPORTED);
    }

    private Failure failed(String model, int code) {
        return new Failure.Broken(
                server
                        + ": the model `"
                        + model
                        + "` did not start (exit code "
                        + code
                        + "); its log says why, often too little memory.",
                Failure.Fault.SERVER_ERROR);
    }

    /// Where it routes; it does not say how far it is, and goes on when nobody waits any more.
    @Override
    public @Nullable Failure pull(String model, Duration patience, Progress progress) {
        var questions = new Questions(fetch, server, patience);
        boolean asked = false;
        do {
            JsonNode root;
            switch (listing(questions)) {
                case Heard.Json(JsonNode list) -> root = list;
                case Heard.No(Failure failure, _) -> {
                    return failure;
                }
            }
            if (!root.path("data").isEmpty() && !routed(root.path("data").path(0))) {
                return fixed();
            }
            JsonNode found = fetched(root, model);
            String status = found == null ? "" : found.path("status").path("value").asString("");
            if (found != null && !status.equals("downloading")) {
                return asked && found.path("status").path("failed").asBoolean(false)
                        ? failed(model, found.path("status").path("exit_code").asInt(0))
                        : null;
            }
            if (asked && found == null) {
                return notFetched(model); // while it comes it is listed, and when it has come
            }
            if (!asked
                    && found == null
                    && questions.post("/models", Questions.object().put("model", model))
                            instanceof Heard.No(Failure failure, _)) {
                return failure;
            }
            asked = true;
            if (!progress.now("downloading", null, null)) {
                return new Failure.Abandoned("Nobody waits any more; llama-server goes on.");
            }
        } while (questions.pause());
        return questions.unfinished("downloading " + model);
    }
}
