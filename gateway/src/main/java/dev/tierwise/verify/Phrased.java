package dev.tierwise.verify;

import java.util.Locale;

/// Takes the answer out of the sentence that gives it: "that there are **12** ways" says 12.
final class Phrased {
    private static final int FEW_WORDS = 4;

    private Phrased() {}

    /// Whether a question of this kind has a short answer, so that a number in prose may be it.
    static boolean isShortAnswered(Question question) {
        return switch (question.task()) {
            case MATHS, CODE, CHAT -> true;
            case CHOICE, CLASSIFICATION, EXTRACTION, SUMMARY, TRANSLATION, STRUCTURED -> false;
        };
    }

    /// The answer within `sentence`, which begins after words such as "the answer is".
    static String value(String sentence, Question question) {
        String bare = trimmed(sentence);
        int boxed = bare.indexOf("\\boxed{");
        if (boxed >= 0) {
            int close = bare.lastIndexOf('}');
            return close > boxed + 7 ? bare.substring(boxed + 7, close) : bare.substring(boxed + 7);
        }
        if (question.task() != Task.MATHS || bare.split(" ", FEW_WORDS + 2).length <= FEW_WORDS) {
            return bare;
        }
        String part = between(bare, "**");
        part = part.isEmpty() ? between(bare, "$") : part;
        part = part.isEmpty() ? between(bare, "`") : part;
        return part.isEmpty() ? number(bare) : part;
    }

    private static String between(String text, String mark) {
        int close = text.lastIndexOf(mark);
        int open = close <= 0 ? -1 : text.lastIndexOf(mark, close - 1);
        return open < 0 ? "" : text.substring(open + mark.length(), close).strip();
    }

    /// The first number of the sentence, or the whole.
    private static String number(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean begins = i == 0 || " $(-".indexOf(text.charAt(i - 1)) >= 0;
            if (begins && Character.isDigit(text.charAt(i))) {
                int from = i > 0 && text.charAt(i - 1) == '-' ? i - 1 : i;
                return text.substring(from, from + Math.max(1, Numerals.end(text.substring(from))));
            }
        }
        return text;
    }

    private static String trimmed(String sentence) {
        String bare = sentence.strip();
        String low = bare.toLowerCase(Locale.ROOT);
        for (String lead : new String[] {"that ", "therefore ", "simply ", "indeed "}) {
            bare = low.startsWith(lead) ? bare.substring(lead.length()).strip() : bare;
        }
        int end = bare.length();
        while (end > 0
                && "*`\"'}!,.$ ".indexOf(bare.charAt(end - 1)) >= 0
                && !pairs(bare, end - 1)) {
            end--;
        }
        return bare.substring(0, end);
    }

    /// Whether a closing sign has its partner in the text, so that it belongs to the answer.
    private static boolean pairs(String text, int at) {
        char c = text.charAt(at);
        char open = c == '}' ? '{' : c;
        return (c == '}' || c == '"' || c == '\'' || c == '$')
                && text.indexOf(open) < at
                && text.indexOf(open) >= 0;
    }
}
