package dev.tierwise.ledger;

import java.sql.Connection;

/// What came of connecting to a database.
sealed interface Link {
    /// There is one.
    ///
    /// @param connection for its receiver to close
    record Up(Connection connection) implements Link {}

    /// There is none.
    ///
    /// @param message what is wrong and how to mend it
    record Down(String message) implements Link {}
}
