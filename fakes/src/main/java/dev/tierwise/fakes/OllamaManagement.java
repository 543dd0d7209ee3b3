package dev.tierwise.fakes;

import dev.tierwise.fakes.RuntimeState.Stocked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ollama 0.33: `/api/tags`, `/api/ps`, `/api/show`, `/api/version`, `/api/status`, `/api/generate`
/// without a prompt, and `/api/pull`.
record OllamaManagement() implements Management {
    private static final long CONTEXT = 4_096;

    @Override
    public Optional<Said> answer(Asked asked, RuntimeState state) {
        return switch (asked.endpoint()) {
            case "GET /api/tags" -> Optional.of(tags(state));
            case "GET /api/ps" -> Optional.of(running(state));
            case "GET /api/version" -> Optional.of(Said.Text.of(Json.object("version", "0.33.0")));
            case "GET /api/status" ->
                    Optional.of(
                            Said.Text.of(
                                    Json.object(
                                            "cloud",
                                            Json.object("disabled", false, "source", "none"))));
            case "POST /api/show" -> Optional.of(show(named(asked, state), state));
            case "POST /api/generate" -> Optional.of(generate(asked, state));
            case "POST /api/pull" -> Optional.of(pull(asked.text("model"), state));
            default -> Optional.empty();
        };
    }

    /// Names without a tag stand for the tag `latest`.
    private static String named(Asked asked, RuntimeState state) {
        return named(asked.text("model"), state);
    }

    /// The name under which a model is on disk.
    static String named(String name, RuntimeState state) {
        return state.find(name).isPresent() || name.contains(":") ? name : name + ":latest";
    }

    private static Said tags(RuntimeState state) {
        List<Object> models = new ArrayList<>();
        for (Stocked model : state.disk()) {
            var tag = entry(model);
            tag.put("modified_at", "2026-01-01T00:00:00.123456789+02:00");
            tag.put("capabilities", List.of("completion", "tools"));
            models.add(remote(model, tag));
        }
        return Said.Text.of(Json.object("models", models));
    }

    private static Said running(RuntimeState state) {
        List<Object> models = new ArrayList<>();
        for (String name : state.loaded()) {
            state.find(name)
                    .ifPresent(model -> {
                        var entry = entry(model);
                        entry.put("expires_at", "2026-01-01T00:05:00.123456789+02:00");
                        entry.put("size_vram", model.bytes() / 2);
                        entry.put("context_length", CONTEXT);
                        models.add(entry);
                    });
        }
        return Said.Text.of(Json.object("models", models));
    }

    private static Map<String, @Nullable Object> entry(Stocked model) {
        return Json.object(
                "name",
                model.name(),
                "model",
                model.name(),
                "size",
                model.bytes(),
                "digest",
                "f".repeat(64),
                "details",
                Json.object(
                        "parent_model",
                        "",
                        "format",
                        "gguf",
                        "family",
                        "llama",
                        "parameter_size",
                        "3.2B",
                        "quantization_level",
                        "Q4_K_M",
                        "context_length",
                        131_072));
    }

    private static Map<String, @Nullable Object> remote(
            Stocked model, Map<String, @Nullable Object> entry) {
        if (model.where() == RuntimeState.Where.CLOUD) {
            entry.put("remote_model", model.name());
            entry.put("remote_host", "https://ollama.com:443");
        }
        return entry;
    }

    private static Said show(String name, RuntimeState state) {
        return state.find(name)
                .map(model ->
                        Said.Text.of(
                                remote(
                                        model,
                                        Json.object(
                                                "details",
                                                Json.object("family", "llama"),
                                                "capabilities",
                                                List.of("completion")))))
                .orElseGet(() -> missing(name));
    }

    private static Said.Text missing(String name) {
        return Said.Text.of(404, Json.object("error", "model '" + name + "' not found"));
    }

    /// Without a prompt it loads, or unloads where it is to be kept for no time.
    private static Said generate(Asked asked, RuntimeState state) {
        String name = named(asked, state);
        Optional<Stocked> model = state.find(name);
        if (model.isEmpty()) {
            return missing(name);
        }
        if (model.get().where() == RuntimeState.Where.CLOUD) {
            state.note("cloud " + name);
            return Said.Text.of(remote(model.get(), done(name, "load")));
        }
        if (asked.body().path("keep_alive").asInt(-1) == 0) {
            state.unload(name);
            return Said.Text.of(done(name, "unload"));
        }
        state.context(name, asked.body().path("options").path("num_ctx").asInt(0));
        return Management.after(state.load(name), 500, () -> Said.Text.of(done(name, "load")));
    }

    private static Map<String, @Nullable Object> done(String name, String reason) {
        return Json.object(
                "model",
                name,
                "created_at",
                "2026-01-01T00:00:00Z",
                "response",
                "",
                "done",
                true,
                "done_reason",
                reason);
    }

    /// A model whose name says that it is missing is not in the registry.
    private static Said pull(String name, RuntimeState state) {
        List<String> lines = new ArrayList<>();
        lines.add(line(Json.object("status", "pulling manifest")));
        if (name.contains("missing")) {
            lines.add(line(Json.object("error", "pull model manifest: file does not exist")));
            return new Said.Events(lines);
        }
        for (long done : new long[] {0, 400, 1000}) {
            lines.add(
                    line(
                            Json.object(
                                    "status",
                                    "pulling ffffffffffff",
                                    "digest",
                                    "sha256:" + "f".repeat(64),
                                    "total",
                                    1000,
                                    "completed",
                                    done)));
        }
        lines.add(line(Json.object("status", "verifying sha256 digest")));
        lines.add(line(Json.object("status", "writing manifest")));
        lines.add(line(Json.object("status", "success")));
        state.with(name, 1000);
        state.note("pull " + name);
        return new Said.Events(lines);
    }

    private static String line(Map<String, @Nullable Object> object) {
        return Json.text(object) + "\n";
    }
}
