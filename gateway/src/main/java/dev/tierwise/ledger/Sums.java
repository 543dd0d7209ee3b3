package dev.tierwise.ledger;

import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The queries behind [Figures], in standard SQL.
///
/// @param handle a connection, in a transaction so that all queries see the same entries
/// @param span the time to look at
record Sums(Handle handle, Span span) {
    private static final String ATTEMPTS =
            """
            SELECT coalesce(sum(calls), 0) AS count, count(*) AS requests,
                count(*) FILTER (WHERE calls > 1) AS repeated,
                count(*) FILTER (WHERE tiers > 1) AS climbed
            FROM (
                SELECT count(*) AS calls, count(DISTINCT tier) AS tiers FROM attempt
                WHERE request_at_ms >= :from AND request_at_ms < :until GROUP BY request_id)\
            """;

    private static final String ATTEMPT_OUTCOMES =
            """
            SELECT outcome AS name, count(*) AS count FROM attempt
            WHERE request_at_ms >= :from AND request_at_ms < :until GROUP BY outcome\
            """;

    private static final String BASELINES =
            """
            SELECT baseline_model AS name, count(*) AS count FROM request
            WHERE at_ms >= :from AND at_ms < :until AND baseline_model IS NOT NULL
                AND cost_nanos IS NOT NULL AND baseline_nanos IS NOT NULL
            GROUP BY baseline_model\
            """;

    private static final String ENDS =
            """
            SELECT min(at_ms) AS first, max(at_ms) AS last FROM request
            WHERE at_ms >= :from AND at_ms < :until\
            """;

    private static final Totals NONE =
            new Totals(
                    0,
                    Map.of(),
                    new Totals.Tokens(0, 0, 0, 0),
                    new Totals.Spend(Money.ZERO, 0, 0, Money.ZERO, Money.ZERO),
                    null,
                    null);

    Figures figures() {
        List<Figures.Group> all = groups("NULL", "TRUE");
        return new Figures(
                end("first"),
                end("last"),
                all.isEmpty() ? NONE : all.getFirst().totals(),
                tiers(),
                groups("task", "TRUE"),
                groups("key", "TRUE"),
                counts(BASELINES),
                attempts());
    }

    private List<Figures.Group> tiers() {
        return groups("tier", "tier IS NOT NULL").stream()
                .sorted(Comparator.comparingInt(Sums::height))
                .toList();
    }

    private static int height(Figures.Group group) {
        return Tier.of(String.valueOf(group.name()))
                .map(Tier::ordinal)
                .orElse(Tier.values().length);
    }

    private List<Figures.Group> groups(String name, String condition) {
        return query(totals(name, condition))
                .map((row, _) -> new Figures.Group(row.getString("name"), totals(row)))
                .list();
    }

    private Map<String, Long> counts(String sql) {
        var counts = new HashMap<String, Long>();
        query(sql)
                .map((row, _) -> Map.entry(row.getString("name"), row.getLong("count")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    private Figures.Attempts attempts() {
        Map<String, Long> outcomes = counts(ATTEMPT_OUTCOMES);
        return query(ATTEMPTS)
                .map((row, _) ->
                        new Figures.Attempts(
                                row.getLong("count"),
                                row.getLong("requests"),
                                row.getLong("repeated"),
                                row.getLong("climbed"),
                                outcomes))
                .one();
    }

    private @Nullable Instant end(String which) {
        return query(ENDS)
                .map((row, _) -> Optional.ofNullable(row.getObject(which)).map(Sums::instant))
                .one()
                .orElse(null);
    }

    private static Instant instant(Object millis) {
        return Instant.ofEpochMilli(((Number) millis).longValue());
    }

    private Query query(String sql) {
        return handle.createQuery(sql)
                .bind("from", span.from().toEpochMilli())
                .bind("until", span.until().toEpochMilli());
    }

    /// Sums by the value of the column `name`, over the rows that meet `condition`. The windows
    /// rank answered requests by their times, so that a quantile is the first time of sufficient
    /// rank.
    private static String totals(String name, String condition) {
        return """
        WITH scoped AS (
            SELECT request.*, %1$s AS name,
                cost_nanos IS NOT NULL AND baseline_nanos IS NOT NULL AS compared,
                CASE WHEN outcome = 'answered' THEN latency_us END AS latency,
                CASE WHEN outcome = 'answered' THEN first_byte_us END AS first_byte
            FROM request WHERE at_ms >= :from AND at_ms < :until AND %2$s),
        ranked AS (
            SELECT scoped.*,
                row_number() OVER (PARTITION BY name ORDER BY latency NULLS LAST)
                    AS latency_rank,
                count(latency) OVER (PARTITION BY name) AS latency_count,
                row_number() OVER (PARTITION BY name ORDER BY first_byte NULLS LAST)
                    AS first_byte_rank,
                count(first_byte) OVER (PARTITION BY name) AS first_byte_count
            FROM scoped)
        SELECT name, count(*) AS requests,
            count(*) FILTER (WHERE outcome = 'answered') AS answered,
            count(*) FILTER (WHERE outcome = 'refused') AS refused,
            count(*) FILTER (WHERE outcome = 'failed') AS failed,
            count(*) FILTER (WHERE outcome = 'broken') AS broken,
            count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
            sum(input_tokens) AS input_tokens, sum(cached_tokens) AS cached_tokens,
            sum(output_tokens) AS output_tokens, sum(estimated) AS estimated,
            coalesce(sum(cost_nanos), 0) AS cost,
            count(*) FILTER (WHERE cost_nanos IS NULL) AS unpriced,
            count(*) FILTER (WHERE compared) AS compared,
            coalesce(sum(cost_nanos) FILTER (WHERE compared), 0) AS compared_cost,
            coalesce(sum(baseline_nanos) FILTER (WHERE compared), 0) AS baseline,
            max(latency_count) AS latency_count,
            min(latency) FILTER (WHERE latency_rank * 100 >= latency_count * 50)
                AS latency_50,
            min(latency) FILTER (WHERE latency_rank * 100 >= latency_count * 95)
                AS latency_95,
            max(first_byte_count) AS first_byte_count,
            min(first_byte) FILTER (WHERE first_byte_rank * 100 >= first_byte_count * 50)
                AS first_byte_50,
            min(first_byte) FILTER (WHERE first_byte_rank * 100 >= first_byte_count * 95)
                AS first_byte_95
        FROM ranked GROUP BY name ORDER BY requests DESC, name
        """
                .formatted(name, condition);
    }

    private static Totals totals(ResultSet row) throws SQLException {
        var outcomes = new EnumMap<Outcome, Long>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, row.getLong(outcome.word()));
        }
        return new Totals(
                row.getLong("requests"),
                outcomes,
                new Totals.Tokens(
                        row.getLong("input_tokens"),
                        row.getLong("cached_tokens"),
                        row.getLong("output_tokens"),
                        row.getLong("estimated")),
                new Totals.Spend(
                        new Money(row.getLong("cost")),
                        row.getLong("unpriced"),
                        row.getLong("compared"),
                        new Money(row.getLong("compared_cost")),
                        new Money(row.getLong("baseline"))),
                quantiles(row, "latency"),
                quantiles(row, "first_byte"));
    }

    private static Totals.@Nullable Quantiles quantiles(ResultSet row, String what)
            throws SQLException {
        long count = row.getLong(what + "_count");
        return count == 0
                ? null
                : new Totals.Quantiles(
                        count,
                        Duration.of(row.getLong(what + "_50"), ChronoUnit.MICROS),
                        Duration.of(row.getLong(what + "_95"), ChronoUnit.MICROS));
    }
}
