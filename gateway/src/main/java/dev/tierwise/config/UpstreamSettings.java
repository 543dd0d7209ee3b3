package dev.tierwise.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A server that has models. What is null is taken from its backend.
///
/// @param name its name in this gateway
/// @param backend the name of its backend, not yet checked
/// @param url scheme, host and port, and a path if it has one
/// @param key sent with every request; null for the backend's variable or none
/// @param api which of Ollama's two dialects to speak
/// @param timeouts how long it may take
/// @param retries further tries after the first
/// @param maxConcurrent requests that it may have at once
/// @param queueWait how long a request waits for a free place
/// @param keepAlive how long Ollama is to keep a model loaded; null leaves it to Ollama
/// @param zone where its models run; null for the usual place of its kind
/// @param loading how its models get into memory
public record UpstreamSettings(
        String name,
        String backend,
        @Nullable URI url,
        @Nullable Secret key,
        @Nullable Api api,
        Timeouts timeouts,
        int retries,
        @Nullable Integer maxConcurrent,
        Duration queueWait,
        @Nullable Duration keepAlive,
        @Nullable String zone,
        Loading loading) {
    /// Further tries where the file is silent.
    public static final int RETRIES = 2;

    /// The wait for a free place where the file is silent.
    public static final Duration QUEUE_WAIT = Duration.ofSeconds(30);

    /// Ollama's dialects.
    public enum Api {
        /// `/api/chat`.
        NATIVE,
        /// `/v1/chat/completions`.
        OPENAI;

        /// The word used in the file.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How long an upstream may take; null for the backend's own limit.
    ///
    /// @param connect to accept a connection
    /// @param firstByte to begin its answer
    /// @param idle between two bytes of an answer
    /// @param total for all of it
    public record Timeouts(
            @Nullable Duration connect,
            @Nullable Duration firstByte,
            @Nullable Duration idle,
            @Nullable Duration total) {
        /// Every limit as the backend has it.
        public static final Timeouts NONE = new Timeouts(null, null, null, null);
    }

    /// How the models of a local runtime get into its memory.
    ///
    /// @param manage whether this gateway decides that; null for where the runtime is on this
    ///   machine
    /// @param memory bytes that all loaded models together may take; null for what the machine has
    /// @param models models that may be loaded at once; null for what is usual at the runtime
    /// @param preload models that are loaded at the start and come back, most wanted first; null
    ///   for the one that suits the machine best
    /// @param stay how long a model stays at least
    /// @param turn how long a model may be missed before others that are busy make room
    /// @param keep how long a model stays without a request
    /// @param rest how long nobody may have asked for other models before the preloaded come back
    /// @param queue requests that may wait for models at once
    /// @param patience how long a request waits for a model that has to be loaded; null for as long
    ///   as the first byte of an answer may take
    public record Loading(
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
        public static final Loading DEFAULT =
                new Loading(
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

        public Loading {
            preload = preload == null ? null : List.copyOf(preload);
        }
    }
}
