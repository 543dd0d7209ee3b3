package dev.tierwise.evidence;

import dev.tierwise.core.figure.Figure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How well a model did in one benchmark.
///
/// @param model which, by its name here
/// @param work the kind of work that the benchmark is about: `knowledge`, `maths`, `code`,
///   `instructions`, `tools`, `extraction`, `summary`
/// @param benchmark with its version
/// @param protocol how it was asked, as far as that is told
/// @param by who measured, such as `qwen`
/// @param percent the share of right answers, or the score out of a hundred
/// @param interval of 95 %; null where the single answers are not known
/// @param date of the source, `-` when it has none
/// @param source where it was read, or counted from
public record Result(
        String model,
        String work,
        String benchmark,
        String protocol,
        String by,
        double percent,
        @Nullable Interval interval,
        String date,
        String source) {
    /// What the true share lies between, with a confidence of 95 %.
    ///
    /// @param low in percent
    /// @param high in percent
    /// @param answers how many it was counted from
    public record Interval(double low, double high, int answers) {}

    /// Whether two results may be held against each other: the same benchmark, asked the same way
    /// by the same people and told in the same place.
    public boolean comparable(Result other) {
        return benchmark.equals(other.benchmark)
                && protocol.equals(other.protocol)
                && by.equals(other.by)
                && source.equals(other.source);
    }

    /// As a figure: counted here from others' rows, or as they published it.
    public Figure figure() {
        return Figure.published(percent, told());
    }

    /// The figure in words, such as `42.9 % [41.4, 44.4] of mmlu-pro, n 4,337`.
    public String says() {
        String head = String.format(Locale.ROOT, "%.1f %%", percent);
        return interval == null
                ? head + " of " + benchmark
                : head
                        + String.format(
                                Locale.ROOT,
                                " [%.1f, %.1f] of %s, n %,d",
                                interval.low,
                                interval.high,
                                benchmark,
                                interval.answers);
    }

    /// How and by whom, with the date and the source.
    public String told() {
        String dated = date.equals("-") ? "" : ", " + date;
        return protocol + "; " + by + dated + "; " + source;
    }
}
