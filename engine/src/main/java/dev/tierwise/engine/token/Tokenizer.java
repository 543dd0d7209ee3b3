package dev.tierwise.engine.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/// Text to tokens and back, in the way of one model. Immutable, for any number of threads.
///
/// Control tokens (those that begin and end turns) are recognised only where the caller trusts the
/// text, so that a message never becomes one. Time grows as n log n with the length of a text,
/// whatever is in it.
public final class Tokenizer {
    private final List<String> texts;
    private final Kind[] kinds;
    private final Words words;
    private final Specials specials;
    private final BitSet ends;
    private final Vocabulary.Marks marks;

    Tokenizer(List<String> texts, Kind[] kinds, Words words, BitSet ends, Vocabulary.Marks marks) {
        this.texts = texts;
        this.kinds = kinds;
        this.words = words;
        this.specials = VocabularyCheck.specials(texts, kinds, words);
        this.ends = ends;
        this.marks = marks;
    }

    /// The tokenizer of a vocabulary, or what keeps it from being one.
    public static Made of(Vocabulary vocabulary) {
        return new VocabularyCheck(vocabulary).make();
    }

    /// The tokens of a text that somebody else wrote; none of them is a control token.
    public int[] encode(String text) {
        return encode(text, Trust.none());
    }

    /// The tokens of a text, some of which the model's own template wrote. Where foreign parts hold
    /// nothing that looks like a control token, the tokens are those of the whole text trusted:
    /// words are formed across the bounds of the parts. Half a pair of surrogates counts as U+FFFD.
    public int[] encode(String text, Trust trust) {
        var whole = wellFormed(text);
        var tokens = new Ints();
        var first = true;
        var from = 0;
        while (from < whole.length()) {
            var found = specials.next(whole, from, trust);
            var to = found.token() < 0 ? whole.length() : found.start();
            if (to > from) {
                words.encode(whole.substring(from, to), first, tokens);
                first = false;
            }
            if (found.token() < 0) {
                break;
            }
            tokens.add(found.token());
            first = true;
            from = found.end();
            while (swallows(found.token(), whole, from)) {
                from++;
            }
        }
        return tokens.toArray();
    }

    private boolean swallows(int token, String text, int at) {
        return marks.swallowsSpace()
                && kinds[token] == Kind.CONTROL
                && token != marks.bos()
                && at < text.length()
                && Character.isWhitespace(text.charAt(at));
    }

    /// The tokens of a whole prompt: `tokens` with the ones that the file wants before and after
    /// them, unless the template has written them already.
    public int[] prompt(int[] tokens) {
        var addBos = marks.addBos() == null ? words.addsBos() : marks.addBos();
        var before = addBos && marks.bos() >= 0 && !(tokens.length > 0 && tokens[0] == marks.bos());
        var addEos = marks.addEos() != null && marks.addEos() && marks.eos() >= 0;
        var after = addEos && !(tokens.length > 0 && tokens[tokens.length - 1] == marks.eos());
        var prompt = new int[tokens.length + (before ? 1 : 0) + (after ? 1 : 0)];
        System.arraycopy(tokens, 0, prompt, before ? 1 : 0, tokens.length);
        if (before) {
            prompt[0] = marks.bos();
        }
        if (after) {
            prompt[prompt.length - 1] = marks.eos();
        }
        return prompt;
    }

    /// The bytes that a token stands for; none for control tokens and numbers that are no token.
    public byte[] bytes(int token) {
        return token < 0 || token >= kinds.length || isControl(token)
                ? new byte[0]
                : words.bytes(texts.get(token), kinds[token]);
    }

    /// The text of tokens as [#encode(String)] took it; control tokens give nothing.
    public String text(int... tokens) {
        var text = new StringBuilder();
        var stream = stream();
        for (var token : tokens) {
            text.append(stream.next(token));
        }
        text.append(stream.end());
        var prefixed = words.addsSpace() && tokens.length > 0 && !isControl(tokens[0]);
        return prefixed && text.indexOf(" ") == 0 ? text.substring(1) : text.toString();
    }

    /// A way from tokens to text as they come.
    public TextStream stream() {
        return new TextStream(this);
    }

    /// How the file writes a token, control tokens too: what a template gets as `bos_token`.
    public String name(int token) {
        return token < 0 || token >= kinds.length ? "" : texts.get(token);
    }

    /// The token that the file writes so.
    public OptionalInt named(String name) {
        var at = texts.indexOf(name);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }

    /// Whether a token ends an answer: the end of the text, of a turn or of a message.
    public boolean ends(int token) {
        return token >= 0 && ends.get(token);
    }

    /// Whether a token is one that no text stands for.
    public boolean isControl(int token) {
        return token >= 0
                && token < kinds.length
                && (kinds[token] == Kind.CONTROL || kinds[token] == Kind.UNKNOWN);
    }

    /// Number of tokens.
    public int size() {
        return kinds.length;
    }

    /// The token that begins a text.
    public OptionalInt bos() {
        return marks.bos() < 0 ? OptionalInt.empty() : OptionalInt.of(marks.bos());
    }

    /// The token that ends a text.
    public OptionalInt eos() {
        return marks.eos() < 0 ? OptionalInt.empty() : OptionalInt.of(marks.eos());
    }

    private static String wellFormed(String text) {
        var encoder = StandardCharsets.UTF_8.newEncoder();
        if (encoder.canEncode(text)) {
            return text;
        }
        var letters = text.toCharArray();
        for (var i = 0; i < letters.length; i++) {
            var paired =
                    Character.isHighSurrogate(letters[i])
                            && i + 1 < letters.length
                            && Character.isLowSurrogate(letters[i + 1]);
            if (paired) {
                i++;
            } else if (Character.isSurrogate(letters[i])) {
                letters[i] = '\ufffd';
            }
        }
        return new String(letters);
    }

    @Override
    public String toString() {
        return "Tokenizer[" + kinds.length + " tokens, ends " + Arrays.toString(ends()) + "]";
    }

    /// The tokens for which [#ends] holds, rising.
    public int[] ends() {
        return ends.stream().toArray();
    }
}
