package dev.tierwise.ledger;

import dev.tierwise.core.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Looks single requests up.
final class Lookup {
    private static final String REQUEST =
            "SELECT at_ms, key, task, model, tier FROM request WHERE id = ?";

    private Lookup() {}

    static Ledger.Found find(Connection open, String id) throws SQLException {
        try (PreparedStatement query = open.prepareStatement(REQUEST)) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? new Ledger.Found.One(origin(id, row)) : new Ledger.Found.None();
            }
        }
    }

    private static Entry.Origin origin(String id, ResultSet row) throws SQLException {
        return new Entry.Origin(
                id,
                Instant.ofEpochMilli(row.getLong(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getString(5)).flatMap(Tier::of).orElse(null));
    }
}
