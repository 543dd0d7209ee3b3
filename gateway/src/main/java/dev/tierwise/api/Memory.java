package dev.tierwise.api;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;

/// The models that this gateway and the runtimes beside it hold in memory, for those who look after
/// them. Its methods may take as long as loading a model does.
public interface Memory {
    /// What is in memory, and what may be.
    Body resident();

    /// Loads a model.
    Changed load(String model);

    /// Takes a model out of memory.
    Changed unload(String model);

    /// What became of a wish.
    sealed interface Changed {
        /// It was done.
        ///
        /// @param body says what
        record Done(Body body) implements Changed {}

        /// It was not.
        ///
        /// @param failure why
        record Failed(Failure failure) implements Changed {}
    }
}
