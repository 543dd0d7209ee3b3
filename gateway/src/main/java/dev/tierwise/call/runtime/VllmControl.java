package dev.tierwise.call.runtime;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.runtime.Questions.Heard;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// vLLM: `/v1/models` and `/metrics`. It serves the model that it was started with, and adapters on
/// it; how busy it is holds for all of them together. Thread-safe.
///
/// @param fetch how to ask
/// @param server where it is
public record VllmControl(Fetch fetch, RuntimeServer server) implements RuntimeControl {
    @Override
    public Look look(Scope scope, Duration patience) {
        var questions = new Questions(fetch, server, patience);
        return switch (questions.get("/v1/models")) {
            case Heard.Json(JsonNode root) when root.path("data").isArray() ->
                    seen(questions, root, scope);
            case Heard.Json _ -> new Look.Unseen(Questions.garbled(server, "GET /v1/models"));
            case Heard.No(Failure failure, _) -> new Look.Unseen(failure);
        };
    }

    private static Look seen(Questions questions, JsonNode root, Scope scope) {
        String page = questions.text("/metrics");
        var metrics = new MetricsText(page == null ? "" : page);
        Integer running = metrics.count("vllm:num_requests_running");
        Integer waiting = metrics.count("vllm:num_requests_waiting");
        List<RuntimeView.Stored> disk = new ArrayList<>();
        List<RuntimeView.Held> memory = new ArrayList<>();
        for (JsonNode model : root.path("data")) {
            String name = model.path("id").asString("");
            if (name.isEmpty()) {
                continue;
            }
            Long context = Questions.number(model.path("max_model_len"));
            String base = model.path("parent").asString("");
            disk.add(
                    new RuntimeView.Stored(
                            name,
                            null,
                            context,
                            base.isBlank() ? null : base,
                            RuntimeView.Place.HERE));
            memory.add(
                    new RuntimeView.Held(
                            name,
                            RuntimeView.Phase.READY,
                            new RuntimeView.Size(
                                    null, null, Questions.count(model.path("max_model_len"))),
                            null,
                            new RuntimeView.Load(null, running, waiting)));
        }
        return new Look.Seen(
                switch (scope) {
                    case MEMORY -> new RuntimeView(null, List.of(), memory, waiting, null);
                    case ALL -> new RuntimeView(version(questions), disk, memory, waiting, null);
                });
    }

    private static @Nullable String version(Questions questions) {
        return questions.get("/version") instanceof Heard.Json(JsonNode root)
                ? root.path("version").asString(null)
                : null;
    }

    @Override
    public @Nullable Failure load(Order order) {
        return switch (look(Scope.MEMORY, order.patience())) {
            case Look.Seen(RuntimeView view) when view.held(order.model()).isPresent() -> null;
            case Look.Seen _ -> fixed();
            case Look.Unseen(Failure failure) -> failure;
        };
    }

    @Override
    public @Nullable Failure unload(String model, Duration patience) {
        return switch (look(Scope.MEMORY, patience)) {
            case Look.Seen(RuntimeView view) when view.held(model).isEmpty() -> null;
            case Look.Seen _ -> fixed();
            case Look.Unseen(Failure failure) -> failure;
        };
    }

    @Override
    public @Nullable Failure pull(String model, Duration patience, Progress progress) {
        return fixed();
    }

    private Failure fixed() {
        return Questions.vetoed(
                server,
                "vLLM serves the model that it was started with; start another with `vllm serve"
                        + " MODEL`.",
                NOT_SUPPORTED);
    }
}
