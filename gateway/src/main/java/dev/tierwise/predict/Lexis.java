package dev.tierwise.predict;

import java.util.Arrays;

/// Words that hint at what a prompt asks for, found by their hash.
final class Lexis {
    static final int NONE = -1;
    private static final int SIZE = 1 << 10;
    private static final int[] KEYS = new int[SIZE];
    private static final byte[] KINDS = new byte[SIZE];

    static {
        Arrays.fill(KINDS, (byte) NONE);
        put(Shape.NEGATION, "not except false never incorrect least cannot neither");
        put(
                Shape.MATHS_WORDS,
                "calculate compute solve find determine evaluate equation integral derivative"
                        + " probability prove theorem polynomial matrix triangle modulo sum product"
                        + " velocity voltage resistance");
        put(
                Shape.CODE_WORDS,
                "def return class function import code python java javascript sql compile bug"
                        + " exception algorithm regex debug refactor api stacktrace async");
        put(
                Shape.DEEP_WORDS,
                "why prove explain design plan compare contrast analyze analyse strategy critique"
                        + " reason reasoning derive research diagnose optimize optimise justify"
                        + " tradeoff tradeoffs architecture implications essay");
        put(
                Shape.NARROW_WORDS,
                "classify classification extract extraction label category categories sentiment"
                        + " summarize summarise summary translate rewrite rephrase tag keywords"
                        + " keyword yes route convert format list");
        put(Shape.RATE_WORDS, "each every per hour hours day days week percent rate");
        put(Shape.COMPARING_WORDS, "more less fewer than twice times half triple remaining left");
        put(Shape.CONDITION_WORDS, "if then unless when after before until suppose assume");
        put(Shape.PRONOUNS, "he she his her they their him them i my we our you your");
        put(Shape.STATEMENT_WORDS, "statement scenario following which passage argument court");
    }

    private Lexis() {}

    private static void put(Shape kind, String words) {
        for (String word : words.split(" ", -1)) {
            int hash = Words.hash(word);
            int at = hash & (SIZE - 1);
            while (KINDS[at] != NONE && KEYS[at] != hash) {
                at = (at + 1) & (SIZE - 1);
            }
            KEYS[at] = hash;
            KINDS[at] = (byte) kind.place();
        }
    }

    /// The place of the [Shape] that a word of this hash counts for, or [#NONE].
    static int kind(int hash) {
        int at = hash & (SIZE - 1);
        while (KINDS[at] != NONE) {
            if (KEYS[at] == hash) {
                return KINDS[at];
            }
            at = (at + 1) & (SIZE - 1);
        }
        return NONE;
    }
}
