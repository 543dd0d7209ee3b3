package dev.tierwise.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the project wants of itself, held against what was measured.
final class Aims {
    private static final double PASS_RATIO = 2.2;
    private static final double STREAM_RATIO = 1.3;
    private static final double AUTO_MICROS = 100;
    private static final double ADDED_MILLIS = 0.25;
    static final long RSS_MIB = 256;
    private static final int BUSY = 32;
    private static final int CROWD = 256;

    private Aims() {}

    /// One line for each aim that the rows can be held against; empty where Tierwise has no row.
    static String of(Suite suite, List<Row> rows) {
        return suite.stream() ? stream(rows) : json(rows);
    }

    private static String json(List<Row> rows) {
        return ratio("CPU of a named model against the Netty relay", rows, BUSY, PASS_RATIO)
                + row(rows, Target.AUTO, BUSY)
                        .map(row ->
                                line(
                                        "CPU of `auto`, µs per request at 32 connections",
                                        row.cpuMicros().median(),
                                        AUTO_MICROS))
                        .orElse("")
                + row(rows, Target.PASS, 1)
                        .flatMap(Row::addedMillis)
                        .map(added ->
                                line(
                                        "p50 above direct at 1 connection, ms",
                                        added.median(),
                                        ADDED_MILLIS))
                        .orElse("");
    }

    private static String stream(List<Row> rows) {
        String what = "CPU of a stream against the Netty relay";
        return ratio(what, rows, BUSY, STREAM_RATIO) + ratio(what, rows, CROWD, STREAM_RATIO);
    }

    private static String ratio(String what, List<Row> rows, int connections, double most) {
        return row(rows, Target.PASS, connections)
                .flatMap(Row::ratio)
                .map(ratio ->
                        line(what + " at " + connections + " connections", ratio.median(), most))
                .orElse("");
    }

    private static Optional<Row> row(List<Row> rows, String target, int connections) {
        return rows.stream()
                .filter(row -> row.target().equals(target) && row.connections() == connections)
                .findFirst();
    }

    /// One aim in words.
    static String line(String what, double measured, double most) {
        return String.format(
                Locale.ROOT,
                "- %s: %.2f, aim at most %s: **%s**\n",
                what,
                measured,
                number(most),
                measured <= most ? "met" : "missed");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
