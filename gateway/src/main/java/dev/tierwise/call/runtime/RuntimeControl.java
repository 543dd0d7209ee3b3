package dev.tierwise.call.runtime;

import dev.tierwise.core.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What can be seen and changed of the models of one local runtime. Carries no prompt. Blocks the
/// calling thread, which is meant to be a virtual one; thread-safe. What a server or the network
/// does comes back as a value; what a runtime cannot say is null, what it cannot do is a
/// [Failure.Vetoed] with the code [#NOT_SUPPORTED].
///
/// No implementation loads a model that runs elsewhere: such an order is a [Failure.Vetoed] with
/// the code [#NOT_LOCAL].
public interface RuntimeControl {
    /// The code of what a runtime cannot do.
    String NOT_SUPPORTED = "not_supported";

    /// The code of a model that does not run where its runtime is.
    String NOT_LOCAL = "model_not_local";

    /// The name under which the runtime lists a model that is asked for by this name.
    default String listed(String model) {
        return model;
    }

    /// Looks at the runtime, within so much time.
    Look look(Scope scope, Duration patience);

    /// Loads a model and waits until it can answer; one that is loaded already stays as it is.
    ///
    /// @return why it is not loaded, or null
    @Nullable Failure load(Order order);

    /// Takes a model out of memory and waits until it has left. Requests that are on their way to
    /// it may be cut, depending on the runtime.
    ///
    /// @return why it stays, or null; one that is not loaded needs no unloading
    @Nullable Failure unload(String model, Duration patience);

    /// Lets the runtime fetch a model to its disk, and waits for the end. An interrupt ends the
    /// wait, and the transfer where the runtime can end one.
    ///
    /// @return why it is not there, or null
    @Nullable Failure pull(String model, Duration patience, Progress progress);

    /// How much to look at.
    enum Scope {
        /// What is in memory and how busy it is: cheap enough to be asked every few seconds.
        MEMORY,
        /// Also what is on disk, and the runtime's version.
        ALL
    }

    /// What a look came to.
    sealed interface Look {
        /// The runtime answered.
        ///
        /// @param view what it said
        record Seen(RuntimeView view) implements Look {}

        /// It did not, or not in a way that can be read.
        ///
        /// @param failure why
        record Unseen(Failure failure) implements Look {}
    }

    /// A model to be loaded.
    ///
    /// @param model its name at the runtime
    /// @param context tokens that one request may have; null for the runtime's own choice
    /// @param keep how long it is to stay after its last request; null for the runtime's own
    ///   choice; runtimes without such a setting take no notice
    /// @param patience how long it may take
    record Order(
            String model, @Nullable Integer context, @Nullable Duration keep, Duration patience) {
        /// Loads it as the runtime likes.
        public static Order of(String model, Duration patience) {
            return new Order(model, null, null, patience);
        }
    }

    /// Hears how far a transfer is.
    @FunctionalInterface
    interface Progress {
        /// So far it is; called on the thread that waits.
        ///
        /// @param status what is being done, in the runtime's words
        /// @param done bytes of the present part that are there; null where it is not said
        /// @param total bytes of the present part; null where it is not said
        /// @return false to end it here
        boolean now(String status, @Nullable Long done, @Nullable Long total);
    }
}
