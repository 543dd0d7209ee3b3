package dev.tierwise.config;

import java.net.URI;
import java.time.Duration;
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
        LoadingSettings loading) {
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
}
