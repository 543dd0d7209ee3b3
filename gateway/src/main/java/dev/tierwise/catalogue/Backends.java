package dev.tierwise.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The backends that ship with the product. A backend's file is read when it is first asked for.
/// Safe for use by many threads.
public final class Backends {
    /// Every backend's name: servers on this machine in the order in which they are looked for,
    /// then hosted APIs in the order in which their models are preferred when all else is equal,
    /// then the generic one.
    public static final List<String> NAMES =
            List.of(
                    "ollama",
                    "lm-studio",
                    "llama-server",
                    "vllm",
                    "openai",
                    "anthropic",
                    "gemini",
                    "mistral",
                    "deepseek",
                    "xai",
                    "groq",
                    "cerebras",
                    "together",
                    "fireworks",
                    "openrouter",
                    "openai-compatible");

    private static final Map<String, Backend> READ = new ConcurrentHashMap<>();

    private Backends() {}

    /// The backend of that name, if there is one.
    public static Optional<Backend> named(String name) {
        return NAMES.contains(name)
                ? Optional.of(READ.computeIfAbsent(name, BackendFile::read))
                : Optional.empty();
    }
}
