package dev.tierwise.verify.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Numbers and words of texts, for comparing.
final class Reckoned {
    private static final int WINDOW = 40_000;
    private static final int LONGEST = 18;
    private static final double CLOSE = .006;

    private Reckoned() {}

    /// All numbers, in order.
    private static List<Double> inOrder(String text) {
        var numbers = new ArrayList<Double>();
        int end = text.length();
        int i = Math.max(0, end - WINDOW);
        while (i < end) {
            if (!isDigit(text.charAt(i))) {
                i++;
                continue;
            }
            var digits = new StringBuilder();
            while (i < end && belongs(text, i, end)) {
                if (text.charAt(i) != ',' && digits.length() < LONGEST) {
                    digits.append(text.charAt(i));
                }
                i++;
            }
            numbers.add(value(digits));
        }
        return numbers;
    }

    private static boolean belongs(String text, int i, int end) {
        char c = text.charAt(i);
        boolean digitNext = i + 1 < end && isDigit(text.charAt(i + 1));
        return isDigit(c) || ((c == '.' || c == ',') && digitNext);
    }

    /// The value of digits with at most one point that counts.
    private static double value(CharSequence digits) {
        double value = 0;
        double place = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.') {
                if (place != 0) {
                    break;
                }
                place = .1;
            } else if (place == 0) {
                value = value * 10 + (c - '0');
            } else {
                value += (c - '0') * place;
                place /= 10;
            }
        }
        return Math.round(value * 1e6) / 1e6;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static Set<Double> numbers(String text) {
        return new HashSet<>(inOrder(text));
    }

    /// Whether a text is mostly a number, such as `$14.50` or `3.2 m/s`.
    static boolean isNumber(String text) {
        for (int i = 0; i < Math.min(3, text.length()); i++) {
            if (isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// 1 when the first number of `value` is among the last `last` numbers of `text`, about.
    static double reached(String value, String text, int last) {
        List<Double> wanted = inOrder(value);
        if (wanted.isEmpty()) {
            return 0;
        }
        List<Double> numbers = inOrder(text);
        double goal = wanted.getFirst();
        for (double number : numbers.subList(Math.max(0, numbers.size() - last), numbers.size())) {
            if (Math.abs(number - goal) <= CLOSE * Math.max(Math.abs(goal), 1e-9)) {
                return 1;
            }
        }
        return 0;
    }

    /// Different words of three letters and more, in small letters.
    static Set<String> words(String text) {
        var words = new HashSet<String>();
        int end = text.length();
        int begin = -1;
        for (int i = Math.max(0, end - WINDOW); i <= end; i++) {
            boolean letter = i < end && Character.isLetter(text.charAt(i));
            if (letter && begin < 0) {
                begin = i;
            } else if (!letter && begin >= 0) {
                if (i - begin >= 3) {
                    words.add(text.substring(begin, i).toLowerCase(java.util.Locale.ROOT));
                }
                begin = -1;
            }
        }
        return words;
    }

    /// What stands before the final answer is told.
    static String beforeAnswer(String text) {
        int told = Math.max(text.lastIndexOf("answer is"), text.lastIndexOf("\"answer\""));
        return told > 0 ? text.substring(0, told) : text;
    }
}
