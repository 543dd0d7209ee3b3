package dev.tierwise.fakes;

import dev.tierwise.fakes.RuntimeState.Form;
import dev.tierwise.fakes.RuntimeState.Stocked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// LM Studio: v1 of its interface, or v0 only. An unknown path is answered with status 200 and an
/// error, as LM Studio does.
record LmStudioManagement() implements Management {
    private static final String JOBS = "GET /api/v1/models/download/status/";
    private static final int CONTEXT = 8_192;

    @Override
    public Optional<Said> answer(Asked asked, RuntimeState state) {
        if (asked.endpoint().contains(" /api/v1/")) {
            return Optional.of(
                    state.form() == Form.FORMER ? unexpected(asked) : present(asked, state));
        }
        return asked.endpoint().equals("GET /api/v0/models")
                ? Optional.of(former(state))
                : Optional.empty();
    }

    private static Said.Text unexpected(Asked asked) {
        return Said.Text.of(
                Json.object("error", "Unexpected endpoint or method. (" + asked.endpoint() + ")"));
    }

    private static Said present(Asked asked, RuntimeState state) {
        return switch (asked.endpoint()) {
            case "GET /api/v1/models" -> models(state);
            case "POST /api/v1/models/load" -> load(asked.text("model"), state);
            case "POST /api/v1/models/unload" -> unload(asked.text("instance_id"), state);
            case "POST /api/v1/models/download" -> download(asked.text("model"), state);
            default ->
                    asked.endpoint().startsWith(JOBS)
                            ? job(asked.endpoint().substring(JOBS.length()), state)
                            : unexpected(asked);
        };
    }

    private static Said.Text models(RuntimeState state) {
        List<Object> models = new ArrayList<>();
        for (Stocked model : state.disk()) {
            boolean loaded = state.loaded().contains(model.name());
            models.add(
                    Json.object(
                            "type",
                            "llm",
                            "publisher",
                            "fake",
                            "key",
                            model.name(),
                            "display_name",
                            model.name(),
                            "size_bytes",
                            model.bytes(),
                            "params_string",
                            "3B",
                            "loaded_instances",
                            loaded ? List.of(instance(model, state)) : List.of(),
                            "max_context_length",
                            131_072,
                            "format",
                            "gguf"));
        }
        return Said.Text.of(Json.object("models", models));
    }

    private static Map<String, @Nullable Object> instance(Stocked model, RuntimeState state) {
        return Json.object(
                "id",
                model.name() + ":2",
                "config",
                Json.object("context_length", CONTEXT, "parallel", state.busy().slots()));
    }

    private static Said load(String name, RuntimeState state) {
        if (state.find(name).isEmpty()) {
            return missing(name);
        }
        return Management.after(
                state.load(name),
                500,
                () ->
                        Said.Text.of(
                                Json.object(
                                        "type",
                                        "llm",
                                        "instance_id",
                                        name + ":2",
                                        "load_time_seconds",
                                        1.5,
                                        "status",
                                        "loaded")));
    }

    private static Said.Text missing(String name) {
        return Said.Text.of(
                404,
                Json.object(
                        "error",
                        Json.object("type", "model_not_found", "message", "no model " + name)));
    }

    private static Said.Text unload(String instance, RuntimeState state) {
        String name = instance.replaceFirst(":2$", "");
        if (!state.loaded().contains(name)) {
            return missing(instance);
        }
        state.unload(name);
        return Said.Text.of(Json.object("instance_id", instance));
    }

    /// A model whose name says that it is missing cannot be had.
    private static Said.Text download(String name, RuntimeState state) {
        if (state.find(name).isPresent()) {
            return Said.Text.of(Json.object("status", "already_downloaded"));
        }
        state.note("pull " + name);
        return Said.Text.of(
                Json.object(
                        "job_id",
                        name.contains("missing") ? "job_bad" : "job_" + name,
                        "status",
                        "downloading",
                        "total_size_bytes",
                        1000));
    }

    /// The first look at a job finds it half done, the second at its end.
    private static Said.Text job(String job, RuntimeState state) {
        if (job.equals("job_bad")) {
            return Said.Text.of(Json.object("job_id", job, "status", "failed"));
        }
        String name = job.substring("job_".length());
        if (!state.log().contains("half " + name)) {
            state.note("half " + name);
            return Said.Text.of(
                    Json.object(
                            "job_id",
                            job,
                            "status",
                            "downloading",
                            "downloaded_bytes",
                            500,
                            "total_size_bytes",
                            1000,
                            "bytes_per_second",
                            500));
        }
        state.with(name, 1000);
        return Said.Text.of(
                Json.object("job_id", job, "status", "completed", "downloaded_bytes", 1000));
    }

    private static Said.Text former(RuntimeState state) {
        List<Object> models = new ArrayList<>();
        for (Stocked model : state.disk()) {
            boolean loaded = state.loaded().contains(model.name());
            var entry =
                    Json.object(
                            "id",
                            model.name(),
                            "object",
                            "model",
                            "type",
                            "llm",
                            "state",
                            loaded ? "loaded" : "not-loaded",
                            "max_context_length",
                            131_072);
            if (loaded) {
                entry.put("loaded_context_length", CONTEXT);
            }
            models.add(entry);
        }
        return Said.Text.of(Json.object("object", "list", "data", models));
    }
}
