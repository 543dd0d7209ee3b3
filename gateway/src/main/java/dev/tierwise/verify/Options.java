package dev.tierwise.verify;

import java.util.ArrayList;
import java.util.List;

/// Reads the lettered options of a multiple-choice question: `A. …` or `(A) …`, one a line, or `(A)
/// … (B) …` within a line.
final class Options {
    private static final int MOST = 26;
    private static final int WINDOW = 16_000;
    private static final int LONGEST = 1_000;

    private Options() {}

    /// The texts of the options in the order of their letters; empty unless there are two or more.
    static List<String> of(String text) {
        String end = text.substring(Math.max(0, text.length() - WINDOW));
        List<String> lines = byLine(end);
        return lines.size() > 1 ? lines : within(end);
    }

    /// The last run of lines that begin with A, B, C…; other lines between belong to the option
    /// before them.
    private static List<String> byLine(String text) {
        List<String> best = List.of();
        var run = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int stop = text.indexOf('\n', at);
            stop = stop < 0 ? text.length() : stop;
            int content = afterLetter(text, at, stop, run.size());
            if (content < 0 && !run.isEmpty()) {
                content = afterLetter(text, at, stop, 0);
                if (content >= 0) {
                    best = run.size() > 1 ? List.copyOf(run) : best;
                    run.clear();
                }
            }
            if (content >= 0 && run.size() < MOST) {
                run.add(cut(text.substring(content, stop).strip()));
            }
            at = stop + 1;
        }
        return run.size() > 1 ? List.copyOf(run) : best;
    }

    /// Where the text of the option with this number begins, or -1.
    private static int afterLetter(String text, int from, int to, int number) {
        int at = from;
        while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        boolean open = at < to && text.charAt(at) == '(';
        at += open ? 1 : 0;
        if (at + 1 >= to || text.charAt(at) != 'A' + number) {
            return -1;
        }
        char mark = text.charAt(at + 1);
        boolean marked = open ? mark == ')' : mark == '.' || mark == ')' || mark == ':';
        boolean apart = at + 2 >= to || Character.isWhitespace(text.charAt(at + 2));
        return marked && apart ? at + 2 : -1;
    }

    private static List<String> within(String text) {
        var options = new ArrayList<String>();
        int at = text.indexOf("(A) ");
        if (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            return List.of();
        }
        while (at >= 0 && options.size() < MOST) {
            int next = text.indexOf("(" + (char) ('B' + options.size()) + ") ", at + 3);
            int stop = next >= 0 ? next : text.length();
            options.add(cut(text.substring(at + 3, stop).strip()));
            at = next;
        }
        return options.size() > 2 ? List.copyOf(options) : List.of();
    }

    private static String cut(String option) {
        return option.length() > LONGEST ? option.substring(0, LONGEST) : option;
    }
}
