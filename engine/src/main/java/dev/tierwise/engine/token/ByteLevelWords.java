package dev.tierwise.engine.token;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;

/// Byte-level byte pair encoding: text is cut into words, a word is its bytes, and the two
/// neighbours whose merge stands earliest in the list become one until no merge is left (Sennrich
/// et al., "Neural Machine Translation of Rare Words with Subword Units", 2016, on bytes as GPT-2
/// does). A queue finds the next merge, so that n bytes take n log n steps.
final class ByteLevelWords implements Words {
    /// Bringing longer runs of combining marks into order takes time that grows with their square.
    private static final int MARKS_TO_COMPOSE = 64;

    private final Cut cut;
    private final Map<String, Integer> words;
    private final int[] byteTokens;
    private final PairTable merges;
    private final int[] products;

    ByteLevelWords(
            Cut cut,
            Map<String, Integer> words,
            int[] byteTokens,
            PairTable merges,
            int[] products) {
        this.cut = cut;
        this.words = words;
        this.byteTokens = byteTokens;
        this.merges = merges;
        this.products = products;
    }

    @Override
    public void encode(String text, boolean first, Ints tokens) {
        var plain = cut.composed() ? compose(text) : text;
        var ends = cut.ends(plain);
        var chain = new Chain(64);
        var from = 0;
        for (var i = 0; i < ends.size(); i++) {
            encodeWord(plain.substring(from, ends.get(i)), chain, tokens);
            from = ends.get(i);
        }
    }

    private void encodeWord(String word, Chain chain, Ints tokens) {
        var bytes = word.getBytes(StandardCharsets.UTF_8);
        if (cut.wholeWords()) {
            var whole = words.get(letters(bytes));
            if (whole != null) {
                tokens.add(whole);
                return;
            }
        }
        chain.reset(bytes.length);
        for (var i = 0; i < bytes.length; i++) {
            chain.set(i, byteTokens[bytes[i] & 0xff]);
        }
        for (var i = 0; i + 1 < bytes.length; i++) {
            offer(chain, i);
        }
        while (!chain.queue.isEmpty()) {
            var next = chain.queue.poll();
            var left = (int) next;
            var rank = (int) (next >>> 32);
            if (rank(chain, left) == rank) {
                chain.join(left, products[rank]);
                offer(chain, chain.before(left));
                offer(chain, left);
            }
        }
        for (var i = 0; i < bytes.length; i = chain.after(i)) {
            tokens.add(chain.get(i));
        }
    }

    private void offer(Chain chain, int left) {
        var rank = rank(chain, left);
        if (rank >= 0) {
            chain.queue.add(((long) rank << 32) | left);
        }
    }

    private int rank(Chain chain, int left) {
        if (left < 0 || chain.get(left) < 0 || chain.after(left) >= chain.size()) {
            return -1;
        }
        return merges.find(chain.get(left), chain.get(chain.after(left)));
    }

    @Override
    public byte[] bytes(String text, Kind kind) {
        return kind == Kind.USER_DEFINED ? text.getBytes(StandardCharsets.UTF_8) : Bytes.of(text);
    }

    @Override
    public boolean addsSpace() {
        return false;
    }

    @Override
    public boolean addsBos() {
        return cut.addBos();
    }

    private static String letters(byte[] bytes) {
        var letters = new char[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            letters[i] = Bytes.letter(bytes[i]);
        }
        return new String(letters);
    }

    private static String compose(String text) {
        var run = 0;
        for (var i = 0; i < text.length(); i++) {
            var at = text.charAt(i);
            // Surrogates count along: marks beyond the basic plane are written with them.
            var mark = at >= 0x300 && (Character.isSurrogate(at) || isMark(at));
            run = mark ? run + 1 : 0;
            if (run > 2 * MARKS_TO_COMPOSE) {
                return text;
            }
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static boolean isMark(char at) {
        var type = Character.getType(at);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
