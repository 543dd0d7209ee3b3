package dev.tierwise.trainer.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/// A byte-level BPE vocabulary: encodes text as the tokeniser named `gpt-2` does, and on request
/// leaves out merges at random ("BPE dropout", Provilkov et al. 2020), so that a model sees words
/// in many pieces. For one thread.
final class Bpe {
    /// The word pattern that GPT-2 published (encoder.py of openai/gpt-2).
    static final Pattern WORDS =
            Pattern.compile(
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern MARKS =
            Pattern.compile("<\\|endoftext\\|>|<\\|im_start\\|>|<\\|im_end\\|>");

    static final int START = 1;
    static final int END = 2;
    private static final List<String> SPECIALS =
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    private final List<String> tokens = new ArrayList<>(SPECIALS);
    private final List<String> merges;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Map<String, List<Integer>> known = new HashMap<>();

    Bpe(List<String> merges) {
        this.merges = List.copyOf(merges);
        for (int b = 0; b < 256; b++) {
            tokens.add(String.valueOf(letter(b)));
        }
        for (String merge : merges) {
            ranks.put(merge, ranks.size());
            int space = merge.indexOf(' ');
            tokens.add(merge.substring(0, space) + merge.substring(space + 1));
        }
        for (int i = 0; i < tokens.size(); i++) {
            ids.putIfAbsent(tokens.get(i), i);
        }
    }

    List<String> tokens() {
        return tokens;
    }

    List<String> merges() {
        return merges;
    }

    /// The printable stand-in of a byte (bytes_to_unicode of the same source).
    static char letter(int b) {
        if ((b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174 && b <= 255)) {
            return (char) b;
        }
        int before = b <= 32 ? b : b <= 160 ? b - 127 + 33 : 67;
        return (char) (256 + before);
    }

    static String letters(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.append(letter(b & 255));
        }
        return out.toString();
    }

    /// The tokens of a text in which the chat marks stand for themselves.
    List<Integer> encode(String text, double dropout, Random random) {
        var out = new ArrayList<Integer>();
        var marks = MARKS.matcher(text);
        int from = 0;
        while (marks.find()) {
            words(text.substring(from, marks.start()), dropout, random, out);
            out.add(SPECIALS.indexOf(marks.group()));
            from = marks.end();
        }
        words(text.substring(from), dropout, random, out);
        return out;
    }

    private void words(String text, double dropout, Random random, List<Integer> out) {
        var words = WORDS.matcher(text);
        while (words.find()) {
            String word = letters(words.group());
            if (dropout > 0) {
                out.addAll(pieces(word, dropout, random));
            } else {
                out.addAll(known.computeIfAbsent(word, w -> pieces(w, 0, random)));
            }
        }
    }

    private List<Integer> pieces(String word, double dropout, Random random) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < word.length(); i++) {
            parts.add(word.substring(i, i + 1));
        }
        while (parts.size() > 1) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < parts.size(); i++) {
                Integer rank = ranks.get(parts.get(i) + " " + parts.get(i + 1));
                if (rank != null
                        && rank < best
                        && (dropout == 0 || random.nextDouble() >= dropout)) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                break;
            }
            parts.set(at, parts.get(at) + parts.remove(at + 1));
        }
        var out = new ArrayList<Integer>(parts.size());
        for (String part : parts) {
            out.add(ids.getOrDefault(part, 0));
        }
        return out;
    }

    /// Learns merges from texts. Digits stay single tokens, and so does a space before anything but
    /// a small letter: a name, an order number or an amount is then the same run of tokens wherever
    /// it stands, which makes copying easy.
    static Bpe learn(Iterable<String> texts, int size) {
        var counts = new HashMap<String, Integer>();
        for (String text : texts) {
            var words = WORDS.matcher(MARKS.matcher(text).replaceAll(" "));
            while (words.find()) {
                counts.merge(letters(words.group()), 1, Integer::sum);
            }
        }
        return new Bpe(new Learner(counts).merges(size - 256 - SPECIALS.size()));
    }

    /// Counts neighbours and joins the most frequent pair, again and again (Sennrich et al. 2016).
    private static final class Learner {
        private final List<List<String>> words = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private final Set<String> made = new HashSet<>();
        private final Map<String, Integer> pairs = new HashMap<>();
        private final Map<String, Set<Integer>> places = new HashMap<>();

        Learner(Map<String, Integer> found) {
            found.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .filter(e -> e.getValue() > 1 && e.getKey().length() > 1)
                    .forEach(e -> {
                        var parts = new ArrayList<String>();
                        for (int i = 0; i < e.getKey().length(); i++) {
                            parts.add(e.getKey().substring(i, i + 1));
                        }
                        words.add(parts);
                        counts.add(e.getValue());
                        count(words.size() - 1, 1);
                    });
        }

        List<String> merges(int wanted) {
            var out = new ArrayList<String>();
            while (out.size() < wanted) {
                String best = best();
                if (best.isEmpty()) {
                    break;
                }
                int space = best.indexOf(' ');
                if (!made.add(best.substring(0, space) + best.substring(space + 1))) {
                    pairs.remove(best); // two ways to one token: the first way stays
                    continue;
                }
                out.add(best);
                join(best.substring(0, space), best.substring(space + 1));
            }
            return out;
        }

        private String best() {
            String best = "";
            int most = 1;
            for (Map.Entry<String, Integer> pair : pairs.entrySet()) {
                int count = pair.getValue();
                if (count > most || (count == most && pair.getKey().compareTo(best) > 0)) {
                    best = pair.getKey();
                    most = count;
                }
            }
            return best;
        }

        private void count(int word, int sign) {
            List<String> parts = words.get(word);
            for (int i = 0; i + 1 < parts.size(); i++) {
                if (joins(parts.get(i), parts.get(i + 1))) {
                    String pair = parts.get(i) + " " + parts.get(i + 1);
                    pairs.merge(pair, sign * counts.get(word), Integer::sum);
                    places.computeIfAbsent(pair, _ -> new HashSet<>()).add(word);
                }
            }
        }

        private static boolean joins(String left, String right) {
            char first = left.charAt(0);
            char next = right.charAt(0);
            if (first == letter(' ')) {
                return left.length() > 1 || (next >= 'a' && next <= 'z');
            }
            return first != letter('\n') && !Character.isDigit(first) && !Character.isDigit(next);
        }

        private void join(String left, String right) {
            String pair = left + " " + right;
            for (int word : List.copyOf(places.getOrDefault(pair, Set.of()))) {
                count(word, -1);
                List<String> parts = words.get(word);
                for (int i = 0; i + 1 < parts.size(); i++) {
                    if (parts.get(i).equals(left) && parts.get(i + 1).equals(right)) {
                        parts.set(i, left + right);
                        parts.remove(i + 1);
                    }
                }
                count(word, 1);
            }
            pairs.remove(pair);
            places.remove(pair);
        }
    }
}
