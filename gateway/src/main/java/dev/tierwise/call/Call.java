package dev.tierwise.call;

import dev.tierwise.core.ModelCard;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// One request's way through the models.
///
/// @param requestId the id that logs, headers and ledger share
/// @param loop where the client's bytes move; the upstream's move there too, so that a relayed
///   chunk changes no thread
/// @param failedTries told of each try that failed, as it fails
/// @param asked told of each site that is asked, by a model that is at several, on the thread that
///   asks
public record Call(
        String requestId, Executor loop, Consumer<Try> failedTries, Consumer<ModelCard> asked) {
    /// A request that does not care where its models are.
    public Call(String requestId, Executor loop, Consumer<Try> failedTries) {
        this(requestId, loop, failedTries, _ -> {});
    }
}
