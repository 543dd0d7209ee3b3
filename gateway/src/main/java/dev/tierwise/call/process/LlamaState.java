package dev.tierwise.call.process;

import java.time.Instant;

/// What a supervised llama-server is doing.
public sealed interface LlamaState {
    /// Nobody wants it to run.
    record Idle() implements LlamaState {}

    /// It loads its model.
    ///
    /// @param since when the process was started
    record Starting(Instant since) implements LlamaState {}

    /// It answers.
    ///
    /// @param since from when on
    /// @param pid its process
    /// @param port where it listens, on loopback
    record Ready(Instant since, long pid, int port) implements LlamaState {}

    /// It failed and will be started again.
    ///
    /// @param reason what happened
    /// @param until when
    record Waiting(String reason, Instant until) implements LlamaState {}

    /// It failed too often and is left alone until somebody starts it again.
    ///
    /// @param reason what happened, and what to do
    record GaveUp(String reason) implements LlamaState {}
}
