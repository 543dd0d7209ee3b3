package dev.tierwise.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How things stand with one model at one moment, for whoever chooses between models. What is
/// measured is a moving mean over the latest answers. Immutable.
///
/// @param running requests that are being answered where the model runs, those of other models
///   there included
/// @param waiting requests that wait for a place there
/// @param places how many can be answered there at once; 0 when not known
/// @param loaded whether the model is in memory and could begin at once
/// @param tokensPerSecond tokens of an answer in a second, the wait for the first one left out; NaN
///   until an answer was measured
/// @param firstTokenMillis how long the first piece of a streamed answer took, waiting for a place
///   left out; NaN until one was measured
/// @param lastUsed when it last began an answer; null for never, as far as is known
public record Standing(
        int running,
        int waiting,
        int places,
        Loaded loaded,
        double tokensPerSecond,
        double firstTokenMillis,
        @Nullable Instant lastUsed) {
    /// Nothing is known.
    public static final Standing UNKNOWN = of(Loaded.UNKNOWN, 0);

    /// Of a model of which only this is known.
    public static Standing of(Loaded loaded, int places) {
        return new Standing(0, 0, places, loaded, Double.NaN, Double.NaN, null);
    }

    /// Whether a model is in memory.
    public enum Loaded {
        /// It is, or it was a moment ago.
        YES,
        /// It has to be loaded first.
        NO,
        /// Its server does not say.
        UNKNOWN
    }
}
