package dev.tierwise.guard;

import dev.tierwise.core.ModelCard;
import java.util.Optional;

/// Writes permits down before the bytes leave that they are for. Thread-safe.
public interface Notary {
    /// Writes one down; blocks, for regulated data, until it would survive a loss of power.
    ///
    /// @param permit the permit, for a place that is not this machine
    /// @param requestId the request whose bytes they are
    /// @param model who is to see them
    /// @return why it could not be written down; the permit is then not given. Empty when it was
    Optional<String> note(Permit permit, String requestId, ModelCard model);
}
