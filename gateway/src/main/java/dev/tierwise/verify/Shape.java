package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.Optional;

/// Counts what an answer is made of, and looks at its final answer.
final class Shape {
    private static final String NAME = "final-answer";
    private static final int WINDOW = 200_000;
    private static final int MOST_MENTIONS = 50;

    private Shape() {}

    static void examine(Question question, Reply reply, Optional<FinalAnswer> answer, Sheet sheet) {
        count(reply.text(), sheet);
        answer.ifPresent(found -> describe(question, reply.text(), found, sheet));
        if (!wantsFinalAnswer(question)) {
            return;
        }
        if (answer.isEmpty()) {
            sheet.add(Finding.warn(NAME, Rates.NO_FINAL_ANSWER, "no final answer was found"));
        } else if (answer.get().form() == FinalAnswer.Form.LAST) {
            sheet.add(Finding.warn(NAME, Rates.GUESSED, "the final answer is not marked as such"));
        } else {
            sheet.add(Finding.pass(NAME, Rates.STATED, "the final answer is stated"));
        }
    }

    private static boolean wantsFinalAnswer(Question question) {
        return switch (question.task()) {
            case CHOICE, MATHS -> true;
            case CLASSIFICATION, EXTRACTION, SUMMARY, TRANSLATION, CODE, STRUCTURED, CHAT -> false;
        };
    }

    private static void count(String text, Sheet sheet) {
        int lines = 0;
        int steps = 0;
        int numbers = 0;
        boolean blank = true;
        int end = Math.min(text.length(), WINDOW);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            char next = i + 1 < end ? text.charAt(i + 1) : '\n';
            if (c == '\n') {
                lines += blank ? 0 : 1;
                blank = true;
            } else if (!Character.isWhitespace(c)) {
                blank = false;
            }
            boolean stop = c == '.' || c == '!' || c == '?';
            steps += (stop && Character.isWhitespace(next)) || "。！？".indexOf(c) >= 0 ? 1 : 0;
            numbers += Texts.isDigit(c) && !Texts.isDigit(next) ? 1 : 0;
        }
        sheet.count(Signal.LENGTH, text.length());
        sheet.count(Signal.LINES, lines + (blank ? 0 : 1));
        sheet.count(Signal.STEPS, steps);
        sheet.count(Signal.NUMBERS, numbers);
    }

    private static void describe(Question question, String text, FinalAnswer answer, Sheet sheet) {
        sheet.set(Signal.FOUND, 1);
        sheet.set(
                switch (answer.form()) {
                    case JSON -> Signal.FORM_JSON;
                    case HASHES, BOXED -> Signal.FORM_BOXED;
                    case PHRASE -> Signal.FORM_PHRASE;
                    case WHOLE -> Signal.FORM_WHOLE;
                    case MARKED -> Signal.FORM_MARKED;
                    case LAST -> Signal.FORM_LAST;
                },
                1);
        String value = answer.value();
        sheet.count(Signal.ANSWER_LENGTH, value.length());
        sheet.count(Signal.ANSWER_MENTIONS, mentions(text, value));
        boolean asked = question.task() != Task.CHOICE && mentions(question.user(), value) > 0;
        sheet.set(Signal.ANSWER_ASKED, asked);
    }

    /// How often a value stands by itself in a text.
    private static int mentions(String text, String value) {
        if (value.isBlank()) {
            return 0;
        }
        int count = 0;
        int from = Math.max(0, text.length() - WINDOW);
        for (int at = text.indexOf(value, from);
                at >= 0 && count < MOST_MENTIONS;
                at = text.indexOf(value, at + value.length())) {
            int end = at + value.length();
            boolean before = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
            boolean after = end < text.length() && Character.isLetterOrDigit(text.charAt(end));
            count += before || after ? 0 : 1;
        }
        return count;
    }
}
