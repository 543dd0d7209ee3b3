package dev.tierwise.experience;

/// What became of a wish to go back.
public sealed interface Change {
    /// It was done.
    ///
    /// @param version the new version that holds the old state
    record Done(Version version) implements Change {}

    /// It was not; nothing has changed.
    ///
    /// @param message why, and what can be done
    record Refused(String message) implements Change {}
}
