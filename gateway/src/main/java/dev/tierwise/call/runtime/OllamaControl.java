package dev.tierwise.call.runtime;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.Fetch.Lines;
import dev.tierwise.call.runtime.Questions.Heard;
import dev.tierwise.core.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Ollama 0.12 and newer: `/api/tags`, `/api/ps`, `/api/show`, `/api/generate` without a prompt,
/// `/api/pull`, `/api/version` (docs/api.md of Ollama). It does not say how many requests a model
/// answers or keeps waiting. Its unloading waits for the requests that run. Thread-safe.
public final class OllamaControl implements RuntimeControl {
    private static final Duration PULL_IDLE = Duration.ofMinutes(10);

    private final Fetch fetch;
    private final Lines lines;
    private final RuntimeServer server;

    /// @param fetch how to ask
    /// @param lines how to follow a transfer
    /// @param server where it is
    public OllamaControl(Fetch fetch, Lines lines, RuntimeServer server) {
        this.fetch = fetch;
        this.lines = lines;
        this.server = server;
    }

    @Override
    public String listed(String model) {
        return whole(model);
    }

    @Override
    public Look look(Scope scope, Duration patience) {
        var questions = new Questions(fetch, server, patience);
        JsonNode running;
        switch (listing(questions, "/api/ps")) {
            case Heard.Json(JsonNode root) -> running = root;
            case Heard.No(Failure failure, _) -> {
                return new Look.Unseen(failure);
            }
        }
        List<RuntimeView.Held> memory = new ArrayList<>();
        running.path("models").forEach(each -> add(held(each), memory));
        return switch (scope) {
            case MEMORY -> new Look.Seen(new RuntimeView(null, List.of(), memory, null, null));
            case ALL -> all(questions, memory);
        };
    }

    private Look all(Questions questions, List<RuntimeView.Held> memory) {
        return switch (listing(questions, "/api/tags")) {
            case Heard.Json(JsonNode tags) -> {
                List<RuntimeView.Stored> disk = new ArrayList<>();
                for (JsonNode tag : tags.path("models")) {
                    if (!name(tag).isEmpty()) {
                        disk.add(stored(tag));
                    }
                }
                yield new Look.Seen(new RuntimeView(version(questions), disk, memory, null, null));
            }
            case Heard.No(Failure failure, _) -> new Look.Unseen(failure);
        };
    }

    private static Heard listing(Questions questions, String path) {
        Heard heard = questions.get(path);
        return heard instanceof Heard.Json(JsonNode root) && !root.path("models").isArray()
                ? questions.garbled("GET " + path)
                : heard;
    }

    private static @Nullable String version(Questions questions) {
        if (questions.get("/api/version") instanceof Heard.Json(JsonNode root)) {
            String version = root.path("version").asString("");
            return version.isBlank() ? null : version;
        }
        return null;
    }

    private static String name(JsonNode model) {
        return model.path("name").asString(model.path("model").asString(""));
    }

    private static RuntimeView.Stored stored(JsonNode tag) {
        String name = name(tag);
        JsonNode details = tag.path("details");
        String parent = details.path("parent_model").asString("");
        return new RuntimeView.Stored(
                name,
                Questions.number(tag.path("size")),
                Questions.number(details.path("context_length")),
                parent.isBlank() ? null : parent,
                OllamaLocality.isRemote(name, tag)
                        ? RuntimeView.Place.ELSEWHERE
                        : RuntimeView.Place.HERE);
    }

    private static void add(RuntimeView.@Nullable Held held, List<RuntimeView.Held> memory) {
        if (held != null) {
            memory.add(held);
        }
    }

    private static RuntimeView.@Nullable Held held(JsonNode model) {
        String name = name(model);
        if (name.isEmpty() || OllamaLocality.isRemote(name, model)) {
            return null;
        }
        var size =
                new RuntimeView.Size(
                        Questions.number(model.path("size")),
                        Questions.number(model.path("size_vram")),
                        Questions.count(model.path("context_length")));
        return new RuntimeView.Held(
                name,
                RuntimeView.Phase.READY,
                size,
                moment(model.path("expires_at").asString("")),
                RuntimeView.Load.UNKNOWN);
    }

