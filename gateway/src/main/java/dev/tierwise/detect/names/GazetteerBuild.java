package dev.tierwise.detect.names;

import java.util.stream.Stream;

/// Makes the file of a [Gazetteer] out of lists of words. For the maintainers' command.
public final class GazetteerBuild {
    private static final int SLOTS = 1 << 20;

    /// Room in a table is limited: a fuller one finds too many words that are not in it.
    private static final int LIMIT = SLOTS * 9 / 10;

    private final short[] slots = new short[SLOTS];
    private int used;

    /// Starts with no words.
    public GazetteerBuild() {}

    /// Adds the words of one list.
    ///
    /// @param words one word each
    /// @param list [Gazetteer#FIRST], [Gazetteer#LAST] or [Gazetteer#COMMON]
    public GazetteerBuild add(Stream<String> words, int list) {
        var seen = new Gazetteer(slots);
        words.map(String::strip)
                .filter(word -> word.length() > 1 && word.chars().allMatch(Character::isLetter))
                .forEach(word -> {
                    long hash = Tokens.hash(word);
                    boolean known = seen.lists(hash) != 0;
                    if (!known && used >= LIMIT) {
                        throw new IllegalArgumentException(
                                "More than " + LIMIT + " words do not fit the table.");
                    }
                    used += known ? 0 : 1;
                    Gazetteer.put(slots, hash, list);
                });
        return this;
    }

    /// How many words there are.
    public int words() {
        return used;
    }

    /// The file.
    public byte[] bytes() {
        return Gazetteer.bytes(slots);
    }
}
