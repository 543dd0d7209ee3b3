package dev.tierwise.ledger;

import java.util.List;
import java.util.Optional;

/// Where entries are kept. One thread at a time may use it. `LedgerContract` in the tests says what
/// every kind of store must do.
interface Store extends AutoCloseable {
    /// Writes the whole batch or nothing of it, and returns only when it would survive a loss of
    /// power. An entry whose id is already kept changes nothing, so a batch may be tried again.
    ///
    /// @return empty when it is written, otherwise what is wrong and how to mend it
    Optional<String> append(List<? extends Line> batch);

    /// The sums over the entries of `span`, all taken at one moment. May be called while another
    /// process appends.
    Reading read(Span span);

    /// Looks a request up by its id. May be called while another process appends.
    Ledger.Found find(String requestId);

    @Override
    void close();
}
