package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;

/// Finds answers that were cut off: the model says so, a code block stays open, a long text ends
/// within a sentence.
final class Truncation {
    private static final String NAME = "truncated";
    private static final int LONG = 400;

    private Truncation() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        boolean length = reply.finish().equals("length");
        boolean structured = question.json() || !reply.calls().isEmpty();
        sheet.set(Signal.TRUNCATED, length);
        if (length && structured) {
            sheet.add(
                    Finding.fail(
                            NAME, Rates.NEVER, "the answer ran out of tokens within its JSON"));
        } else if (length) {
            sheet.add(Finding.warn(NAME, Rates.CUT, "the answer ran out of tokens"));
        } else if (openFence(reply.text())) {
            sheet.set(Signal.TRUNCATED, 1);
            sheet.add(Finding.warn(NAME, Rates.CUT, "a code block stays open"));
        } else if (!structured && endsWithinSentence(reply.text())) {
            sheet.set(Signal.TRUNCATED, 1);
            sheet.add(Finding.warn(NAME, Rates.CUT, "the text ends within a sentence"));
        } else {
            sheet.add(Finding.pass(NAME, Rates.BASE, "the answer comes to an end"));
        }
    }

    /// An odd number of lines that begin with three ticks.
    static boolean openFence(String text) {
        boolean open = false;
        for (int at = text.indexOf("```"); at >= 0; at = text.indexOf("```", at + 3)) {
            open = !open;
        }
        return open;
    }

    /// Only of long texts: labels, titles and lists end without a stop.
    private static boolean endsWithinSentence(String text) {
        int end = text.length();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (end < LONG) {
            return false;
        }
        char last = text.charAt(end - 1);
        boolean open = last == ',' || last == '(' || last == '=' || last == '\\';
        return open || (Character.isLetter(last) && isInSentence(text, end));
    }

    /// Whether the last line is prose, by its length, and its script has full stops.
    private static boolean isInSentence(String text, int end) {
        int line = text.lastIndexOf('\n', end - 1) + 1;
        int stop = text.lastIndexOf(". ", end - 1);
        boolean prose = end - line > 120 && stop >= line;
        return prose
                && text.charAt(line) != '-'
                && text.charAt(line) != '*'
                && text.charAt(line) != '|';
    }
}
