package dev.tierwise.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the models of a local runtime get into its memory.
///
/// @param manage whether this gateway decides that; null for where the runtime is on this machine
/// @param memory bytes that all loaded models together may take; null for what the machine has
/// @param models models that may be loaded at once; null for what is usual at the runtime
/// @param preload models that are loaded at the start and come back, most wanted first; null for
///   the one that suits the machine best
/// @param stay how long a model stays at least
/// @param turn how long a model may be missed before others that are busy make room
/// @param keep how long a model stays without a request
/// @param rest how long nobody may have asked for other models before the preloaded come back
/// @param queue requests that may wait for models at once
/// @param patience how long a request waits for a model that has to be loaded; null for as long as
///   the first byte of an answer may take
public record LoadingSettings(
        @Nullable Boolean manage,
        @Nullable Long memory,
        @Nullable Integer models,
        @Nullable List<String> preload,
        Duration stay,
        Duration turn,
        Duration keep,
        Duration rest,
        int queue,
        @Nullable Duration patience) {
    /// Where the file is silent.
    public static final LoadingSettings DEFAULT =
            new LoadingSettings(
                    null,
                    null,
                    null,
                    null,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(5),
                    256,
                    null);

    public LoadingSettings {
        preload = preload == null ? null : List.copyOf(preload);
    }
}
