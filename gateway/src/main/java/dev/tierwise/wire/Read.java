package dev.tierwise.wire;

import dev.tierwise.core.Failure;

/// What reading some bytes gave.
///
/// @param <T> what was to be read
public sealed interface Read<T> {
    /// The bytes say what they should.
    ///
    /// @param value what they say
    record Good<T>(T value) implements Read<T> {}

    /// The bytes are not of the dialect.
    ///
    /// @param problem what is wrong
    record Bad<T>(Failure.Malformed problem) implements Read<T> {}
}
