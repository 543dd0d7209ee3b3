package dev.tierwise.models;

/// What a pull came to.
public sealed interface Pulled {
    /// The model is in the store.
    ///
    /// @param model what is known of it
    /// @param fetched whether anything had to be fetched
    record Done(Stored model, boolean fetched) implements Pulled {}

    /// There is no such model or file.
    ///
    /// @param message what was looked for, and what is near
    record Missing(String message) implements Pulled {}

    /// It could not be had.
    ///
    /// @param message why, and what to do
    record Failed(String message) implements Pulled {}
}
