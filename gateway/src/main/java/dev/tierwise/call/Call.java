package dev.tierwise.call;

import java.util.function.Consumer;

/// One request's way through the models.
///
/// @param requestId the id that logs, headers and ledger share
/// @param failedTries told of each try that failed, as it fails
public record Call(String requestId, Consumer<Try> failedTries) {}
