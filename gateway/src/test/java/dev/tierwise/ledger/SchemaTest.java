package dev.tierwise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    private static final String OLD_ROW =
            """
            INSERT INTO request (
                id, at_ms, key, task, max_tier, quality, data_class, requested_model, tier, model,
                reason, input_tokens, cached_tokens, output_tokens, estimated, cost_nanos,
                baseline_model, baseline_nanos, latency_us, first_byte_us, streamed, status, outcome)
            VALUES ('old', 1, 'anonymous', NULL, 'frontier', NULL, 'internal', 'auto', 'local', 'm',
                'short', 10, 0, 20, 0, 0, 'f', 100, 1000, NULL, 0, 200, 'answered')\
            """;

    @TempDir Path folder;

    @Test
    void aLedgerOfTheFirstVersionIsBroughtUpAndKeepsItsRows() throws SQLException {
        Path file = folder.resolve("ledger.db");
        first(file);

        try (Ledger ledger = ((Opened.Ready) Ledger.open(file)).ledger()) {
            ledger.record(Entries.judged("new", Entries.verdict(1, Verdict.Action.CLIMB)));
            ledger.feedback(Entries.feedback("old", Feedback.Kind.SCORE, 0.25));
            ledger.flush(Duration.ofSeconds(20));
        }

        Figures figures = ((Reading.Found) Ledger.read(file, Span.ALL)).figures();
        assertThat(figures.all().requests()).isEqualTo(2);
        assertThat(figures.judged().count(Verdict.Action.CLIMB)).isEqualTo(1);
        assertThat(figures.ratings().tiers())
                .isEqualTo(List.of(new Figures.Rated("local", 1, 0, 0, 0.25)));
        assertThat(Ledger.find(file, "old")).isInstanceOf(Ledger.Found.One.class);
    }

    @Test
    void aLedgerOfTheFirstVersionIsNotTouchedByReading() throws SQLException {
        Path file = folder.resolve("ledger.db");
        first(file);

        Reading reading = Ledger.read(file, Span.ALL);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        no -> assertThat(no.message()).contains("tw serve"));
        assertThat(Ledger.find(file, "old")).isInstanceOf(Ledger.Found.Unreadable.class);
        try (Connection connection = connect(file)) {
            assertThat(Schema.version(connection)).isEqualTo(1);
        }
    }

    /// A ledger as the first version of the program left it.
    private static void first(Path file) throws SQLException {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:" + Schema.MIGRATIONS)
                .target("1")
                .loggers("slf4j")
                .load()
                .migrate();
        try (Connection connection = connect(file);
                var statement = connection.createStatement()) {
            statement.executeUpdate(OLD_ROW);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
