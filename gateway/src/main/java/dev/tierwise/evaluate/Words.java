package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Curve.Measured;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How figures are written for people: in a terminal and in a page.
final class Words {
    /// Stands where there is no figure.
    static final String NONE = "–";

    private Words() {}

    /// A figure of quality, such as .652.
    static String quality(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.startsWith("0.")
                ? text.substring(1)
                : text.startsWith("-0.") ? "-" + text.substring(2) : text;
    }

    /// A share of 1 in percent, such as 28.8.
    static String percent(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.1f", 100 * value);
    }

    /// With its interval.
    static String quality(Measured measured) {
        return quality(measured.value())
                + (Double.isNaN(measured.low())
                        ? ""
                        : " [" + quality(measured.low()) + ", " + quality(measured.high()) + "]");
    }

    /// With its interval.
    static String percent(Measured measured) {
        return percent(measured.value())
                + (Double.isNaN(measured.low())
                        ? ""
                        : " [" + percent(measured.low()) + ", " + percent(measured.high()) + "]");
    }

    /// Shares of tiers, such as 70/20/10.
    static String shares(List<Double> shares) {
        return shares.stream()
                .map(share -> String.format(Locale.ROOT, "%.0f", 100 * share))
                .collect(Collectors.joining("/"));
    }

    /// What a ranking is called.
    static String ranking(String name) {
        return switch (name) {
            case "prompt_only" -> "prompt only";
            case "length" -> "prompt length";
            case "nearest" -> "nearest prompts";
            case "agreement" -> "agreement only";
            default -> name;
        };
    }

    /// Who foretold.
    static String method(Choice.Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// What was asked for.
    static String aim(Choice.Aim aim) {
        return switch (aim) {
            case AT_SHARES -> "at the shares";
            case SHARES_STREAM -> "at the shares, as a stream";
            case SAME_BUDGET -> "same budget, by price";
            case BUDGET_STREAM -> "same budget, as a stream";
            case AT_LAMBDA -> "at the price given";
        };
    }

    /// How a threshold is set.
    static String way(Floors.Way way, Floors floors) {
        return switch (way) {
            case NAIVE -> "naive threshold";
            case PROVEN -> "proven";
            case WORSE ->
                    "worse than the frontier on at most "
                            + String.format(Locale.ROOT, "%.0f", 100 * floors.worse())
                            + " %";
        };
    }

    /// Whether something of its kind was learned from.
    static String distribution(Part part) {
        if (part.learning().rows() == 0) {
            return "nothing of these models was learned from: shipped weights alone";
        }
        int known = part.learning().known();
        String how =
                switch (part.learning().trust()) {
                    case OWN -> "";
                    case BOTH ->
                            "; others of the same dataset were, so that they and the shipped"
                                    + " weights count alike";
                    case SHIPPED -> "; the shipped weights decide";
                };
        if (known == 0) {
            return "out of distribution: no row of its tasks was learned from" + how;
        }
        return known == part.rows()
                ? "in distribution: rows of its tasks were learned from"
                : "partly out of distribution: tasks of "
                        + (part.rows() - known)
                        + " rows were not learned from"
                        + how;
    }
}