    private static @Nullable Instant moment(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    @Override
    public @Nullable Failure load(Order order) {
        var questions = new Questions(fetch, server, order.patience());
        Failure doubt = doubt(questions, order.model());
        if (doubt != null) {
            return doubt;
        }
        ObjectNode body = Questions.object().put("model", order.model()).put("stream", false);
        Duration keep = order.keep();
        if (keep != null) {
            body.put("keep_alive", keep.toSeconds());
        }
        Integer context = order.context();
        if (context != null) {
            body.putObject("options").put("num_ctx", context);
        }
        return switch (questions.post("/api/generate", body)) {
            case Heard.Json(JsonNode root)
                    when root.path("done").asBoolean(false)
                            && !OllamaLocality.isRemote(order.model(), root) ->
                    null;
            case Heard.Json _ -> Questions.garbled(server, "POST /api/generate");
            case Heard.No(Failure failure, _) -> failure;
        };
    }

    /// Why a model is not known to run here; null where Ollama itself says that it does.
    private @Nullable Failure doubt(Questions questions, String model) {
        return switch (questions.post("/api/show", Questions.object().put("model", model))) {
            case Heard.Json(JsonNode shown) when OllamaLocality.isRemote(model, shown) ->
                    questions.vetoed(
                            "the model `"
                                    + model
                                    + "` runs on ollama.com, not here; `ollama pull` a model"
                                    + " without `cloud` in its name.",
                            NOT_LOCAL);
            case Heard.Json(JsonNode shown) ->
                    shown.isObject() && !shown.isEmpty()
                            ? null
                            : Questions.garbled(server, "POST /api/show");
            case Heard.No(_, int status) when status == 404 ->
                    new Failure.Broken(
                            server
                                    + " has no model `"
                                    + model
                                    + "`; `ollama pull "
                                    + model
                                    + "` fetches it.",
                            Failure.Fault.MODEL_MISSING);
            case Heard.No(Failure failure, _) -> failure;
        };
    }

    @Override
    public @Nullable Failure unload(String model, Duration patience) {
        var questions = new Questions(fetch, server, patience);
        ObjectNode body =
                Questions.object().put("model", model).put("keep_alive", 0).put("stream", false);
        if (questions.post("/api/generate", body) instanceof Heard.No(Failure failure, _)) {
            return failure;
        }
        do {
            switch (listing(questions, "/api/ps")) {
                case Heard.Json(JsonNode root) -> {
                    if (!holds(root, model)) {
                        return null;
                    }
                }
                case Heard.No(Failure failure, _) -> {
                    return failure;
                }
            }
        } while (questions.pause());
        return questions.unfinished("unloading " + model);
    }

    /// Ollama completes names without a tag by `latest`.
    private static boolean holds(JsonNode running, String model) {
        for (JsonNode each : running.path("models")) {
            if (whole(name(each)).equals(whole(model))) {
                return true;
            }
        }
        return false;
    }

    private static String whole(String name) {
        return name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
    }

    @Override
    public @Nullable Failure pull(String model, Duration patience, Progress progress) {
        if (OllamaLocality.isRemote(model, Questions.object())) {
            return Questions.vetoed(
                    server,
                    "`" + model + "` names a model of ollama.com; take one without `cloud`.",
                    NOT_LOCAL);
        }
        String body = Questions.object().put("model", model).put("stream", true).toString();
        Fetch.Request plain = Fetch.Request.post(server.at("/api/pull"), body, patience);
        var headers = new TreeMap<>(server.headers());
        headers.putAll(plain.headers());
        var request = new Fetch.Request("POST", plain.uri(), headers, body, patience);
        var course = new PullCourse(progress);
        return switch (lines.lines(request, PULL_IDLE, course::line)) {
            case Lines.Ended.Whole() -> course.outcome(server);
            case Lines.Ended.Stopped() -> course.stopped(server);
            case Lines.Ended.Refused(int status, String text) ->
                    Questions.refused(server, "POST /api/pull", status, text);
            case Lines.Ended.Cut(String why) ->
                    new Failure.Broken(
                            server
                                    + ": the transfer broke off ("
                                    + why
                                    + "); pull again, it goes on.",
                            Failure.Fault.CUT);
            case Lines.Ended.Unreachable(String why) -> Questions.unreachable(server, why);
            case Lines.Ended.Silent() -> Questions.silent(server, "POST /api/pull");
        };
    }
}
