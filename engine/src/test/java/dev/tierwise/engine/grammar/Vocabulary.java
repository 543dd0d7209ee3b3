package dev.tierwise.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A vocabulary for tests: all bytes, and pieces of JSON and of words, some of which cut
/// characters.
final class Vocabulary {
    static final int END = 0;

    private final List<byte[]> tokens = new ArrayList<>();
    private final TokenTrie trie;

    Vocabulary(long seed) {
        tokens.add(new byte[0]);
        for (int b = 0; b < 256; b++) {
            tokens.add(new byte[] {(byte) b});
        }
        for (String piece :
                List.of(
                        "{\"", "\":", "\",", "\"}", "[\"", "true", "false", "null", "},{", "12",
                        "0.5", "\\n", "\\u00", "ab", "the ", "é", "日本", "-1", "e+", "]}", ", ")) {
            tokens.add(piece.getBytes(StandardCharsets.UTF_8));
        }
        var random = new Random(seed);
        String letters = "abcdefghijklmnop\"{}[]:,0123456789. é日\\";
        for (int i = 0; i < 400; i++) {
            var piece = new StringBuilder();
            for (int length = 2 + random.nextInt(4); length > 0; length--) {
                piece.append(letters.charAt(random.nextInt(letters.length())));
            }
            byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(5) == 0 ? 1 : 0;
            tokens.add(java.util.Arrays.copyOf(bytes, bytes.length - cut));
        }
        trie = TokenTrie.of(tokens.size(), tokens::get, END);
    }

    TokenTrie trie() {
        return trie;
    }

    int size() {
        return tokens.size();
    }

    byte[] bytes(int token) {
        return tokens.get(token);
    }
}
