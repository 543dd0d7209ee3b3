package dev.tierwise.detect.tag;

import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.detect.names.Gazetteer;
import dev.tierwise.detect.names.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/// Finds what it learned to find, token by token from left to right. Immutable, thread-safe.
public final class Tagger implements Recogniser {
    private static final long MOST_BYTES = 4L << 20;
    private static final int NAMED = Gazetteer.FIRST | Gazetteer.LAST | Gazetteer.COMMON;

    private final Weights weights;

    Tagger(Weights weights) {
        this.weights = weights;
    }

    /// The tagger that comes with the product: English and Spanish.
    public static Tagger shipped() {
        return Shipped.TAGGER;
    }

    /// Reads the file of a tagger.
    public static Made read(Path file) {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                return bad(file, "it has " + size + " bytes, more than any tagger");
            }
            return switch (Weights.read(Files.readAllBytes(file))) {
                case Weights.Made.Good(Weights weights) -> new Made.Good(new Tagger(weights));
                case Weights.Made.Bad(String why) -> bad(file, why);
            };
        } catch (NoSuchFileException e) {
            return bad(file, "there is no such file");
        } catch (IOException e) {
            return bad(file, "it cannot be read");
        }
    }

    private static Made bad(Path file, String why) {
        return new Made.Bad(
                file + ": " + why + ". Make it with: tw guard train DATA.jsonl --out " + file);
    }

    /// The bytes of its file: the same for the same training.
    public byte[] bytes() {
        return weights.bytes();
    }

    @Override
    public void find(Plain text, String field, Hits hits) {
        Tokens tokens = Tokens.of(text);
        var features = new Features(tokens);
        int[] keys = new int[Features.MOST];
        int[] past = new int[8];
        long[] sums = new long[Weights.LONGS];
        long label = field.isEmpty() ? 0 : Tokens.hash(field);
        int tags = 0;
        int begin = -1;
        int margin = 0;
        for (int i = 0; i < tokens.count(); i++) {
            label = i == 0 && label != 0 ? label : features.label(i, label);
            if (begin < 0 && calm(tokens, i) && !begins(features.word(i), keys, sums)) {
                tags = tags << 5 & 1023;
                continue;
            }
            Arrays.fill(sums, 0);
            int added = weights.add(keys, features.of(i, label, keys), sums);
            added += weights.add(past, features.history(i, tags, past), sums);
            int last = tags & 31;
            int best = 0;
            int most = Weights.sum(sums, 0, added);
            int none = most;
            for (int tag = 1; tag < Tags.COUNT; tag++) {
                int sum = Weights.sum(sums, tag, added);
                if (sum > most && allowed(last, tag)) {
                    most = sum;
                    best = tag;
                }
            }
            if (begin >= 0 && (best == 0 || best % 2 == 1)) {
                add(tokens, begin, i, last, margin, hits);
                begin = -1;
            }
            if (best % 2 == 1) {
                begin = i;
                margin = most - none;
            } else if (best != 0) {
                margin = Math.max(margin, most - none);
            }
            tags = (tags << 5 | best) & 1023;
        }
        if (begin >= 0) {
            add(tokens, begin, tokens.count(), tags & 31, margin, hits);
        }
    }

    /// Whether nothing begins at token `i`: an ordinary word in small letters before another word
    /// or sign, or a sign between sentences. Most words of most texts are such.
    private static boolean calm(Tokens tokens, int i) {
        int shape = tokens.shape(i);
        if (shape == Tokens.SIGN) {
            return tokens.sign(i, '.') || tokens.sign(i, ',');
        }
        int next = tokens.shape(i + 1);
        return shape == Tokens.LOWER
                && (tokens.bits(i) & NAMED) == Gazetteer.COMMON
                && (next == Tokens.LOWER || next == Tokens.SIGN);
    }

    /// Whether a word by itself speaks for a beginning rather than for nothing.
    private boolean begins(int word, int[] keys, long[] sums) {
        keys[0] = word;
        Arrays.fill(sums, 0);
        int added = weights.add(keys, 1, sums);
        int none = Weights.sum(sums, 0, added);
        for (int tag = 1; tag < Tags.COUNT; tag += 2) {
            if (Weights.sum(sums, tag, added) > none) {
                return true;
            }
        }
        return false;
    }

    private void add(Tokens tokens, int begin, int end, int tag, int margin, Hits hits) {
        double sure = 1 / (1 + Math.exp(-(weights.slope * margin + weights.offset)));
        hits.add(tokens.start(begin), tokens.end(end - 1), Tags.kind(tag), (float) sure);
    }

    /// Whether `tag` may follow `last`: what goes on must have begun.
    static boolean allowed(int last, int tag) {
        return tag == 0 || tag % 2 == 1 || last == tag || last == tag - 1;
    }

    /// What reading gives.
    public sealed interface Made {
        /// A tagger.
        ///
        /// @param tagger ready to be asked
        record Good(Tagger tagger) implements Made {}

        /// None.
        ///
        /// @param message what is wrong with the file and how to mend it
        record Bad(String message) implements Made {}
    }

    /// Read when first asked for.
    private static final class Shipped {
        static final Tagger TAGGER = load();

        private static Tagger load() {
            try (InputStream in = Tagger.class.getResourceAsStream("model.bin")) {
                if (in == null) {
                    // only while the shipped one is being made
                    return new Tagger(new Weights(1, 0));
                }
                return switch (Weights.read(in.readAllBytes())) {
                    case Weights.Made.Good(Weights weights) -> new Tagger(weights);
                    case Weights.Made.Bad(String why) ->
                            throw new IllegalStateException("model.bin in the jar: " + why);
                };
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
