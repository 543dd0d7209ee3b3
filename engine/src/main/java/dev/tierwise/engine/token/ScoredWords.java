package dev.tierwise.engine.token;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SentencePiece's byte pair encoding: the whole text at once, spaces written as U+2581, and the
/// two neighbours that make the token of the highest score become one until none do (`bpe_model.cc`
/// of google/sentencepiece, Apache-2.0). What is no token then is written byte by byte.
final class ScoredWords implements Words {
    private static final char SPACE = '\u2581';

    private final Map<String, Integer> pieces;
    private final float[] scores;
    private final int[] byteTokens;
    private final int unknown;
    private final boolean addsSpace;
    private final int longest;

    /// @param byteTokens the token of each byte, -1 where there is none; then `unknown` stands for
    ///   it
    ScoredWords(
            Map<String, Integer> pieces,
            float[] scores,
            int[] byteTokens,
            int unknown,
            boolean addsSpace) {
        this.pieces = pieces;
        this.scores = scores;
        this.byteTokens = byteTokens;
        this.unknown = unknown;
        this.addsSpace = addsSpace;
        this.longest = pieces.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public void encode(String text, boolean first, Ints tokens) {
        var written = (first && addsSpace ? " " + text : text).replace(' ', SPACE);
        // A link stands at each UTF-16 unit; the second half of a pair is joined to the first.
        var chain = new Chain(written.length());
        chain.reset(written.length());
        for (var i = 0; i < written.length(); i++) {
            if (Character.isLowSurrogate(written.charAt(i))) {
                chain.join(i - 1, 0);
            }
        }
        for (var i = 0; i < written.length(); i = chain.after(i)) {
            offer(written, chain, i);
        }
        while (!chain.queue.isEmpty()) {
            var next = chain.queue.poll();
            var left = (int) next;
            var token = pair(written, chain, left);
            if (token != null && key(token, left) == next) {
                chain.join(left, 0);
                offer(written, chain, chain.before(left));
                offer(written, chain, left);
            }
        }
        for (var i = 0; i < written.length(); i = chain.after(i)) {
            write(written.substring(i, chain.after(i)), tokens);
        }
    }

    private void write(String piece, Ints tokens) {
        var token = pieces.get(piece);
        if (token != null) {
            tokens.add(token);
            return;
        }
        for (var value : piece.getBytes(StandardCharsets.UTF_8)) {
            if (byteTokens[value & 0xff] < 0) {
                tokens.add(unknown);
                return;
            }
            tokens.add(byteTokens[value & 0xff]);
        }
    }

    private void offer(String written, Chain chain, int left) {
        var token = pair(written, chain, left);
        if (token != null) {
            chain.queue.add(key(token, left));
        }
    }

    /// The token that a link makes with the one after it.
    private @Nullable Integer pair(String written, Chain chain, int left) {
        if (left < 0 || chain.get(left) < 0 || chain.after(left) >= chain.size()) {
            return null;
        }
        var end = chain.after(chain.after(left));
        return end - left > longest ? null : pieces.get(written.substring(left, end));
    }

    /// Orders by falling score, then from the left.
    private long key(int token, int left) {
        var bits = Float.floatToIntBits(scores[token] + 0f);
        var rising = bits ^ ((bits >> 31) & 0x7fffffff);
        return ((long) ~rising << 32) | left;
    }

    @Override
    public byte[] bytes(String text, Kind kind) {
        if (kind == Kind.BYTE) {
            var value = byteOf(text);
            return value < 0 ? new byte[0] : new byte[] {(byte) value};
        }
        return text.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
    }

    /// The byte that `<0xXX>` stands for; -1 for anything else.
    static int byteOf(String text) {
        if (text.length() != 6 || !text.startsWith("<0x") || text.charAt(5) != '>') {
            return -1;
        }
        var high = Character.digit(text.charAt(3), 16);
        var low = Character.digit(text.charAt(4), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    @Override
    public boolean addsSpace() {
        return addsSpace;
    }

    @Override
    public boolean addsBos() {
        return true;
    }
}
