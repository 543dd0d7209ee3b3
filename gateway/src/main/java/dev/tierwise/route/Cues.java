package dev.tierwise.route;

import java.util.Arrays;
import java.util.TreeSet;

/// Words that hint at what a prompt asks for. Looked up by hash in one pass over the text, without
/// allocating. Immutable, thread-safe.
final class Cues {
    /// Places in the array of counts, by what a word hints at.
    static final int CODE = 0;

    static final int MATHS = 1;
    static final int DEEP = 2;
    static final int NARROW = 3;
    static final int KINDS = 4;

    /// At most this many characters from either end of a text are looked at: instructions stand at
    /// the ends, pasted material in the middle.
    private static final int WINDOW = 1_500;

    private static final String CODE_WORDS =
            "code function class def import compile compiler refactor bug stacktrace traceback"
                    + " exception algorithm python java javascript typescript rust sql regex async"
                    + " unit-test pytest docker kubernetes segfault mutex api debug";
    private static final String MATHS_WORDS =
            "prove proof theorem lemma integral derivative equation equations solve polynomial"
                    + " matrix eigenvalue probability modulo prime frac sqrt sum calculus algebra"
                    + " geometry triangle hypothesis bayes";
    private static final String DEEP_WORDS =
            "why step steps plan design architecture compare contrast analyze analyse tradeoff"
                    + " tradeoffs trade-off trade-offs strategy evaluate critique reason reasoning"
                    + " implications derive investigate essay research diagnose optimize optimise"
                    + " multi-step therefore justify argue";
    private static final String NARROW_WORDS =
            "classify classification extract extraction label category categories sentiment"
                    + " summarize summarise summary translate rewrite rephrase tag keyword keywords"
                    + " title spelling grammar yes no route intent entity entities normalize convert"
                    + " ticket invoice email hello hi thanks";

    private static final long[] TABLE = table();

    private Cues() {}

    /// Adds the cues of `text` to `counts`, an array of [#KINDS].
    static void count(String text, int[] counts) {
        if (text.length() <= 2 * WINDOW) {
            count(text, 0, text.length(), counts);
        } else {
            count(text, 0, WINDOW, counts);
            count(text, text.length() - WINDOW, text.length(), counts);
        }
    }

    private static void count(String text, int from, int to, int[] counts) {
        int hash = 0;
        int length = 0;
        for (int i = from; i <= to; i++) {
            int c = i < to ? Character.toLowerCase(text.charAt(i)) : ' ';
            if (Character.isLetter(c) || (c == '-' && length > 0)) {
                hash = 31 * hash + c;
                length++;
            } else {
                if (length > 1) {
                    add(hash, length, counts);
                }
                hash = 0;
                length = 0;
            }
        }
    }

    private static void add(int hash, int length, int[] counts) {
        long key = key(hash, length);
        int at = Arrays.binarySearch(TABLE, key);
        if (at < 0) {
            at = -at - 1;
        }
        if (at < TABLE.length && (TABLE[at] & ~7L) == key) {
            counts[(int) (TABLE[at] & 7)]++;
        }
    }

    private static long key(int hash, int length) {
        return ((long) hash << 16) | ((long) length << 3);
    }

    private static long[] table() {
        var entries = new TreeSet<Long>();
        String[] lists = {CODE_WORDS, MATHS_WORDS, DEEP_WORDS, NARROW_WORDS};
        for (int kind = 0; kind < lists.length; kind++) {
            for (String word : lists[kind].split(" ", -1)) {
                entries.add(key(word.hashCode(), word.length()) | kind);
            }
        }
        return entries.stream().mapToLong(Long::longValue).toArray();
    }
}
