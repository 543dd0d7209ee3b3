package dev.tierwise.fakes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The models of a server in the words of each kind. A model whose name ends in `-cloud` or
/// `:cloud` runs elsewhere, as at Ollama. Sizes are read from names such as `qwen2.5:7b`.
///
/// @param kind the server
/// @param models the names of its models
record Listings(Kind kind, List<String> models) {
    private static final Pattern BILLIONS = Pattern.compile("(\\d+(?:\\.\\d+)?)b\\b");
    private static final int CONTEXT_TOKENS = 32_768;
    private static final String DATE = "2026-01-01T00:00:00Z";

    /// The answer to a GET, empty where this kind has no such endpoint.
    Optional<String> get(String path) {
        return switch (path) {
            case "/v1/models" -> Optional.of(openAi());
            case "/api/tags" -> when(speaksOllama(), Json.object("models", each(this::tag)));
            case "/api/ps" -> when(speaksOllama(), Json.object("models", each(this::running)));
            case "/api/version" -> when(speaksOllama(), Json.object("version", "0.33.0"));
            case "/api/v0/models" ->
                    when(
                            kind == Kind.LM_STUDIO,
                            Json.object("object", "list", "data", each(Listings::lmStudio)));
            case "/props" -> when(kind == Kind.LLAMA_SERVER, props());
            case "/version" -> when(kind == Kind.VLLM, Json.object("version", "0.11.0"));
            case "/health" -> health();
            default -> Optional.empty();
        };
    }

    /// Whether the endpoints of Ollama are there.
    boolean speaksOllama() {
        return kind == Kind.ALL || kind == Kind.OLLAMA;
    }

    /// The answer to Ollama's `/api/show`, empty when there is no such model.
    Optional<String> show(String model) {
        return when(
                models.contains(model),
                remote(
                        model,
                        Json.object(
                                "modelfile",
                                "FROM " + model,
                                "parameters",
                                "",
                                "template",
                                "{{ .Prompt }}",
                                "details",
                                details(model),
                                "model_info",
                                Json.object(
                                        "general.architecture",
                                        "llama",
                                        "general.parameter_count",
                                        parameters(model),
                                        "llama.context_length",
                                        CONTEXT_TOKENS,
                                        "llama.embedding_length",
                                        2048),
                                "capabilities",
                                List.of("completion", "tools"),
                                "modified_at",
                                DATE)));
    }

    private Optional<String> health() {
        return switch (kind) {
            case LLAMA_SERVER -> Optional.of(Json.text(Json.object("status", "ok")));
            case VLLM -> Optional.of("");
            case ALL, OPENAI, OLLAMA, LM_STUDIO -> Optional.empty();
        };
    }

    private String openAi() {
        return Json.text(Json.object("object", "list", "data", each(this::openAi)));
    }

    private Map<String, @Nullable Object> openAi(String model) {
        var entry =
                Json.object(
                        "id",
                        model,
                        "object",
                        "model",
                        "created",
                        1_760_000_000L,
                        "owned_by",
                        owner());
        switch (kind) {
            case VLLM -> {
                entry.put("root", model);
                entry.put("parent", null);
                entry.put("max_model_len", CONTEXT_TOKENS);
            }
            case LLAMA_SERVER ->
                    entry.put(
                            "meta",
                            Json.object(
                                    "n_params",
                                    parameters(model),
                                    "n_ctx_train",
                                    CONTEXT_TOKENS,
                                    "n_embd",
                                    2048,
                                    "size",
                                    parameters(model) / 2));
            case ALL, OPENAI, OLLAMA, LM_STUDIO -> {}
        }
        return entry;
    }

    private String owner() {
        return switch (kind) {
            case ALL, OPENAI -> "openai";
            case OLLAMA -> "library";
            case LM_STUDIO -> "organization_owner";
            case LLAMA_SERVER -> "llamacpp";
            case VLLM -> "vllm";
        };
    }

    private Map<String, @Nullable Object> tag(String model) {
        return remote(
                model,
                Json.object(
                        "name",
                        model,
                        "model",
                        model,
                        "modified_at",
                        DATE,
                        "size",
                        parameters(model) / 2,
                        "digest",
                        "f".repeat(64),
                        "details",
                        details(model),
                        "capabilities",
                        List.of("completion", "tools")));
    }

    private Map<String, @Nullable Object> running(String model) {
        return Json.object(
                "name",
                model,
                "model",
                model,
                "size",
                parameters(model) / 2,
                "digest",
                "f".repeat(64),
                "details",
                details(model),
                "expires_at",
                "2100-01-01T00:00:00Z",
                "size_vram",
                parameters(model) / 2,
                "context_length",
                CONTEXT_TOKENS);
    }

    private static Map<String, @Nullable Object> remote(
            String model, Map<String, @Nullable Object> entry) {
        if (model.endsWith("-cloud") || model.endsWith(":cloud")) {
            entry.put("remote_model", model.replaceFirst("[-:]cloud$", ""));
            entry.put("remote_host", "https://ollama.com:443");
        }
        return entry;
    }

    private static Map<String, @Nullable Object> details(String model) {
        return Json.object(
                "parent_model", "",
                "format", "gguf",
                "family", "llama",
                "families", List.of("llama"),
                "parameter_size", parameters(model) / 1_000_000 + "M",
                "quantization_level", "Q4_K_M");
    }

    private static Map<String, @Nullable Object> lmStudio(String model) {
        return Json.object(
                "id", model,
                "object", "model",
                "type", "llm",
                "publisher", "fake",
                "arch", "llama",
                "compatibility_type", "gguf",
                "quantization", "Q4_K_M",
                "state", "loaded",
                "max_context_length", CONTEXT_TOKENS,
                "loaded_context_length", CONTEXT_TOKENS,
                "capabilities", List.of("tool_use"));
    }

    private Map<String, @Nullable Object> props() {
        return Json.object(
                "default_generation_settings",
                Json.object("n_ctx", CONTEXT_TOKENS),
                "total_slots",
                1,
                "model_path",
                "/models/" + (models.isEmpty() ? "none" : models.getFirst()),
                "chat_template",
                "{{ messages }}",
                "build_info",
                "b11669-fake",
                "is_sleeping",
                false);
    }

    /// A billion where the name does not say.
    private static long parameters(String model) {
        var found = BILLIONS.matcher(model);
        return found.find() ? (long) (Double.parseDouble(found.group(1)) * 1e9) : 1_000_000_000L;
    }

    private List<Map<String, @Nullable Object>> each(
            Function<String, Map<String, @Nullable Object>> entry) {
        return models.stream().map(entry).toList();
    }

    private static Optional<String> when(boolean present, Object answer) {
        return present ? Optional.of(Json.text(answer)) : Optional.empty();
    }
}
