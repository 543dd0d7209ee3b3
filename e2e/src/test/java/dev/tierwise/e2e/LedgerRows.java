package dev.tierwise.e2e;

import dev.tierwise.fakes.FakeUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lies in a ledger's file, read beside the product that writes it.
///
/// @param file the database
record LedgerRows(Path file) {
    /// The ledger is written behind the answers, at the latest after a second.
    private static final Duration WRITTEN = Duration.ofSeconds(10);

    /// One request.
    ///
    /// @param id the id that the answer's header carried too
    /// @param model the model that answered; null for none
    /// @param tier the tier that answered; null for none
    /// @param status the status that the client was told
    /// @param outcome how it went
    /// @param tokens prompt and answer together
    /// @param tries each try in order, as `model status outcome`
    record Row(
            String id,
            @Nullable String model,
            @Nullable String tier,
            int status,
            String outcome,
            long tokens,
            List<String> tries) {}

    /// The requests with this task; waits until there is one.
    List<Row> of(String task) {
        return of(task, 1);
    }

    /// The requests with this task; waits until there are so many.
    List<Row> of(String task, long requests) {
        FakeUpstream.await(() -> count(task) >= requests, WRITTEN);
        return read(
                "SELECT id, model, tier, status, outcome, input_tokens + output_tokens FROM request"
                        + " WHERE task = ? ORDER BY number",
                task,
                this::row);
    }

    private Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getLong(6),
                tries(row.getString(1)));
    }

    private List<String> tries(String id) {
        return read(
                "SELECT model, status, outcome FROM attempt WHERE request_id = ? ORDER BY number",
                id,
                row -> row.getString(1) + " " + row.getInt(2) + " " + row.getString(3));
    }

    /// Where each try of a request was, in order, as `upstream outcome`.
    List<String> sites(String id) {
        return read(
                "SELECT upstream, outcome FROM attempt WHERE request_id = ? ORDER BY number",
                id,
                row -> row.getString(1) + " " + row.getString(2));
    }

    /// What was thought of each answer on the way to a request's own, in order, as `model action`.
    List<String> verdicts(String id) {
        return read(
                "SELECT model, action FROM verdict WHERE request_id = ? ORDER BY number",
                id,
                row -> row.getString(1) + " " + row.getString(2));
    }

    /// What a request has cost in all, in billionths of a dollar.
    long cost(String id) {
        return read("SELECT cost_nanos FROM request WHERE id = ?", id, row -> row.getLong(1))
                .getFirst();
    }

    /// The tokens of each attempt of a request, as `read written`.
    List<String> tokens(String id) {
        return read(
                "SELECT input_tokens, output_tokens FROM attempt WHERE request_id = ?"
                        + " ORDER BY number",
                id,
                row -> row.getLong(1) + " " + row.getLong(2));
    }

    /// How long a request's answer was held, in microseconds; 0 where none was.
    long held(String id) {
        return read(
                        "SELECT coalesce(sum(held_us), 0) FROM verdict WHERE request_id = ?",
                        id,
                        row -> row.getLong(1))
                .getFirst();
    }

    private long count(String task) {
        return Files.exists(file)
                ? read("SELECT count(*) FROM request WHERE task = ?", task, row -> row.getLong(1))
                        .getFirst()
                : 0;
    }

    /// The number of all requests.
    long size() {
        return read("SELECT count(*) FROM request WHERE ? = ''", "", row -> row.getLong(1))
                .getFirst();
    }

    /// The ids of all requests.
    Set<String> ids() {
        return new HashSet<>(
                read("SELECT id FROM request WHERE ? = ''", "", row -> row.getString(1)));
    }

    /// What SQLite says of the file's soundness: `ok`.
    String integrity() {
        return read(
                        "SELECT integrity_check FROM pragma_integrity_check WHERE ? = ''",
                        "",
                        row -> row.getString(1))
                .getFirst();
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, String parameter, Reader<T> reader) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            var rows = new ArrayList<T>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError("the ledger cannot be read: " + e.getMessage(), e);
        }
    }
}
