package dev.tierwise.call.runtime;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.runtime.Questions.Heard;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// LM Studio: its v1 interface (0.4.0 and newer), and for looking also v0 (0.3.6). Thread-safe.
///
/// With LM Link a request to this machine may be answered on another, and nothing in its answers
/// tells. So it loads nothing until the configuration vouches for it.
///
/// @param fetch how to ask
/// @param server where it is
/// @param place [RuntimeView.Place#HERE] where the configuration vouches that LM Link is off
public record LmStudioControl(Fetch fetch, RuntimeServer server, RuntimeView.Place place)
        implements RuntimeControl {
    private static final String MODELS = "/api/v1/models";

    @Override
    public Look look(Scope scope, Duration patience) {
        var questions = new Questions(fetch, server, patience);
        return switch (questions.get(MODELS)) {
            case Heard.Json(JsonNode root) when root.path("models").isArray() ->
                    new Look.Seen(present(root));
            case Heard.No(_, int status) when status == 404 -> former(questions);
            case Heard.Json(JsonNode root) when root.has("error") -> former(questions);
            case Heard.Json _ -> new Look.Unseen(Questions.garbled(server, "GET " + MODELS));
            case Heard.No(Failure failure, _) -> new Look.Unseen(failure);
        };
    }

    private RuntimeView present(JsonNode root) {
        List<RuntimeView.Stored> disk = new ArrayList<>();
        List<RuntimeView.Held> memory = new ArrayList<>();
        for (JsonNode model : root.path("models")) {
            String name = model.path("key").asString("");
            if (name.isEmpty()) {
                continue;
            }
            disk.add(
                    new RuntimeView.Stored(
                            name,
                            Questions.number(model.path("size_bytes")),
                            Questions.number(model.path("max_context_length")),
                            null,
                            place));
            JsonNode instances = model.path("loaded_instances");
            if (!instances.isEmpty()) {
                memory.add(held(name, instances));
            }
        }
        return new RuntimeView(null, disk, memory, null, null);
    }

    private static RuntimeView.Held held(String name, JsonNode instances) {
        Integer slots = null;
        Integer context = null;
        for (JsonNode instance : instances) {
            Integer more = Questions.count(instance.path("config").path("parallel"));
            slots = more == null ? slots : Integer.valueOf(more + (slots == null ? 0 : slots));
            Integer tokens = Questions.count(instance.path("config").path("context_length"));
            context = tokens == null || (context != null && context > tokens) ? context : tokens;
        }
        return new RuntimeView.Held(
                name,
                RuntimeView.Phase.READY,
                new RuntimeView.Size(null, null, context),
                null,
                new RuntimeView.Load(slots, null, null));
    }

    private Look former(Questions questions) {
        return switch (questions.get("/api/v0/models")) {
            case Heard.Json(JsonNode root) when root.path("data").isArray() ->
                    new Look.Seen(former(root));
            case Heard.Json _ -> new Look.Unseen(Questions.garbled(server, "GET /api/v0/models"));
            case Heard.No(Failure failure, _) -> new Look.Unseen(failure);
        };
    }

    private RuntimeView former(JsonNode root) {
        List<RuntimeView.Stored> disk = new ArrayList<>();
        List<RuntimeView.Held> memory = new ArrayList<>();
        for (JsonNode model : root.path("data")) {
            String name = model.path("id").asString("");
            if (name.isEmpty()) {
                continue;
            }
            Long context = Questions.number(model.path("max_context_length"));
            disk.add(new RuntimeView.Stored(name, null, context, null, place));
            if (model.path("state").asString("").equals("loaded")) {
                Integer loaded = Questions.count(model.path("loaded_context_length"));
                memory.add(
                        new RuntimeView.Held(
                                name,
                                RuntimeView.Phase.READY,
                                new RuntimeView.Size(null, null, loaded),
                                null,
                                RuntimeView.Load.UNKNOWN));
            }
        }
        return new RuntimeView(null, disk, memory, null, null);
    }

    @Override
    public @Nullable Failure load(Order order) {
        if (place != RuntimeView.Place.HERE) {
            return unproven();
        }
        var questions = new Questions(fetch, server, order.patience());
        return switch (instances(questions, order.model())) {
            case Instances.Seen(List<String> ids) when !ids.isEmpty() -> null;
            case Instances.Seen _ -> load(questions, order);
            case Instances.Unseen(Failure failure) -> failure;
        };
    }

    private @Nullable Failure load(Questions questions, Order order) {
        ObjectNode body = Questions.object().put("model", order.model());
        Integer context = order.context();
        if (context != null) {
            body.put("context_length", context);
        }
        return switch (questions.post(MODELS + "/load", body)) {
            case Heard.Json(JsonNode root)
                    when root.path("status").asString("").equals("loaded")
                            && !root.path("instance_id").asString("").isEmpty() ->
                    null;
            case Heard.Json _ -> Questions.garbled(server, "POST " + MODELS + "/load");
            case Heard.No(Failure failure, _) -> failure;
        };
    }

    private Failure unproven() {
        return Questions.vetoed(
                server,
                "LM Studio may hand models on to other machines (LM Link) and does not say whether"
                        + " it does; switch LM Link off and name its `zone` in the configuration.",
                NOT_LOCAL);
    }

    private sealed interface Instances {
        record Seen(List<String> ids) implements Instances {}

        record Unseen(Failure failure) implements Instances {}
    }

    private Instances instances(Questions questions, String model) {
        return switch (questions.get(MODELS)) {
            case Heard.Json(JsonNode root) when root.path("models").isArray() -> {
                Optional<JsonNode> found = find(root, model);
                List<String> ids = new ArrayList<>();
                found.ifPresent(it ->
                        it.path("loaded_instances")
                                .forEach(one -> ids.add(one.path("id").asString(""))));
                yield found.isPresent()
                        ? new Instances.Seen(ids)
                        : new Instances.Unseen(missing(model));
            }
            case Heard.Json _ -> new Instances.Unseen(old());
            case Heard.No(_, int status) when status == 404 -> new Instances.Unseen(old());
            case Heard.No(Failure failure, _) -> new Instances.Unseen(failure);
        };
    }

    private static Optional<JsonNode> find(JsonNode root, String model) {
        for (JsonNode each : root.path("models")) {
            if (each.path("key").asString("").equals(model)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private Failure missing(String model) {
        return new Failure.Broken(
                server + " has no model `" + model + "`; `lms get " + model + "` fetches it.",
                Failure.Fault.MODEL_MISSING);
    }

    private Failure old() {
        return Questions.vetoed(
                server,
                "this version cannot be told to load models; update LM Studio to 0.4.0 or newer.",
                NOT_SUPPORTED);
    }

    @Override
    public @Nullable Failure unload(String model, Duration patience) {
        var questions = new Questions(fetch, server, patience);
        return switch (instances(questions, model)) {
            case Instances.Seen(List<String> ids) -> {
                Failure failure = null;
                for (String id : ids) {
                    var body = Questions.object().put("instance_id", id);
                    if (failure == null
                            && questions.post(MODELS + "/unload", body)
                                    instanceof Heard.No(Failure refused, _)) {
                        failure = refused;
                    }
                }
                yield failure;
            }
            case Instances.Unseen(Failure failure) -> failure;
        };
    }

    /// LM Studio goes on with a transfer that nobody waits for any more.
    @Override
    public @Nullable Failure pull(String model, Duration patience, Progress progress) {
        if (place != RuntimeView.Place.HERE) {
            return unproven();
        }
        var questions = new Questions(fetch, server, patience);
        Heard heard = questions.post(MODELS + "/download", Questions.object().put("model", model));
        String job = null;
        do {
            switch (heard) {
                case Heard.No(Failure failure, _) -> {
                    return failure;
                }
                case Heard.Json(JsonNode root) -> {
                    String status = root.path("status").asString("");
                    job = job == null ? root.path("job_id").asString("") : job;
                    if (status.equals("completed") || status.equals("already_downloaded")) {
                        return null;
                    }
                    if (status.equals("failed") || status.isEmpty() || !isPlain(job)) {
                        return failed(model, status);
                    }
                    Long done = Questions.number(root.path("downloaded_bytes"));
                    Long total = Questions.number(root.path("total_size_bytes"));
                    if (!progress.now(status, done, total)) {
                        return new Failure.Abandoned("Nobody waits any more; LM Studio goes on.");
                    }
                }
            }
            if (!questions.pause()) {
                return questions.unfinished("downloading " + model);
            }
            heard = questions.get(MODELS + "/download/status/" + job);
        } while (true);
    }

    /// Whether a job's name can stand in an address.
    private static boolean isPlain(String job) {
        return job.matches("[A-Za-z0-9_-]{1,100}");
    }

    private Failure failed(String model, String status) {
        return status.isEmpty()
                ? Questions.garbled(server, "POST " + MODELS + "/download")
                : new Failure.Broken(
                        server
                                + ": the model `"
                                + model
                                + "` cannot be downloaded; its own window says why.",
                        Failure.Fault.SERVER_ERROR);
    }
}
