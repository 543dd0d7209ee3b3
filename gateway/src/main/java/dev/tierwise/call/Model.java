package dev.tierwise.call;

import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;

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
}
