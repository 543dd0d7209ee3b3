package dev.tierwise.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Regular expressions of strangers against texts of strangers: `java.util.regex` with a budget, as
/// it can take exponential time. For one thread.
final class BoundedPattern {
    private static final int LONGEST_PATTERN = 500;

    /// The library goes one call deeper for each character of some repetitions.
    private static final int LONGEST_TEXT = 500;

    private static final int READS = 500_000;

    private final Map<String, Pattern> compiled = new HashMap<>();
    private int reads = READS;

    /// Whether the pattern is found in the text; true when that cannot be said within the budget.
    boolean matches(String pattern, String text) {
        if (pattern.length() > LONGEST_PATTERN || text.length() > LONGEST_TEXT || reads <= 0) {
            return true;
        }
        Pattern ready = compiled.get(pattern);
        if (ready == null) {
            ready = compile(pattern);
            if (ready == null) {
                return true;
            }
            compiled.put(pattern, ready);
        }
        try {
            return ready.matcher(new Counted(text)).find();
        } catch (Exhausted spent) {
            return true;
        }
    }

    private static @Nullable Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException unknown) {
            return null; // another dialect of expressions
        }
    }

    /// The budget is spent.
    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("the pattern takes too long", null, false, false);
        }
    }

    /// A text that counts how often it is read.
    private final class Counted implements CharSequence {
        private final CharSequence text;

        Counted(CharSequence text) {
            this.text = text;
        }

        @Override
        public char charAt(int at) {
            if (--reads <= 0) {
                throw new Exhausted();
            }
            return text.charAt(at);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Counted(text.subSequence(from, to));
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
