package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;

/// Finds loops: a small model's commonest way to fail at length. Linear in a bounded window.
final class Repetition {
    static final String NAME = "repetition";

    private static final int TAIL = 2_400;
    private static final int LEAST_LOOP = 160;
    private static final int LEAST_TURNS = 4;
    private static final int WORDS = 6_000;
    private static final int LEAST_WORDS = 80;
    private static final int TABLE = 1 << 14;

    private Repetition() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        String text = reply.text();
        int loop = Math.max(loop(text), startsInLoop(text) ? Examiner.PREFIX : 0);
        double repeated = repeated(text);
        sheet.count(Signal.LOOP, loop);
        sheet.set(Signal.REPETITION, repeated);
        boolean often = repeated > (question.task() == Task.CODE ? 0.85 : 0.7);
        if (loop > 0) {
            sheet.add(
                    Finding.fail(
                            NAME,
                            Rates.LOOPED,
                            "the same piece comes again over " + loop + " characters"));
        } else if (often) {
            sheet.add(
                    Finding.warn(
                            NAME,
                            Rates.REPEATED,
                            "%.0f %% of its word sequences came before".formatted(100 * repeated)));
        } else {
            sheet.add(Finding.pass(NAME, Rates.BASE, "no loop"));
        }
    }

    /// Whether the first characters, as many as a stream is held for, are a loop.
    static boolean startsInLoop(String text) {
        return text.length() >= Examiner.PREFIX && loop(text.substring(0, Examiner.PREFIX)) > 0;
    }

    /// How many characters at the end are one piece again and again; 0 when that is no loop. Digits
    /// count as one another, so that numbered loops are found too.
    static int loop(String text) {
        int size = Math.min(TAIL, text.length());
        if (size < LEAST_LOOP) {
            return 0;
        }
        var tail = new char[size]; // backwards, so that a suffix becomes a prefix
        for (int i = 0; i < size; i++) {
            char c = text.charAt(text.length() - 1 - i);
            tail[i] = Texts.isDigit(c) ? '0' : c;
        }
        var border = new int[size + 1];
        border[0] = -1;
        int best = 0;
        for (int i = 0, k = -1; i < size; ) {
            while (k >= 0 && tail[i] != tail[k]) {
                k = border[k];
            }
            border[++i] = ++k;
            int period = i - k;
            if (i >= LEAST_LOOP && (long) period * LEAST_TURNS <= i && isWordy(tail, period)) {
                best = i;
            }
        }
        return best;
    }

    /// Rules, tables of numbers and empty cells are no loops: a piece needs three letters.
    private static boolean isWordy(char[] tail, int period) {
        int letters = 0;
        for (int i = 0; i < period && letters < 3; i++) {
            letters += Character.isLetter(tail[i]) ? 1 : 0;
        }
        return letters == 3;
    }

    /// Share of the four-word sequences at the end of a text that came before; 0 for short texts.
    static double repeated(String text) {
        var seen = new long[table(text.length())];
        int words = 0;
        int again = 0;
        long a = 0;
        long b = 0;
        long c = 0;
        long word = 0;
        int from = Math.max(0, text.length() - 8 * WORDS);
        for (int i = from; i <= text.length() && words < WORDS; i++) {
            char letter = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(letter)) {
                word = word * 1_000_003 + Character.toLowerCase(letter) + 1;
            } else if (word != 0) {
                if (++words > 3) {
                    again += isSeen(seen, ((a * 31 + b) * 31 + c) * 31 + word) ? 1 : 0;
                }
                a = b;
                b = c;
                c = word;
                word = 0;
            }
        }
        return words < LEAST_WORDS ? 0 : (double) again / (words - 3);
    }

    /// Places for twice as many sequences as a text of this length can have, a power of two.
    private static int table(int length) {
        return Math.min(TABLE, Integer.highestOneBit(Math.max(256, length)) * 2);
    }

    private static boolean isSeen(long[] seen, long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        long key = mixed == 0 ? 1 : mixed;
        int at = (int) (key >>> 40) & (seen.length - 1);
        for (int tries = 0; tries < 32; tries++) {
            if (seen[at] == key) {
                return true;
            }
            if (seen[at] == 0) {
                seen[at] = key;
                return false;
            }
            at = (at + 1) & (seen.length - 1);
        }
        return false;
    }
}
