package dev.tierwise.call.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a runtime said of itself at one moment. Immutable; null stands for what it did not say.
///
/// @param version its version
/// @param disk the models that it could load; empty where the look was at memory and the runtime
///   would have had to be asked once more
/// @param memory the models that it has loaded or is loading
/// @param waiting requests that wait in it, for whichever model
/// @param tokensPerSecond how fast it makes the tokens of an answer
public record RuntimeView(
        @Nullable String version,
        List<Stored> disk,
        List<Held> memory,
        @Nullable Integer waiting,
        @Nullable Double tokensPerSecond) {
    public RuntimeView {
        disk = List.copyOf(disk);
        memory = List.copyOf(memory);
    }

    /// A model on disk.
    ///
    /// @param name its name at the runtime
    /// @param bytes size of its files
    /// @param context the most tokens that it can have
    /// @param base what it is made from: a family or a base model; models with the same share it
    /// @param place where it would run
    public record Stored(
            String name,
            @Nullable Long bytes,
            @Nullable Long context,
            @Nullable String base,
            Place place) {}

    /// Where a model runs, as far as its runtime says.
    public enum Place {
        /// Where the runtime is.
        HERE,
        /// The runtime hands its requests on.
        ELSEWHERE,
        /// It may hand them on; nothing in its answers tells.
        UNPROVEN
    }

    /// A model in memory.
    ///
    /// @param name its name at the runtime
    /// @param phase whether it can answer
    /// @param size what it takes
    /// @param until when it leaves if nobody asks it
    /// @param load how busy it is
    public record Held(String name, Phase phase, Size size, @Nullable Instant until, Load load) {}

    /// How far a model has come into memory.
    public enum Phase {
        /// It is on its way, and takes its memory already.
        LOADING,
        /// It can answer.
        READY,
        /// It sleeps, and is loaded again when it is asked.
        ASLEEP
    }

    /// What a model in memory takes.
    ///
    /// @param bytes all its memory
    /// @param graphics the part of it in the memory of graphics cards
    /// @param context tokens that one request may have
    public record Size(@Nullable Long bytes, @Nullable Long graphics, @Nullable Integer context) {
        /// Nothing is known.
        public static final Size UNKNOWN = new Size(null, null, null);
    }

    /// How busy a model is.
    ///
    /// @param slots requests that it can answer at once
    /// @param busy requests that it answers now
    /// @param waiting requests that wait for it
    public record Load(@Nullable Integer slots, @Nullable Integer busy, @Nullable Integer waiting) {
        /// Nothing is known.
        public static final Load UNKNOWN = new Load(null, null, null);
    }

    /// The model of that name in memory.
    public Optional<Held> held(String name) {
        return memory.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
