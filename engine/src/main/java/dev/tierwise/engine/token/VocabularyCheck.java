package dev.tierwise.engine.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a [Vocabulary] with care and makes a [Tokenizer] of it.
final class VocabularyCheck {
    private static final int MOST_TOKENS = 1 << 21;
    private static final int MOST_MERGES = 1 << 22;

    /// Names that end an answer wherever they are control tokens (`llama-vocab.cpp` of llama.cpp
    /// finds them by name too, since files name one end only).
    private static final Set<String> ENDS =
            Set.of(
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|im_end|>",
                    "<|end|>",
                    "<|return|>",
                    "<|call|>",
                    "<end_of_turn>",
                    "<|endoftext|>",
                    "<|end_of_text|>",
                    "<end_of_utterance>",
                    "<\uff5cend\u2581of\u2581sentence\uff5c>",
                    "<EOT>",
                    "[EOT]",
                    "[EOS]",
                    "</s>",
                    "<eos>",
                    "<|fim_pad|>",
                    "<|repo_name|>",
                    "<|file_sep|>");

    private final Vocabulary vocabulary;
    private final List<String> texts;
    private final Vocabulary.Marks marks;

    VocabularyCheck(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.texts = vocabulary.tokens();
        this.marks = vocabulary.marks();
    }

    Made make() {
        var refused = checkSizes();
        if (refused != null) {
            return refused;
        }
        return switch (vocabulary.model()) {
            case "gpt2" -> byteLevel();
            case "llama" -> scored();
            default ->
                    new Made.Refused(
                            "tokenizer.ggml.model",
                            "the kind '"
                                    + shown(vocabulary.model())
                                    + "' is not known; gpt2 (byte-level pairs) and llama"
                                    + " (SentencePiece pairs) are");
        };
    }

    private Made.@Nullable Refused checkSizes() {
        var size = texts.size();
        if (size == 0 || size > MOST_TOKENS) {
            return new Made.Refused(
                    "tokenizer.ggml.tokens", size + " tokens; 1 to " + MOST_TOKENS + " can be");
        }
        if (!vocabulary.types().isEmpty() && vocabulary.types().size() != size) {
            return new Made.Refused(
                    "tokenizer.ggml.token_type",
                    vocabulary.types().size() + " types for " + size + " tokens");
        }
        if (vocabulary.merges().size() > MOST_MERGES) {
            return new Made.Refused(
                    "tokenizer.ggml.merges",
                    vocabulary.merges().size() + " merges; at most " + MOST_MERGES + " can be");
        }
        var ids = Map.of("bos", marks.bos(), "eos", marks.eos(), "eot", marks.eot());
        for (var id : ids.entrySet()) {
            if (id.getValue() >= size) {
                return new Made.Refused(
                        "tokenizer.ggml." + id.getKey() + "_token_id",
                        "token " + id.getValue() + " of " + size);
            }
        }
        return marks.unknown() >= size || marks.padding() >= size
                ? new Made.Refused(
                        "tokenizer.ggml.unknown_token_id, padding_token_id",
                        "a token beyond the " + size + " that there are")
                : null;
    }

    private Made byteLevel() {
        var cut = Cut.named(vocabulary.pre());
        if (cut == null) {
            return new Made.Refused(
                    "tokenizer.ggml.pre",
                    "the way '"
                            + shown(vocabulary.pre())
                            + "' of cutting text is not known; these are: "
                            + Cut.names());
        }
        var kinds = kinds();
        var words = words(kinds);
        var bytes = new int[256];
        for (var value = 0; value < 256; value++) {
            bytes[value] = words.getOrDefault(String.valueOf(Bytes.letter(value)), marks.unknown());
            if (bytes[value] < 0 && occurs(value)) {
                return new Made.Refused(
                        "tokenizer.ggml.tokens",
                        "no token for the byte " + value + ", nor one for what is unknown");
            }
        }
        var merges = vocabulary.merges();
        var table = new PairTable(merges.size());
        var products = new int[merges.size()];
        for (var rank = 0; rank < products.length; rank++) {
            var merge = merges.get(rank);
            var gap = merge.indexOf(' ', 1);
            var left = gap < 0 ? null : words.get(merge.substring(0, gap));
            var right = gap < 0 ? null : words.get(merge.substring(gap + 1));
            var product =
                    gap < 0 ? null : words.get(merge.substring(0, gap) + merge.substring(gap + 1));
            if (left == null || right == null || product == null) {
                return new Made.Refused(
                        "tokenizer.ggml.merges",
                        "merge " + rank + " '" + shown(merge) + "' names what is no token");
            }
            table.put(left, right, rank);
            products[rank] = product;
        }
        return ready(kinds, new ByteLevelWords(cut, words, bytes, table, products));
    }

