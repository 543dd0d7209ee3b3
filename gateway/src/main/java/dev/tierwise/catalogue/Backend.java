package dev.tierwise.catalogue;

import dev.tierwise.core.Capability;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How one kind of server is spoken to, as its documentation says. One YAML file each.
///
/// @param name the word for it in configuration, such as `llama-server`
/// @param title its name for people
/// @param kind where it runs
/// @param documentation where these facts were read
/// @param url scheme, host and port where it is found by default; null when the user must say
/// @param path goes between [#url] and `/chat/completions`; may be empty
/// @param auth how a key is sent, if there is one
/// @param keyVariables environment variables that may hold the key, first wins
/// @param urlVariables environment variables that may hold the address, first wins
/// @param dialect the wire format it is best spoken to in
/// @param quirks where it differs from the plain OpenAI API
/// @param timeouts how long to wait for it, by default
/// @param maxConcurrent how many requests it takes at once, by default
/// @param grants what all its models can do, whatever else is known of them
/// @param lacks what none of its models can do when spoken to this way
/// @param since the versions from which on it has what it grants, where it had not always
/// @param sinceWithTools the same in answers to requests with tools
public record Backend(
        String name,
        String title,
        Kind kind,
        Documentation documentation,
        @Nullable URI url,
        String path,
        Auth auth,
        List<String> keyVariables,
        List<String> urlVariables,
        Dialect dialect,
        Quirks quirks,
        Timeouts timeouts,
        int maxConcurrent,
        Set<Capability> grants,
        Set<Capability> lacks,
        Map<Capability, String> since,
        Map<Capability, String> sinceWithTools) {
    public Backend {
        keyVariables = List.copyOf(keyVariables);
        urlVariables = List.copyOf(urlVariables);
        grants = Set.copyOf(grants);
        lacks = Set.copyOf(lacks);
        since = Map.copyOf(since);
        sinceWithTools = Map.copyOf(sinceWithTools);
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException(name + ": max-concurrent below 1");
        }
    }

    /// What a model can do on this backend.
    ///
    /// @param own what the model can do by itself
    public Set<Capability> capabilities(Set<Capability> own) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(own);
        all.addAll(grants);
        all.removeAll(lacks);
        return all;
    }

    /// The version from which on it has what it grants; empty where it always had.
    ///
    /// @param tools whether the model takes tools
    public String since(Capability granted, boolean tools) {
        String plain = since.getOrDefault(granted, "");
        return tools ? sinceWithTools.getOrDefault(granted, plain) : plain;
    }

    /// Where a backend runs.
    public enum Kind {
        /// On the user's own machine.
        LOCAL,
        /// On its maker's machines.
        CLOUD
    }

    /// The wire format of a backend.
    public enum Dialect {
        /// OpenAI's chat completions.
        OPENAI,
        /// Ollama's own `/api/chat`; the OpenAI dialect is there too, below [Backend#path].
        OLLAMA;

        /// The word used in files, such as `ollama`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// When a stream tells how many tokens it took.
    public enum StreamUsage {
        /// Only when `stream_options.include_usage` asks for it.
        ASK,
        /// Without being asked.
        ALWAYS,
        /// Never.
        NEVER
    }

    /// Where the facts come from.
    ///
    /// @param url the page
    /// @param read the day on which it was read
    public record Documentation(URI url, LocalDate read) {}

    /// How a key is sent.
    ///
    /// @param header the header's name
    /// @param form its value with `{key}` where the key goes
    public record Auth(String header, String form) {
        /// The header's value for `key`.
        public String value(String key) {
            return form.replace("{key}", key);
        }
    }

    /// Where a backend differs from the plain OpenAI API.
    ///
    /// @param streamUsage when a stream tells its token counts
    /// @param doneOptional whether a whole stream may end without `data: [DONE]`
    /// @param unsupported top-level request fields that it refuses
    public record Quirks(StreamUsage streamUsage, boolean doneOptional, Set<String> unsupported) {
        public Quirks {
            unsupported = Set.copyOf(unsupported);
        }
    }

    /// How long to wait.
    ///
    /// @param connect for the connection
    /// @param firstByte for the first byte of the answer; a local model reads a long prompt for
    ///   minutes
    /// @param idle between two pieces of a stream
    public record Timeouts(Duration connect, Duration firstByte, Duration idle) {}
}
