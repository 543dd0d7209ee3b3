package dev.tierwise.call;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// One request's way through the models.
///
/// @param requestId the id that logs, headers and ledger share
/// @param loop where the client's bytes move; the upstream's move there too, so that a relayed
///   chunk changes no thread
/// @param failedTries told of each try that failed, as it fails
public record Call(String requestId, Executor loop, Consumer<Try> failedTries) {}
