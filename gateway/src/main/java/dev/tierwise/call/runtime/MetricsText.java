package dev.tierwise.call.runtime;

import org.jspecify.annotations.Nullable;

/// Figures in the text format of Prometheus: `name{labels} value`, one a line.
///
/// @param text the page
record MetricsText(String text) {
    /// The sum of a metric over all its labels; null where the page has no such line.
    @Nullable Double sum(String name) {
        Double sum = null;
        for (String line : text.split("\n", -1)) {
            Double value = value(line, name);
            if (value != null) {
                sum = sum == null ? value : Double.valueOf(sum + value);
            }
        }
        return sum;
    }

    /// As [#sum], as a count of requests.
    @Nullable Integer count(String name) {
        Double sum = sum(name);
        return sum == null || sum < 0 || sum > Integer.MAX_VALUE ? null : sum.intValue();
    }

    private static @Nullable Double value(String line, String name) {
        if (!line.startsWith(name)) {
            return null;
        }
        String rest = line.substring(name.length());
        if (rest.startsWith("{")) {
            int end = rest.lastIndexOf('}');
            if (end < 0) {
                return null;
            }
            rest = rest.substring(end + 1);
        } else if (!rest.startsWith(" ")) {
            return null;
        }
        try {
            double value = Double.parseDouble(rest.strip().split(" ", 2)[0]);
            return Double.isFinite(value) ? Double.valueOf(value) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
