package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.ModelShape.Attention;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a model keeps of the past, in bytes, as llama.cpp lays it out: keys and values of every
/// position in full layers, of a window and one batch in windowed ones, a constant state in
/// recurrent ones. Checked against llama.cpp's own print-outs.
public final class KvCache {
    /// Positions are given out in blocks of this many.
    private static final int BLOCK = 256;

    /// Tokens of a prompt that llama.cpp computes at once (`--ubatch-size`).
    static final int BATCH = 512;

    private KvCache() {}

    /// How a value is kept.
    public enum Type {
        /// Two bytes.
        F16(2.0),
        /// 32 values in 34 bytes.
        Q8_0(34.0 / 32),
        /// 32 values in 18 bytes.
        Q4_0(18.0 / 32);

        private final double bytes;

        Type(double bytes) {
            this.bytes = bytes;
        }

        /// Of one value.
        public double bytes() {
            return bytes;
        }

        /// By its name in either case.
        public static Optional<Type> named(String name) {
            String wanted = name.strip().toUpperCase(Locale.ROOT);
            return Arrays.stream(values()).filter(it -> it.name().equals(wanted)).findFirst();
        }
    }

    /// What a load keeps; nothing when the model's layers are not known.
    public static Optional<Figure> of(Load load) {
        Attention layers = load.model().attention();
        if (layers == null) {
            return Optional.empty();
        }
        double bytes =
                load.slots() * (positions(layers, load.context(), load.cache()) + state(layers, 0));
        boolean hidden = layers.recurrent() > 0 && layers.recurrentBytes() == null;
        return Optional.of(
                Figure.estimated(
                        bytes,
                        hidden
                                ? "computed from its layers, without its recurrent state, which nobody"
                                        + " published"
                                : "computed from its layers"));
    }

    /// Keys and values of one sequence.
    static double positions(Attention layers, int context, Type type) {
        return kept(layers, padded(context), window(layers, context), type);
    }

    /// What one token at that depth reads of its sequence's keys, values and state.
    static double read(Attention layers, int depth, Type type) {
        return kept(layers, depth, Math.min(depth, layers.window()), type) + state(layers, 0);
    }

    /// The recurrent state of one sequence; a server that guesses ahead keeps one more for every
    /// token that it may have to take back.
    static double state(Attention layers, int rollbacks) {
        Long bytes = layers.recurrentBytes();
        return bytes == null ? 0 : (double) bytes * (1 + rollbacks);
    }

    /// Keys and values of so many positions in each full layer, and so many in each windowed one.
    private static double kept(Attention layers, int full, int windowed, Type type) {
        int narrow = layers.keyValueHeads() * layers.headSize();
        double numbers =
                (double) layers.full() * full * layers.fullWidth()
                        + (double) layers.windowed() * windowed * narrow;
        return 2 * numbers * type.bytes();
    }

    /// Positions that a windowed layer keeps of one sequence.
    static int window(Attention layers, int context) {
        return Math.min(padded(context), padded(layers.window() + BATCH));
    }

    static int padded(int positions) {
        return (positions + BLOCK - 1) / BLOCK * BLOCK;
    }
}
