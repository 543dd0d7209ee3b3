package dev.tierwise.ledger;

import dev.tierwise.core.Tier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Adds up the rows of a span into [Figures], in one pass over the requests: the database would
/// sort them all anew for every grouping and every quantile.
final class Sums {
    private static final String REQUESTS =
            """
            SELECT at_ms, tier, task, key, outcome, input_tokens, cached_tokens, output_tokens,
                estimated, cost_nanos, baseline_nanos, baseline_model, latency_us, first_byte_us
            FROM request WHERE at_ms >= :from AND at_ms < :until\
            """;

    private static final String ATTEMPTS =
            """
            SELECT coalesce(sum(calls), 0) AS count, count(*) AS requests,
                count(*) FILTER (WHERE calls > 1) AS repeated,
                count(*) FILTER (WHERE lowest <> highest) AS climbed
            FROM (
                SELECT count(*) AS calls, min(tier) AS lowest, max(tier) AS highest FROM attempt
                WHERE request_at_ms >= :from AND request_at_ms < :until GROUP BY request_id)
                AS by_request\
            """;

    private static final String ATTEMPT_OUTCOMES =
            """
            SELECT outcome AS name, count(*) AS count FROM attempt
            WHERE request_at_ms >= :from AND request_at_ms < :until GROUP BY outcome\
            """;

    private static final Map<String, Outcome> OUTCOMES =
            Arrays.stream(Outcome.values())
                    .collect(Collectors.toUnmodifiableMap(Outcome::word, Function.identity()));

    private final Handle handle;
    private final Span span;
    private final Tally all = new Tally();
    private final Map<@Nullable String, Tally> tiers = new HashMap<>();
    private final Map<@Nullable String, Tally> tasks = new HashMap<>();
    private final Map<@Nullable String, Tally> keys = new HashMap<>();
    private final Map<String, Long> baselines = new HashMap<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /// @param handle a connection, in a transaction so that all queries see the same entries
    /// @param span the time to look at
    Sums(Handle handle, Span span) {
        this.handle = handle;
        this.span = span;
    }

    /// Reads and adds up everything; to be called once.
    Figures figures() {
        query(REQUESTS)
                .scanResultSet((rows, _) -> {
                    ResultSet row = rows.get();
                    while (row.next()) {
                        add(row);
                    }
                    return all;
                });
        boolean none = all.requests() == 0;
        tiers.remove(null);
        var opinions = new Opinions(handle, span);
        return new Figures(
                none ? null : Instant.ofEpochMilli(first),
                none ? null : Instant.ofEpochMilli(last),
                all.totals(),
                groups(tiers, Comparator.comparingInt(Sums::height)),
                groups(tasks, Comparator.comparingInt(_ -> 0)),
                groups(keys, Comparator.comparingInt(_ -> 0)),
                baselines,
                attempts(),
                opinions.judged(),
                opinions.ratings());
    }

    private void add(ResultSet from) throws SQLException {
        long at = from.getLong(1);
        first = Math.min(first, at);
        last = Math.max(last, at);
        Row row = Row.of(from);
        all.add(row);
        tiers.computeIfAbsent(from.getString(2), _ -> new Tally()).add(row);
        tasks.computeIfAbsent(from.getString(3), _ -> new Tally()).add(row);
        keys.computeIfAbsent(from.getString(4), _ -> new Tally()).add(row);
        String model = from.getString(12);
        if (model != null && row.cost() != null && row.baseline() != null) {
            baselines.merge(model, 1L, Long::sum);
        }
    }

    private static List<Figures.Group> groups(
            Map<@Nullable String, Tally> tallies, Comparator<Figures.Group> order) {
        return tallies.entrySet().stream()
                .map(entry -> new Figures.Group(entry.getKey(), entry.getValue().totals()))
                .sorted(
                        order.thenComparing(
                                        Comparator.comparingLong((Figures.Group group) ->
                                                        group.totals().requests())
                                                .reversed())
                                .thenComparing(group -> String.valueOf(group.name())))
                .toList();
    }

    private static int height(Figures.Group group) {
        return Tier.of(String.valueOf(group.name()))
                .map(Tier::ordinal)
                .orElse(Tier.values().length);
    }

    private Figures.Attempts attempts() {
        var outcomes = new HashMap<String, Long>();
        query(ATTEMPT_OUTCOMES)
                .map((row, _) -> Map.entry(row.getString("name"), row.getLong("count")))
                .forEach(count -> outcomes.put(count.getKey(), count.getValue()));
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

    private Query query(String sql) {
        return handle.createQuery(sql)
                .bind("from", span.from().toEpochMilli())
                .bind("until", span.until().toEpochMilli());
    }

    /// The columns of one request that are added up; times in microseconds, money in billionths.
    record Row(
            Outcome outcome,
            long input,
            long cached,
            long output,
            long estimated,
            @Nullable Long cost,
            @Nullable Long baseline,
            long latency,
            @Nullable Long firstByte) {
        private static Row of(ResultSet row) throws SQLException {
            Outcome outcome = OUTCOMES.get(row.getString(5));
            if (outcome == null) {
                throw new SQLException("unknown outcome in the ledger: " + row.getString(5));
            }
            return new Row(
                    outcome,
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    number(row, 10),
                    number(row, 11),
                    row.getLong(13),
                    number(row, 14));
        }

        private static @Nullable Long number(ResultSet row, int column) throws SQLException {
            long value = row.getLong(column);
            return row.wasNull() ? null : value;
        }
    }
}