    private Made scored() {
        if (vocabulary.scores().size() != texts.size()) {
            return new Made.Refused(
                    "tokenizer.ggml.scores",
                    vocabulary.scores().size() + " scores for " + texts.size() + " tokens");
        }
        var kinds = kinds();
        var scores = new float[texts.size()];
        var bytes = new int[256];
        Arrays.fill(bytes, -1);
        for (var token = 0; token < scores.length; token++) {
            scores[token] = vocabulary.scores().get(token);
            if (kinds[token] == Kind.BYTE) {
                var value = ScoredWords.byteOf(texts.get(token));
                if (value < 0) {
                    return new Made.Refused(
                            "tokenizer.ggml.token_type",
                            "token " + token + " is called a byte but is not written <0xXX>");
                }
                bytes[value] = token;
            }
        }
        for (var value = 0; value < 256; value++) {
            if (bytes[value] < 0 && marks.unknown() < 0 && occurs(value)) {
                return new Made.Refused(
                        "tokenizer.ggml.unknown_token_id",
                        "no token for the byte " + value + ", nor one for what is unknown");
            }
        }
        var prefix = marks.addSpacePrefix() == null || marks.addSpacePrefix();
        var words = new ScoredWords(words(kinds), scores, bytes, marks.unknown(), prefix);
        return ready(kinds, words);
    }

    private Made ready(Kind[] kinds, Words words) {
        var letters = 0L;
        for (var token = 0; token < kinds.length; token++) {
            letters += isWhole(kinds[token]) ? texts.get(token).length() : 0;
            if (letters > Specials.MOST_LETTERS) {
                return new Made.Refused(
                        "tokenizer.ggml.token_type",
                        "tokens that are taken whole have more than "
                                + Specials.MOST_LETTERS
                                + " letters together");
            }
            if (isWhole(kinds[token]) && texts.get(token).length() > Specials.LONGEST) {
                return new Made.Refused(
                        "tokenizer.ggml.tokens",
                        "token " + token + " is taken whole and longer than " + Specials.LONGEST);
            }
        }
        return new Made.Ready(new Tokenizer(texts, kinds, words, ends(kinds), marks));
    }

    private Kind[] kinds() {
        var kinds = new Kind[texts.size()];
        var types = vocabulary.types();
        for (var token = 0; token < kinds.length; token++) {
            var text = texts.get(token);
            var silent = types.isEmpty();
            var code = silent && ScoredWords.byteOf(text) >= 0 ? 6 : silent ? 1 : types.get(token);
            kinds[token] = Kind.of(code, text);
        }
        for (var mark : List.of(marks.bos(), marks.eos(), marks.eot())) {
            if (mark >= 0) {
                kinds[mark] = Kind.CONTROL;
            }
        }
        if (marks.unknown() >= 0 && kinds[marks.unknown()] == Kind.NORMAL) {
            kinds[marks.unknown()] = Kind.UNKNOWN;
        }
        return kinds;
    }

    /// The tokens that text is made of, by their text.
    private Map<String, Integer> words(Kind[] kinds) {
        var words = new HashMap<String, Integer>(texts.size() * 2);
        for (var token = 0; token < kinds.length; token++) {
            if (kinds[token] == Kind.NORMAL || kinds[token] == Kind.USER_DEFINED) {
                words.putIfAbsent(texts.get(token), token);
            }
        }
        return words;
    }

    private BitSet ends(Kind[] kinds) {
        var ends = new BitSet();
        var names = new HashMap<String, Integer>();
        for (var token = 0; token < kinds.length; token++) {
            if (kinds[token] == Kind.CONTROL && ENDS.contains(texts.get(token))) {
                ends.set(token);
                names.put(texts.get(token), token);
            }
        }
        // In OpenAI's harmony format <|end|> only ends a part of an answer.
        if (names.containsKey("<|return|>") && names.containsKey("<|call|>")) {
            ends.clear(names.getOrDefault("<|end|>", kinds.length));
        }
        for (var mark : List.of(marks.eos(), marks.eot())) {
            if (mark >= 0) {
                ends.set(mark);
            }
        }
        return ends;
    }

    /// The tokens that are looked for in text before anything else.
    static Specials specials(List<String> texts, Kind[] kinds, Words words) {
        var whole = new HashMap<String, Integer>();
        for (var token = 0; token < kinds.length; token++) {
            if (isWhole(kinds[token]) && !texts.get(token).isEmpty()) {
                var user = kinds[token] == Kind.USER_DEFINED;
                var text =
                        new String(
                                words.bytes(texts.get(token), Kind.USER_DEFINED),
                                StandardCharsets.UTF_8);
                whole.putIfAbsent(user ? text : texts.get(token), token);
            }
        }
        return new Specials(whole, kinds);
    }

    private static boolean isWhole(Kind kind) {
        return kind == Kind.CONTROL || kind == Kind.USER_DEFINED || kind == Kind.UNKNOWN;
    }

    /// Whether well-formed UTF-8 has such a byte.
    private static boolean occurs(int value) {
        return value < 0xc0 || (value > 0xc1 && value < 0xf5);
    }

    private static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
