package dev.tierwise.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How models run on this machine by the gateway's own doing. What is null is decided at start.
///
/// @param llamaServer whether llama.cpp's llama-server runs them, where it can
/// @param threads computing threads for each; null for the free cores
/// @param context tokens of prompt and answer that each gets; null for the usual
/// @param slots requests that each answers at once
/// @param memory bytes that models in this process may take together; null for half of what the
///   machine has
/// @param adapters changes to models, each of them a model by a name of its own
public record EngineSettings(
        LlamaServer llamaServer,
        @Nullable Integer threads,
        @Nullable Long context,
        int slots,
        @Nullable Long memory,
        List<Adapter> adapters) {
    /// What holds where the file is silent.
    public static final EngineSettings DEFAULT =
            new EngineSettings(new LlamaServer.Auto(), null, null, 2, null, List.of());

    public EngineSettings {
        adapters = List.copyOf(adapters);
    }

    /// A LoRA adapter over a model that was pulled.
    ///
    /// @param name what requests call the two together
    /// @param model the model's name
    /// @param file the adapter's GGUF file, absolute
    /// @param scale how much of it is added; 1 for what it was trained with
    public record Adapter(String name, String model, Path file, double scale) {}

    /// Whether to use llama-server, and which.
    public sealed interface LlamaServer {
        /// The one on the `PATH`, if there is one.
        record Auto() implements LlamaServer {}

        /// None.
        record Off() implements LlamaServer {}

        /// This one.
        ///
        /// @param program its file, absolute
        record At(Path program) implements LlamaServer {}

        /// How the file says it.
        default String word() {
            return switch (this) {
                case Auto _ -> "auto";
                case Off _ -> "off";
                case At(Path program) -> program.toString();
            };
        }
    }
}
