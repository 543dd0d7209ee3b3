package dev.tierwise.verify;

import dev.tierwise.verify.FinalAnswer.Form;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One search for the final answer of one answer. For one thread.
final class Extraction {
    private static final int WINDOW = 100_000;
    private static final int LONGEST = 400;
    private static final int SHORT = 60;
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.,/]*");

    /// Words before a final answer: a stem, then how it goes on. The last in the text count.
    private static final String[][] PHRASES = {
        {
            "answer",
            " is",
            ":",
            "\":",
            "s are",
            " =",
            " would be",
            " must be",
            " should be",
            " to the question is",
            " to this question is",
            "**:",
            ":**"
        },
        {"antwort", " ist", " lautet", ":"},
        {"respuesta", " es", ":", " correcta es"},
        {"réponse", " est", " :", ":"},
        {"risposta", " è", ":"},
        {"resposta", " é", ":"},
        {"答案", "是", "：", ":"},
    };

    /// Words before a letter that is chosen, less sure.
    private static final String[][] CHOOSING = {
        {"option", " is", ""}, {"choice", " is", ""}, {"closest", " is", " to"},
    };

    /// With these a model that does not stop goes on to a question of its own.
    private static final String[] NEXT = {
        "\nQuestion:",
        "\n\nQ: ",
        "\n## Question",
        "\n### Question",
        "\n## Instruction",
        "\n### Instruction",
        "<|end|>",
        "<|im_end|>",
        "<|eot_id|>",
    };

    private final String text;
    private final String low;
    private final int offset;
    private final Question question;

    Extraction(String answer, Question question) {
        int from = Math.max(0, answer.length() - WINDOW);
        int thought = answer.lastIndexOf("</think>");
        from = thought >= from ? thought + 8 : from;
        int end = next(answer, from);
        this.text = answer.substring(from, end);
        this.low = lower(text);
        this.offset = from;
        this.question = question;
    }

    /// Base models go on with a question of their own; what comes after it is no answer to ours.
    private static int next(String answer, int from) {
        int at = from;
        while (at < answer.length() && Character.isWhitespace(answer.charAt(at))) {
            at++;
        }
        int end = answer.length();
        for (String head : NEXT) {
            int next = answer.indexOf(head, at + 1);
            end = next < 0 ? end : Math.min(end, next);
        }
        return end;
    }

    /// Small letters without a change of length.
    private static String lower(String text) {
        var low = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            low.append(Character.toLowerCase(text.charAt(i)));
        }
        return low.toString();
    }

    @Nullable FinalAnswer find() {
        if (question.task() == Task.CHOICE) {
            return choice();
        }
        JsonField.Value field = JsonField.last(text);
        if (field != null) {
            return field.equals(JsonField.BLANK)
                    ? null
                    : at(field.value(), Form.JSON, field.start(), field.end());
        }
        FinalAnswer sure = hashes();
        sure = sure == null ? boxed() : sure;
        sure = sure == null ? phrase() : sure;
        if (sure != null) {
            return sure;
        }
        return question.task() == Task.CLASSIFICATION && !question.labels().isEmpty()
                ? label()
                : whole();
    }

    // letters

    private @Nullable FinalAnswer choice() {
        JsonField.Value field = JsonField.last(text);
        if (field != null && letter(field.value(), size()) >= 0) {
            return at(letterOf(field.value()), Form.JSON, field.start(), field.end());
        }
        int boxed = text.lastIndexOf("\\boxed{");
        FinalAnswer found = boxed < 0 ? null : letterAt(boxed + 7, Form.BOXED);
        found = found == null ? chosen(PHRASES, Form.PHRASE) : found;
        found = found == null ? leading() : found;
        found = found == null ? chosen(CHOOSING, Form.MARKED) : found;
        found = found == null ? bracketed() : found;
        return found == null ? standing() : found;
    }

    private int size() {
        return question.options().size();
    }

    /// The letter after the last of these phrases that has one.
    private @Nullable FinalAnswer chosen(String[][] phrases, Form form) {
        FinalAnswer best = null;
        for (String[] phrase : phrases) {
            int at = low.length();
            for (int tries = 0; tries < 12 && at > 0; tries++) {
                at = low.lastIndexOf(phrase[0], at - 1);
                int behind = at < 0 ? -1 : behind(phrase, at);
                FinalAnswer found = behind < 0 ? null : letterAt(behind, form);
                if (found != null) {
                    best = best == null || found.start() > best.start() ? found : best;
                    break;
                }
            }
        }
        return best;
    }

    /// Where the phrase ends whose stem stands here; -1 when it does not go on as one.
    private int behind(String[] phrase, int at) {
        int stem = at + phrase[0].length();
        for (int i = 1; i < phrase.length; i++) {
            if (low.startsWith(phrase[i], stem)) {
                return stem + phrase[i].length();
            }
        }
        return -1;
    }

    /// The letter that stands here, behind marks and such words as "option".
    private @Nullable FinalAnswer letterAt(int from, Form form) {
        int at = marks(from);
        for (String word : new String[] {"\\text{", "\\textbf{", "option ", "choice ", "letter "}) {
            if (low.startsWith(word, at)) {
                at = marks(at + word.length());
            }
        }
        return isLetter(at, at > from && text.charAt(at - 1) == '(')
                ? at(text.substring(at, at + 1), form, at, at + 1)
                : null;
    }

    private int marks(int from) {
        int at = from;
        while (at < text.length() && " \n\t:*_`\"'([{$=".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /// Whether a letter of an option stands here by itself; "A dog" and "I am" are no options.
    private boolean isLetter(int at, boolean bracket) {
        if (at >= text.length() || text.charAt(at) < 'A' || text.charAt(at) >= 'A' + size()) {
            return false;
        }
        if (at + 1 >= text.length()) {
            return true;
        }
        char next = text.charAt(at + 1);
        if (Character.isLetterOrDigit(next) || next == '\'' || next == '’' || next == '_') {
            return false;
        }
        boolean word = text.charAt(at) == 'A' || text.charAt(at) == 'I';
        boolean goesOn =
                next == ' ' && at + 2 < text.length() && Character.isLowerCase(text.charAt(at + 2));
        return bracket || !word || !goesOn;
    }

    /// `B`, `B. Paris`, `(B) Paris`, `**B**` at the beginning.
    private @Nullable FinalAnswer leading() {
        int at = marks(0);
        if (!isLetter(at, at > 0 && text.charAt(at - 1) == '(')) {
            return null;
        }
        boolean last = at + 1 >= text.length() || at + 1 >= text.stripTrailing().length();
        boolean marked = !last && ".):*]\n\"}".indexOf(text.charAt(at + 1)) >= 0;
        return last || marked ? at(text.substring(at, at + 1), Form.WHOLE, at, at + 1) : null;
    }

    private @Nullable FinalAnswer bracketed() {
        for (int i = text.length() - 3; i >= 0; i--) {
            boolean open = text.charAt(i) == '(' || text.charAt(i) == '*';
            boolean shut = text.charAt(i + 2) == ')' || text.charAt(i + 2) == '*';
            if (open && shut && isLetter(i + 1, true)) {
                return at(text.substring(i + 1, i + 2), Form.MARKED, i + 1, i + 2);
            }
        }
        return null;
    }

    private @Nullable FinalAnswer standing() {
        for (int i = text.length() - 1; i >= 0; i--) {
            boolean before = i == 0 || !isWordy(text.charAt(i - 1));
            boolean after = i + 1 >= text.length() || !isWordy(text.charAt(i + 1));
            if (before && after && isLetter(i, false)) {
                return at(text.substring(i, i + 1), Form.LAST, i, i + 1);
            }
        }
        return null;
    }

    private static boolean isWordy(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /// The option that a value such as `B`, `(b)`, `B) Paris` names, from 0; -1 when none.
    static int letter(String value, int options) {
        String letter = letterOf(value);
        if (letter.isEmpty()) {
            return -1;
        }
        int number = letter.charAt(0) - 'A';
        return number >= 0 && number < options ? number : -1;
    }

    private static String letterOf(String value) {
        int at = 0;
        while (at < value.length() && " (*`\"'[{$".indexOf(value.charAt(at)) >= 0) {
            at++;
        }
        if (at >= value.length() || value.charAt(at) > 'z') {
            return "";
        }
        boolean alone =
                at + 1 >= value.length()
                        || (".):*`\"']}$".indexOf(value.charAt(at + 1)) >= 0
                                && (value.charAt(at + 1) != '.' || !isDigit(value, at + 2)));
        return alone ? String.valueOf(Character.toUpperCase(value.charAt(at))) : "";
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }

    // everything else

    private @Nullable FinalAnswer hashes() {
        int at = text.lastIndexOf("####");
        if (at < 0) {
            return null;
        }
        int start = at + 4;
        int end = line(start);
        String value = text.substring(start, end).strip();
        boolean heading = value.indexOf(':') >= 0 || value.split(" ", -1).length > 4;
        return value.isEmpty() || value.length() > SHORT || heading
                ? null
                : at(value, Form.HASHES, start, end);
    }

    private @Nullable FinalAnswer boxed() {
        int at = Math.max(text.lastIndexOf("\\boxed{"), text.lastIndexOf("\\fbox{"));
        if (at < 0) {
            return null;
        }
        int start = text.indexOf('{', at) + 1;
        int deep = 1;
        int stop = Math.min(text.length(), start + LONGEST);
        int i = start;
        while (i < stop && deep > 0) {
            deep += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            i++;
        }
        int end = deep == 0 ? i - 1 : i;
        return at(text.substring(start, end), Form.BOXED, start, end);
    }

    private @Nullable FinalAnswer phrase() {
        int before = low.length();
        for (int tries = 0; tries < 12 && before > 0; tries++) {
            int place = -1;
            int behind = -1;
            for (String[] phrase : PHRASES) {
                int at = low.lastIndexOf(phrase[0], before - 1);
                if (at > place) {
                    place = at;
                    behind = behind(phrase, at);
                }
            }
            if (place < 0) {
                return null;
            }
            int start = behind < 0 ? 0 : marks(behind);
            int end = behind < 0 ? 0 : sentence(start);
            String value = Phrased.value(text.substring(start, end), question);
            if (!value.isEmpty() && !opensBlock(behind)) {
                return at(value, Form.PHRASE, start, end);
            }
            before = place;
        }
        return null;
    }

    /// Whether JSON or a code block begins here: it holds more than the answer, or was cut off.
    private boolean opensBlock(int from) {
        int at = from;
        while (at < text.length() && " \n\t:*".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int in = at < text.length() && text.charAt(at) == '{' ? marks(at + 1) : at;
        return text.startsWith("```", at) || text.startsWith("reasoning", in);
    }

    /// The end of the sentence that begins here: a full stop before a space, or the line's end.
    private int sentence(int from) {
        int end = line(from);
        for (int i = from; i < end; i++) {
            boolean stop = text.charAt(i) == '.' || text.charAt(i) == '。';
            if (stop && (i + 1 >= end || Character.isWhitespace(text.charAt(i + 1)))) {
                return i;
            }
        }
        return end;
    }

    private int line(int from) {
        int end = text.indexOf('\n', from);
        return Math.min(end < 0 ? text.length() : end, from + LONGEST);
    }

    private @Nullable FinalAnswer label() {
        String bare = Labels.bare(text);
        FinalAnswer found = null;
        for (String label : question.labels()) {
            if (bare.equalsIgnoreCase(label)) {
                return at(label, Form.WHOLE, 0, text.length());
            }
            int at = low.lastIndexOf(lower(label));
            if (at >= 0 && (found == null || at + offset > found.start())) {
                found = at(label, Form.LAST, at, at + label.length());
            }
        }
        return found;
    }

    private @Nullable FinalAnswer whole() {
        String bare = text.strip();
        if (bare.isEmpty()) {
            return null;
        }
        FinalAnswer marked = Phrased.isShortAnswered(question) ? bold() : null;
        if (bare.length() <= SHORT && bare.indexOf('\n') < 0) {
            boolean said = question.task() == Task.MATHS && bare.split(" ", -1).length > 3;
            FinalAnswer best = said && marked == null && isLone(bare) ? lastNumber() : marked;
            return said && best != null ? best : at(bare, Form.WHOLE, 0, text.length());
        }
        return marked == null ? lastNumber() : marked;
    }

    /// Whether there is one number only.
    private static boolean isLone(String bare) {
        return NUMBER.matcher(bare).results().count() == 1;
    }

    /// The last bold words, where they stand near the end.
    private @Nullable FinalAnswer bold() {
        int close = text.lastIndexOf("**");
        int open = close < 2 ? -1 : text.lastIndexOf("**", close - 2);
        if (open < 0 || close < open + 2 || close - open > SHORT || text.length() - close > 200) {
            return null;
        }
        String value = text.substring(open + 2, close).strip();
        boolean useful = !value.isEmpty() && !value.endsWith(":");
        return useful ? at(value, Form.MARKED, open + 2, close) : null;
    }

    private @Nullable FinalAnswer lastNumber() {
        int end = text.length();
        while (end > 0 && !Character.isDigit(text.charAt(end - 1))) {
            end--;
        }
        if (end == 0 || !Phrased.isShortAnswered(question)) {
            return null;
        }
        int start = end - 1;
        while (start > 0 && end - start < SHORT && isPartOfNumber(start - 1)) {
            start--;
        }
        return at(text.substring(start, end), Form.LAST, start, end);
    }

    private boolean isPartOfNumber(int at) {
        char c = text.charAt(at);
        if (Character.isDigit(c)) {
            return true;
        }
        boolean inside = (c == '.' || c == ',' || c == '/') && at > 0;
        boolean sign = c == '-' && (at == 0 || !isWordy(text.charAt(at - 1)));
        return sign || (inside && Character.isDigit(text.charAt(at - 1)));
    }

    private FinalAnswer at(String value, Form form, int start, int end) {
        return new FinalAnswer(value, form, offset + start, offset + end);
    }
}
