package dev.tierwise.fakes;

import dev.tierwise.fakes.Management.Said.Text;
import dev.tierwise.fakes.RuntimeState.Busy;
import dev.tierwise.fakes.RuntimeState.Form;
import dev.tierwise.fakes.RuntimeState.Stocked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// llama-server: with one model, the first on disk, or as a router of several. A router answers a
/// load at once and goes on with it.
record LlamaManagement() implements Management {
    @Override
    public Optional<Said> answer(Asked asked, RuntimeState state) {
        boolean routes = state.form() == Form.PRESENT;
        return switch (asked.endpoint()) {
            case "GET /models", "GET /v1/models" -> Optional.of(models(state, routes));
            case "GET /props" -> Optional.of(of(asked, state, routes, this::props));
            case "GET /slots" -> Optional.of(of(asked, state, routes, this::slots));
            case "GET /metrics" -> Optional.of(of(asked, state, routes, this::metrics));
            case "POST /models/load" ->
                    routes ? Optional.of(load(asked.text("model"), state)) : Optional.empty();
            case "POST /models/unload" ->
                    routes ? Optional.of(unload(asked.text("model"), state)) : Optional.empty();
            case "POST /models" ->
                    routes ? Optional.of(download(asked.text("model"), state)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Said of(
            Asked asked, RuntimeState state, boolean routes, Function<Busy, Said> page) {
        if (routes && asked.query().isEmpty() && asked.endpoint().equals("GET /props")) {
            return Text.of(
                    Json.object("role", "router", "max_instances", 4, "models_autoload", true));
        }
        return !routes || state.loaded().contains(asked.query())
                ? page.apply(state.busy())
                : error(400, "model is not loaded");
    }

    private Said props(Busy busy) {
        return Text.of(
                Json.object(
                        "default_generation_settings",
                        Json.object("n_ctx", 8_192),
                        "total_slots",
                        busy.slots(),
                        "model_path",
                        "/models/fake.gguf",
                        "build_info",
                        "b11669-fake",
                        "is_sleeping",
                        false));
    }

    private Said slots(Busy busy) {
        List<Object> slots = new ArrayList<>();
        for (int i = 0; i < busy.slots(); i++) {
            slots.add(Json.object("id", i, "n_ctx", 8_192, "is_processing", i < busy.running()));
        }
        return Text.of(slots);
    }

    private Said metrics(Busy busy) {
        return new Said.Page(
                """
                # HELP llamacpp:predicted_tokens_seconds Average generation throughput.
                # TYPE llamacpp:predicted_tokens_seconds gauge
                llamacpp:predicted_tokens_seconds 42.5
                # TYPE llamacpp:requests_processing gauge
                llamacpp:requests_processing %d
                # TYPE llamacpp:requests_deferred gauge
                llamacpp:requests_deferred %d
                """
                        .formatted(busy.running(), busy.waiting()));
    }

    private static Text models(RuntimeState state, boolean routes) {
        List<Object> models = new ArrayList<>();
        for (Stocked model : state.disk()) {
            if (routes || models.isEmpty()) {
                models.add(model(model, state, routes));
            }
        }
        return Text.of(Json.object("object", "list", "data", models));
    }

    private static Map<String, @Nullable Object> model(
            Stocked model, RuntimeState state, boolean routes) {
        var entry =
                Json.object(
                        "id",
                        model.name(),
                        "object",
                        "model",
                        "owned_by",
                        "llamacpp",
                        "aliases",
                        List.of());
        if (!routes || state.loaded().contains(model.name())) {
            entry.put("meta", Json.object("size", model.bytes(), "n_ctx_train", 131_072));
        }
        if (routes) {
            entry.put("status", status(model.name(), state));
        }
        return entry;
    }

    private static Map<String, @Nullable Object> status(String name, RuntimeState state) {
        if (state.loaded().contains(name)) {
            return Json.object("value", "loaded");
        }
        if (state.loading().contains(name)) {
            return Json.object("value", "loading");
        }
        return state.log().contains("failed " + name)
                ? Json.object("value", "unloaded", "failed", true, "exit_code", 1)
                : Json.object("value", "unloaded");
    }

    private static Text load(String name, RuntimeState state) {
        if (state.find(name).isEmpty()) {
            return error(404, "File Not Found");
        }
        var _ =
                state.load(name)
                        .onSuccess(wrong -> {
                            if (wrong != null) {
                                state.note("failed " + name);
                            }
                        });
        return Text.of(Json.object("success", true));
    }

    private static Text unload(String name, RuntimeState state) {
        if (!state.loaded().contains(name)) {
            return error(400, "model is not running");
        }
        state.unload(name);
        return Text.of(Json.object("success", true));
    }

    /// One whose name says that it is missing is not fetched, without a word.
    private static Text download(String name, RuntimeState state) {
        state.note("pull " + name);
        if (!name.contains("missing")) {
            state.with(name, 1000);
        }
        return Text.of(Json.object("success", true));
    }

    private static Text error(int status, String message) {
        return Text.of(
                status, Json.object("error", Json.object("code", status, "message", message)));
    }
}
