package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.WordTable;
import java.util.List;

/// What words say about the numbers after them, from the resource `cues.txt`.
final class Cues {
    static final int NONE = 0;
    static final int STRONG = 1;
    static final int WEAK = 2;
    static final int MARK = 3;
    static final int NUMBER = 4;
    static final int LINK = 5;
    static final int MONTH = 6;
    static final int SUFFIX = 7;
    static final int PREFIX = 8;
    static final int UNIT = 9;
    static final int DATE = 10;
    static final int AGE = 11;
    static final int BIRTH = 12;

    static final List<String> LINES = WordTable.lines(Cues.class, "cues.txt");

    private static final Kind[] KINDS = Kind.values();

    private static final WordTable WORDS = new WordTable(2048);

    static {
        for (String line : LINES.reversed()) {
            int colon = line.indexOf(':');
            int value = value(line.substring(0, colon));
            for (String word : line.substring(colon + 1).strip().split(" ", -1)) {
                WORDS.put(word, value);
            }
        }
    }

    private Cues() {}

    static boolean may(char first, char second) {
        return WORDS.may(first, second);
    }

    /// The role in the upper bits, what it is about in the lower eight; 0 for a word without one.
    static int of(long hash) {
        return WORDS.get(hash);
    }

    static int role(int cue) {
        return cue >> 8;
    }

    /// The kind of thing that a noun names.
    static Kind kind(int cue) {
        return KINDS[cue & 0xFF];
    }

    /// The number of the month.
    static int month(int cue) {
        return cue & 0xFF;
    }

    /// Where a kind stands among all.
    private static int place(String name) {
        return List.of(KINDS).indexOf(Kind.valueOf(name));
    }

    private static int value(String head) {
        String[] parts = head.split(" ", -1);
        return switch (parts[0]) {
            case "STRONG" -> STRONG << 8 | place(parts[1]);
            case "WEAK" -> WEAK << 8 | place(parts[1]);
            case "MARK" -> MARK << 8;
            case "NUMBER" -> NUMBER << 8;
            case "LINK" -> LINK << 8;
            case "SUFFIX" -> SUFFIX << 8;
            case "PREFIX" -> PREFIX << 8;
            case "UNIT" -> UNIT << 8;
            case "DATE" -> DATE << 8;
            case "AGE" -> AGE << 8;
            case "BIRTH" -> BIRTH << 8;
            default -> MONTH << 8 | Integer.parseInt(parts[0].substring("MONTH".length()));
        };
    }
}
