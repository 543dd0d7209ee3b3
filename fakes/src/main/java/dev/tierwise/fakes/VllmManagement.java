package dev.tierwise.fakes;

import dev.tierwise.fakes.RuntimeState.Stocked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// vLLM: the models of its start, and how busy it is.
record VllmManagement() implements Management {
    @Override
    public Optional<Said> answer(Asked asked, RuntimeState state) {
        return switch (asked.endpoint()) {
            case "GET /v1/models" -> Optional.of(models(state));
            case "GET /version" -> Optional.of(Said.Text.of(Json.object("version", "0.11.0")));
            case "GET /metrics" -> Optional.of(metrics(state));
            default -> Optional.empty();
        };
    }

    private static Said models(RuntimeState state) {
        List<Object> models = new ArrayList<>();
        for (Stocked model : state.disk()) {
            models.add(
                    Json.object(
                            "id",
                            model.name(),
                            "object",
                            "model",
                            "owned_by",
                            "vllm",
                            "root",
                            model.name(),
                            "parent",
                            null,
                            "max_model_len",
                            32_768));
        }
        return Said.Text.of(Json.object("object", "list", "data", models));
    }

    private static Said metrics(RuntimeState state) {
        var page = new StringBuilder("# TYPE vllm:num_requests_running gauge\n");
        var busy = state.busy();
        for (Stocked model : state.disk()) {
            String labels = "{engine=\"0\",model_name=\"" + model.name() + "\"} ";
            page.append("vllm:num_requests_running")
                    .append(labels)
                    .append(busy.running())
                    .append(".0\nvllm:num_requests_waiting")
                    .append(labels)
                    .append(busy.waiting())
                    .append(".0\n");
        }
        return new Said.Page(page.toString());
    }
}
