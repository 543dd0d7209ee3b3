package dev.tierwise.engine.run;

import java.util.List;

/// Holds back text in which a stop text may have begun, and sees when one is whole. For one answer
/// and one thread.
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /// @param stops none of them empty
    StopTexts(List<String> stops) {
        this.stops = List.copyOf(stops);
    }

    /// Takes text and gives what can no longer be part of a stop text.
    String feed(String text) {
        if (stopped || stops.isEmpty()) {
            return stopped ? "" : text;
        }
        held.append(text);
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        if (first >= 0) {
            stopped = true;
            String before = held.substring(0, first);
            held.setLength(0);
            return before;
        }
        int safe = held.length() - longestBegun();
        String given = held.substring(0, safe);
        held.delete(0, safe);
        return given;
    }

    /// How many characters at the end may be the beginning of a stop text.
    private int longestBegun() {
        int longest = 0;
        for (String stop : stops) {
            int most = Math.min(stop.length() - 1, held.length());
            for (int length = most; length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    /// Whether a stop text came; what follows it is not part of the answer.
    boolean stopped() {
        return stopped;
    }

    /// What is held back and, since nothing follows, belongs to the answer.
    String rest() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }
}
