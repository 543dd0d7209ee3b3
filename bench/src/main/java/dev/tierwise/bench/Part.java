package dev.tierwise.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One generated part of `docs/performance.md`, and the figures that it was made from.
///
/// @param name the name in the page's markers and in the file of results
/// @param body Markdown
/// @param figures what goes into the file of results; anything that Jackson can write
record Part(String name, String body, Object figures) {
    /// How the run came about: the first lines of every part.
    ///
    /// @param command what to type to repeat it
    /// @param loadBefore load average when it began
    /// @param notes what else a reader should know
    static String origin(String command, double loadBefore, List<String> notes) {
        String text =
                String.format(
                        Locale.ROOT,
                        "Measured %s with `%s` on %s. Load average %.1f before, %.1f after.\n",
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        command,
                        Machine.here().line(),
                        loadBefore,
                        Machine.load());
        return text + notes.stream().map(note -> "\n- " + note).reduce("", String::concat) + "\n\n";
    }

    /// The part of a suite: its table and how it stands against its aims.
    static Part of(Suite suite, String origin, List<Measured> all) {
        List<Row> rows = rows(all);
        var table =
                new Table(
                        "target",
                        "connections",
                        suite.stream() ? "CPU µs per stream" : "CPU µs per request",
                        "× Netty relay",
                        "p50 ms",
                        "p99 ms",
                        "p50 above direct, ms",
                        "answers/s",
                        "RSS MiB",
                        "errors");
        for (Row row : rows) {
            boolean direct = row.target().equals(Target.DIRECT);
            table.row(
                    row.target(),
                    Integer.toString(row.connections()),
                    direct ? "–" : cpu(row),
                    direct ? "–" : spread(row.ratio(), "%.2f"),
                    spread(Optional.of(row.p50Millis()), "%.2f"),
                    spread(Optional.of(row.p99Millis()), "%.1f"),
                    direct ? "–" : spread(row.addedMillis(), "%.2f"),
                    number("%.0f", row.perSecond().median()),
                    direct ? "–" : Long.toString(row.rssKib() / 1024),
                    Long.toString(row.errors()));
        }
        String name = suite.stream() ? "stream" : "json";
        String body = origin + table.markdown() + "\n" + Aims.of(suite, rows);
        return new Part(name, body, all);
    }

    private static List<Row> rows(List<Measured> all) {
        List<String> targets = all.stream().map(Measured::target).distinct().toList();
        List<String> order =
                Stream.of(
                                Target.DIRECT,
                                Target.NGINX,
                                Target.RELAY,
                                Target.PASS,
                                Target.QUIET,
                                Target.AUTO)
                        .filter(targets::contains)
                        .toList();
        return Suite.CONNECTIONS.stream()
                .flatMap(connections ->
                        order.stream().map(target -> Row.of(target, connections, all)))
                .toList();
    }

    private static String cpu(Row row) {
        return (row.coarse() ? "≈ " : "") + spread(Optional.of(row.cpuMicros()), "%.0f");
    }

    static String spread(Optional<Spread> spread, String format) {
        return spread.map(found ->
                        "%s [%s–%s]"
                                .formatted(
                                        number(format, found.median()),
                                        number(format, found.min()),
                                        number(format, found.max())))
                .orElse("–");
    }

    static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
