package dev.tierwise.ledger;

import dev.tierwise.core.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// All that is written about one request.
    static Ledger.Story story(Connection open, String id) throws SQLException {
        List<Map<String, String>> request = rows(open, "request", "id", id);
        if (request.isEmpty()) {
            return new Ledger.Story.None();
        }
        List<Map<String, String>> outlook = rows(open, "outlook", "request_id", id);
        return new Ledger.Story.Told(
                request.getFirst(),
                rows(open, "attempt", "request_id", id),
                rows(open, "verdict", "request_id", id),
                rows(open, "feedback", "request_id", id),
                outlook.isEmpty() ? "" : outlook.getFirst().getOrDefault("text", ""));
    }

    /// The rows of a table that belong to a request, by the names of their columns; what is not
    /// known is left out.
    private static List<Map<String, String>> rows(
            Connection open, String table, String column, String id) throws SQLException {
        String sql = "SELECT * FROM " + table + " WHERE " + column + " = ?";
        try (PreparedStatement query = open.prepareStatement(sql)) {
            query.setString(1, id);
            var rows = new ArrayList<Map<String, String>>();
            try (ResultSet row = query.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    var values = new LinkedHashMap<String, String>();
                    for (int i = 1; i <= columns; i++) {
                        String value = row.getString(i);
                        if (value != null) {
                            values.put(row.getMetaData().getColumnName(i), value);
                        }
                    }
                    rows.add(values);
                }
            }
            return rows;
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
