package dev.tierwise.engine.token;

import java.util.BitSet;
import java.util.Map;

/// Finds the tokens that are taken whole, the leftmost and then the longest first, as Hugging
/// Face's `tokenizers` finds added tokens. Time grows with the text's length times the longest such
/// token.
final class Specials {
    /// Longer ones would let a file make each character of a text cost that much.
    static final int LONGEST = 256;

    /// All of them together, in UTF-16 units.
    static final int MOST_LETTERS = 1 << 22;

    private final BitSet first = new BitSet();
    private final PairTable nodes;
    private final int[] tokens;
    private final Kind[] kinds;

    /// @param texts the texts of the tokens with their numbers
    Specials(Map<String, Integer> texts, Kind[] kinds) {
        this.kinds = kinds;
        var letters = texts.keySet().stream().mapToInt(String::length).sum();
        nodes = new PairTable(letters);
        tokens = new int[letters + 1];
        java.util.Arrays.fill(tokens, -1);
        var made = 1;
        for (var entry : texts.entrySet()) {
            var text = entry.getKey();
            first.set(text.charAt(0));
            var node = 0;
            for (var i = 0; i < text.length(); i++) {
                var next = nodes.find(node, text.charAt(i));
                if (next < 0) {
                    next = made++;
                    nodes.put(node, text.charAt(i), next);
                }
                node = next;
            }
            tokens[node] = entry.getValue();
        }
    }

    /// The next one in `text`, looking from `from` on.
    Found next(String text, int from, Trust trust) {
        for (var start = from; start < text.length(); start++) {
            if (!first.get(text.charAt(start))) {
                continue;
            }
            var best = Found.NOTHING;
            var node = 0;
            for (var i = start; i < text.length() && node >= 0; i++) {
                node = nodes.find(node, text.charAt(i));
                if (node >= 0 && tokens[node] >= 0 && mayStand(tokens[node], start, i + 1, trust)) {
                    best = new Found(tokens[node], start, i + 1);
                }
            }
            if (best.token >= 0) {
                return best;
            }
        }
        return Found.NOTHING;
    }

    private boolean mayStand(int token, int from, int to, Trust trust) {
        return kinds[token] == Kind.USER_DEFINED || trust.covers(from, to);
    }

    /// A token and its place; the token is negative when there is none.
    record Found(int token, int start, int end) {
        static final Found NOTHING = new Found(-1, -1, -1);
    }
}
