package dev.tierwise.ledger;

import dev.tierwise.core.Caller;
import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes entries as rows in standard SQL, within the transaction of its connection.
final class Inserts {
    private static final String REQUEST =
            """
            INSERT INTO request (
                id, at_ms, key, task, max_tier, quality, data_class,
                requested_model, tier, model, reason,
                input_tokens, cached_tokens, output_tokens, estimated,
                cost_nanos, baseline_model, baseline_nanos,
                latency_us, first_byte_us, streamed, status, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String ATTEMPT =
            """
            INSERT INTO attempt (
                request_id, number, request_at_ms, model, upstream, tier,
                started_after_us, took_us, first_byte_us,
                input_tokens, cached_tokens, output_tokens, estimated,
                cost_nanos, status, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;

    private static final String VERDICT =
            """
            INSERT INTO verdict (
                request_id, number, request_at_ms, model, probability,
                action, reason, second_model, agreed, held_us)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String FEEDBACK =
            """
            INSERT INTO feedback (request_id, at_ms, key, kind, score, model, tier)
            VALUES (?, ?, ?, ?, ?, ?, ?)\
            """;

    private static final String OUTLOOK =
            "INSERT INTO outlook (request_id, request_at_ms, text) VALUES (?, ?, ?)";

    private final Table requests;
    private final Table attempts;
    private final Table verdicts;
    private final Table outlooks;
    private final Table feedback;

    Inserts(Connection connection) throws SQLException {
        requests = new Table(connection.prepareStatement(REQUEST));
        attempts = new Table(connection.prepareStatement(ATTEMPT));
        verdicts = new Table(connection.prepareStatement(VERDICT));
        outlooks = new Table(connection.prepareStatement(OUTLOOK));
        feedback = new Table(connection.prepareStatement(FEEDBACK));
    }

    /// Writes the batch; its caller commits.
    void add(List<? extends Line> batch) throws SQLException {
        for (Line line : batch) {
            switch (line) {
                case Entry entry -> add(entry);
                case Feedback given -> bind(given);
            }
        }
        requests.write();
        attempts.write();
        verdicts.write();
        outlooks.write();
        feedback.write();
    }

    private void add(Entry entry) throws SQLException {
        bind(entry);
        for (Attempt attempt : entry.attempts()) {
            bind(entry, attempt);
        }
        for (Verdict verdict : entry.verdicts()) {
            bind(entry, verdict);
        }
        String outlook = entry.choice().outlook();
        if (outlook != null) {
            var row = outlooks.row();
            row.text(entry.id()).number(entry.at().toEpochMilli()).text(outlook).end();
        }
    }

    private void bind(Entry entry) throws SQLException {
        Caller caller = entry.caller();
        var row = requests.row();
        row.text(entry.id()).number(entry.at().toEpochMilli());
        row.text(caller.key()).text(caller.task()).text(caller.maxTier().word());
        row.real(caller.quality()).text(caller.dataClass().word());
        Entry.Choice choice = entry.choice();
        row.text(choice.requestedModel()).tier(choice.tier()).text(choice.model());
        row.text(choice.reason());
        Entry.Bill bill = entry.bill();
        row.usage(bill.usage()).money(bill.cost());
        row.text(bill.baselineModel()).money(bill.baselineCost());
        Entry.Course course = entry.course();
        row.micros(course.latency()).micros(course.firstByte()).number(course.streamed() ? 1 : 0);
        row.number(course.status()).text(course.outcome().word());
        row.end();
    }

    private void bind(Entry entry, Attempt attempt) throws SQLException {
        var row = attempts.row();
        row.text(entry.id()).number(attempt.number()).number(entry.at().toEpochMilli());
        row.text(attempt.model()).text(attempt.upstream()).tier(attempt.tier());
        row.micros(attempt.startedAfter()).micros(attempt.took()).micros(attempt.firstByte());
        row.usage(attempt.usage()).money(attempt.cost());
        row.number(attempt.status()).text(attempt.outcome());
        row.end();
    }

    private void bind(Entry entry, Verdict verdict) throws SQLException {
        var row = verdicts.row();
        row.text(entry.id()).number(verdict.number()).number(entry.at().toEpochMilli());
        double probability = verdict.probability();
        row.text(verdict.model()).real(Double.isNaN(probability) ? null : probability);
        row.text(verdict.action().word()).text(verdict.reason()).text(verdict.second());
        row.flag(verdict.agreed()).micros(verdict.held());
        row.end();
    }

    private void bind(Feedback given) throws SQLException {
        var row = feedback.row();
        row.text(given.requestId()).number(given.at().toEpochMilli()).text(given.key());
        row.text(given.kind().word()).real(given.score()).text(given.model()).tier(given.tier());
        row.end();
    }

    /// The rows of one table that are to be written together.
    private static final class Table {
        private final PreparedStatement statement;
        private boolean empty = true;

        Table(PreparedStatement statement) {
            this.statement = statement;
        }

        Row row() {
            empty = false;
            return new Row(statement);
        }

        void write() throws SQLException {
            if (!empty) {
                statement.executeBatch();
                empty = true;
            }
        }
    }

    /// Binds the columns of one row from left to right.
    private static final class Row {
        private final PreparedStatement statement;
        private int column;

        Row(PreparedStatement statement) {
            this.statement = statement;
        }

        Row text(@Nullable String value) throws SQLException {
            statement.setString(++column, value);
            return this;
        }

        Row number(long value) throws SQLException {
            statement.setLong(++column, value);
            return this;
        }

        Row real(@Nullable Double value) throws SQLException {
            statement.setObject(++column, value);
            return this;
        }

        Row flag(@Nullable Boolean value) throws SQLException {
            statement.setObject(++column, value == null ? null : value ? 1L : 0L);
            return this;
        }

        void end() throws SQLException {
            statement.addBatch();
        }

        Row tier(@Nullable Tier tier) throws SQLException {
            return text(tier == null ? null : tier.word());
        }

        Row micros(@Nullable Duration time) throws SQLException {
            statement.setObject(++column, time == null ? null : time.toNanos() / 1_000);
            return this;
        }

        Row money(@Nullable Money money) throws SQLException {
            statement.setObject(++column, money == null ? null : money.nanos());
            return this;
        }

        Row usage(Usage usage) throws SQLException {
            number(usage.input()).number(usage.cachedInput()).number(usage.output());
            return number(usage.estimated() ? 1 : 0);
        }
    }
}
