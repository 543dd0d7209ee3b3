package dev.tierwise.detect.topics;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.detect.text.Letters;
import dev.tierwise.detect.text.WordTable;
import java.util.List;

/// Finds words that tell what a text is about, from two small lists. They stand for nobody: only
/// beside an identifier do they raise the class. Thread-safe.
public final class Topics implements Recogniser {
    private static final int HEALTH = 1;
    private static final int SPECIAL = 2;
    private static final List<String> HEALTH_WORDS = WordTable.lines(Topics.class, "health.txt");
    private static final List<String> SPECIAL_WORDS = WordTable.lines(Topics.class, "special.txt");
    private static final WordTable WORDS = new WordTable(1024);

    static {
        put(SPECIAL_WORDS, SPECIAL);
        put(HEALTH_WORDS, HEALTH);
    }

    /// Makes one; the tables are shared.
    public Topics() {}

    private static void put(List<String> lines, int topic) {
        for (String line : lines) {
            for (String word : line.split(" ", -1)) {
                WORDS.put(word, topic);
            }
        }
    }

    @Override
    public void find(Plain text, String field, Hits hits) {
        char[] chars = text.chars();
        int length = text.length();
        int at = 0;
        while (at < length) {
            int start = at;
            while (at < length && Letters.letter(chars[at])) {
                at++;
            }
            boolean may = at - start > 2 && WORDS.may(chars[start], chars[start + 1]);
            int topic = may ? WORDS.get(Letters.hash(chars, start, at)) : 0;
            if (topic > 0) {
                hits.add(start, at, topic == HEALTH ? Kind.HEALTH : Kind.SPECIAL, .9f);
            }
            at = Math.max(at, start + 1);
        }
    }

    @Override
    public String version() {
        return "topics-1\n" + String.join("\n", HEALTH_WORDS) + String.join("\n", SPECIAL_WORDS);
    }
}
