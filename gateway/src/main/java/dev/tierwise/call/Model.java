package dev.tierwise.call;

import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One model that can be asked, wherever it runs. Implementations are thread-safe.
public interface Model {
    /// What is known of the model.
    ModelCard card();

    /// Whether the model seems fit to answer: false while its breaker is open.
    boolean healthy();

    /// How things stand with the model now. Cheap: takes no lock and asks nobody.
    default Standing standing() {
        return Standing.UNKNOWN;
    }

    /// Asks the model. Blocks the calling virtual thread until the answer is whole or, where the
    /// prompt wants a stream, until its first event is here. An interrupt means that the client
    /// left: the upstream's work is cancelled at once and the outcome is [Outcome.Failed] with
    /// `Abandoned`; the thread's interrupt flag is set again.
    ///
    /// @param clearance the leave to show the prompt to this model; checked again here
    /// @param call who asks, and where failed tries are to be reported
    Outcome ask(Clearance clearance, Call call);

    /// How things stand with one model at one moment, for whoever chooses between models. What is
    /// measured is a moving mean over the latest answers. Immutable.
    ///
    /// @param running requests that are being answered where the model runs, those of other models
    ///   there included
    /// @param waiting requests that wait for a place there
    /// @param places how many can be answered there at once; 0 when not known
    /// @param loaded whether the model is in memory and could begin at once
    /// @param tokensPerSecond tokens of an answer in a second, the wait for the first one left out;
    ///   NaN until an answer was measured
    /// @param firstTokenMillis how long the first piece of a streamed answer took, waiting for a
    ///   place left out; NaN until one was measured
    /// @param lastUsed when it last began an answer; null for never, as far as is known
    record Standing(
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
}
