package dev.tierwise.ledger;

import dev.tierwise.core.Tier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Adds up what was thought of the answers of a span: by the gateway, and by those who asked.
final class Opinions {
    private static final String VERDICTS =
            """
            SELECT action, agreed, held_us FROM verdict
            WHERE request_at_ms >= :from AND request_at_ms < :until\
            """;
    private static final String FEEDBACK =
            """
            SELECT request_id, kind, score, model, tier FROM feedback
            WHERE at_ms >= :from AND at_ms < :until ORDER BY number\
            """;

    private final Handle handle;
    private final Span span;

    Opinions(Handle handle, Span span) {
        this.handle = handle;
        this.span = span;
    }

    /// What the gateway thought.
    Figures.Judged judged() {
        var actions = new TreeMap<String, Long>();
        var held = new Times();
        var agreed = new long[2];
        query(VERDICTS)
                .scanResultSet((rows, _) -> {
                    ResultSet row = rows.get();
                    while (row.next()) {
                        actions.merge(row.getString(1), 1L, Long::sum);
                        long same = row.getLong(2);
                        if (!row.wasNull()) {
                            agreed[same == 1 ? 0 : 1]++;
                        }
                        long time = row.getLong(3);
                        if (!row.wasNull()) {
                            held.add(time);
                        }
                    }
                    return actions;
                });
        return new Figures.Judged(actions, agreed[0], agreed[1], held.quantiles());
    }

    /// What those who asked thought: of each request the last score, and the last thumb.
    Figures.Ratings ratings() {
        var scores = new LinkedHashMap<String, Row>();
        var thumbs = new LinkedHashMap<String, Row>();
        query(FEEDBACK)
                .scanResultSet((rows, _) -> {
                    ResultSet from = rows.get();
                    while (from.next()) {
                        Row row = Row.of(from);
                        scores.put(from.getString(1), row);
                        if (Feedback.Kind.THUMB.word().equals(from.getString(2))) {
                            thumbs.put(from.getString(1), row);
                        }
                    }
                    return scores;
                });
        return new Figures.Ratings(
                grouped(scores, thumbs, Row::model, Comparator.comparing(Figures.Rated::name)),
                grouped(scores, thumbs, Row::tier, Comparator.comparingInt(Opinions::height)));
    }

    private Query query(String sql) {
        return handle.createQuery(sql)
                .bind("from", span.from().toEpochMilli())
                .bind("until", span.until().toEpochMilli());
    }

    private record Row(double score, @Nullable String model, @Nullable String tier) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getDouble(3), row.getString(4), row.getString(5));
        }
    }

    private static List<Figures.Rated> grouped(
            Map<String, Row> scores,
            Map<String, Row> thumbs,
            Function<Row, @Nullable String> name,
            Comparator<Figures.Rated> order) {
        var groups = new HashMap<String, double[]>();
        for (Row row : scores.values()) {
            double[] sums = groups.computeIfAbsent(named(name.apply(row)), _ -> new double[4]);
            sums[0]++;
            sums[1] += row.score;
        }
        for (Row row : thumbs.values()) {
            double[] sums = groups.computeIfAbsent(named(name.apply(row)), _ -> new double[4]);
            sums[row.score >= .5 ? 2 : 3]++;
        }
        return groups.entrySet().stream()
                .map(group -> rated(group.getKey(), group.getValue()))
                .sorted(order)
                .toList();
    }

    private static Figures.Rated rated(String name, double[] sums) {
        return new Figures.Rated(
                name, (long) sums[0], (long) sums[2], (long) sums[3], sums[1] / sums[0]);
    }

    private static String named(@Nullable String name) {
        return Optional.ofNullable(name).orElse("-");
    }

    private static int height(Figures.Rated rated) {
        return Tier.of(rated.name()).map(Tier::ordinal).orElse(Tier.values().length);
    }
}
