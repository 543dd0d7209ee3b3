package dev.tierwise.ledger;

import java.util.Optional;

/// Where entries go.
public interface Ledger {
    /// Whether a new request may start.
    boolean hasRoom();

    /// Takes an entry in.
    void record(Entry entry);

    /// What keeps entries from being written; empty when nothing does.
    Optional<String> trouble();
}
