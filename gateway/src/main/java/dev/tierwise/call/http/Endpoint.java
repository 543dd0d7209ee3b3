package dev.tierwise.call.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where an upstream is and how it wants to be spoken to. Printing it shows no credentials.
///
/// @param name the upstream's name in this gateway
/// @param base scheme, host, port and path before `/chat/completions` or `/api/chat`
/// @param headers sent with every request, credentials among them
/// @param api which dialect it speaks
/// @param streamUsage whether it gives the token counts of a stream only when asked
/// @param keepAlive how long Ollama is to keep a model loaded; null leaves it to Ollama
/// @param limits how long it may take
public record Endpoint(
        String name,
        URI base,
        Map<String, String> headers,
        Api api,
        boolean streamUsage,
        @Nullable String keepAlive,
        Limits limits) {
    public Endpoint {
        headers = Map.copyOf(headers);
    }

    /// The dialects that upstreams speak.
    public enum Api {
        /// `POST {base}/chat/completions`.
        OPENAI,
        /// `POST {base}/api/chat`.
        OLLAMA
    }

    /// How long an upstream may take.
    ///
    /// @param connect to accept a connection
    /// @param firstByte to begin its answer; for an answer that is not streamed, to make all of it
    /// @param idle between two bytes of an answer
    /// @param total for all of it
    public record Limits(Duration connect, Duration firstByte, Duration idle, Duration total) {}

    /// How long a model stays in memory after an answer; zero where that is not known. Ollama keeps
    /// one for five minutes unless it is told otherwise.
    public Duration kept() {
        if (api != Api.OLLAMA) {
            return Duration.ZERO;
        }
        if (keepAlive == null) {
            return Duration.ofMinutes(5);
        }
        return keepAlive.matches("\\d{1,9}s")
                ? Duration.ofSeconds(Long.parseLong(keepAlive.substring(0, keepAlive.length() - 1)))
                : Duration.ZERO;
    }

    /// The same, where models are kept for so long unless it was said otherwise.
    public Endpoint keeping(Duration time) {
        return keepAlive != null
                ? this
                : new Endpoint(
                        name, base, headers, api, streamUsage, time.toSeconds() + "s", limits);
    }

    @Override
    public String toString() {
        return "Endpoint[" + name + ", " + base + "]";
    }
}
