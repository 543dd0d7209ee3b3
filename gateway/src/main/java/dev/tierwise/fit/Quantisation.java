package dev.tierwise.fit;

import dev.tierwise.fit.ModelShape.Matrices;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How coarsely a model's weights are stored: the kinds of GGUF files that are handed out most, the
/// finest first. The rule which matrix is packed how is that of llama.cpp's `llama-quant.cpp`.
public enum Quantisation {
    /// Sixteen bits a weight.
    F16(16),
    /// Eight bits.
    Q8_0(8.51),
    /// Six bits.
    Q6_K(6.57),
    /// Five bits, what matters most with six.
    Q5_K_M(5.72),
    /// Four bits, what matters most with six: what most people run.
    Q4_K_M(4.91),
    /// Four bits, a few matrices with five.
    Q4_K_S(4.67),
    /// Four bits in the experts only, as gpt-oss was trained; the rest has eight.
    MXFP4(4.63),
    /// Three bits, what matters most with more.
    Q3_K_M(4.0);

    private static final int ODD_EXPERTS = 8;
    private static final int LAYERS_OF_70B = 80;

    private final double typicalBits;

    Quantisation(double typicalBits) {
        this.typicalBits = typicalBits;
    }

    /// Bits a parameter of a whole file, by which a model is reckoned whose matrices are unknown:
    /// the median of the dense models of 7 to 15 billion parameters that are known.
    public double typicalBits() {
        return typicalBits;
    }

    /// Those that somebody might choose for a model, the finest first: native MXFP4 is not stored
    /// any other way.
    public static List<Quantisation> choices(ModelShape model) {
        return model.usual() == MXFP4
                ? List.of(MXFP4)
                : List.of(Q8_0, Q6_K, Q5_K_M, Q4_K_M, Q3_K_M);
    }

    /// By its name in either case.
    public static Optional<Quantisation> named(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values()).filter(it -> it.name().equals(wanted)).findFirst();
    }

    /// What most matrices get.
    Packing plain() {
        return switch (this) {
            case F16 -> Packing.F16;
            case Q8_0, MXFP4 -> Packing.Q8_0;
            case Q6_K -> Packing.Q6_K;
            case Q5_K_M -> Packing.Q5_K;
            case Q4_K_M, Q4_K_S -> Packing.Q4_K;
            case Q3_K_M -> Packing.Q3_K;
        };
    }

    /// The output, or the embedding that serves as one.
    Packing output() {
        return switch (this) {
            case F16 -> Packing.F16;
            case Q8_0, MXFP4 -> Packing.Q8_0;
            case Q6_K, Q5_K_M, Q4_K_M, Q4_K_S, Q3_K_M -> Packing.Q6_K;
        };
    }

    /// The keys' matrix.
    Packing keys(int experts) {
        return experts == ODD_EXPERTS && mixed() ? Packing.Q8_0 : plain();
    }

    /// The values' matrix of one layer.
    Packing values(int layer, Matrices sizes, int experts) {
        if (experts == ODD_EXPERTS && mixed()) {
            return Packing.Q8_0;
        }
        Packing packing =
                switch (this) {
                    case Q5_K_M, Q4_K_M -> important(layer, sizes) ? Packing.Q6_K : plain();
                    case Q4_K_S -> layer < 4 ? Packing.Q5_K : plain();
                    case Q3_K_M -> layer < 2 ? Packing.Q5_K : Packing.Q4_K;
                    case F16, Q8_0, Q6_K, MXFP4 -> plain();
                };
        boolean raised = sizes.layers() == LAYERS_OF_70B && packing == Packing.Q4_K;
        return raised ? Packing.Q5_K : packing;
    }

    /// Queries, keys and values where they are one matrix.
    Packing fused() {
        return switch (this) {
            case Q5_K_M -> Packing.Q6_K;
            case Q4_K_M -> Packing.Q5_K;
            case Q3_K_M -> Packing.Q4_K;
            case F16, Q8_0, Q6_K, Q4_K_S, MXFP4 -> plain();
        };
    }

    /// What leads out of attention.
    Packing attended(int experts) {
        return switch (this) {
            case Q4_K_M, Q4_K_S -> experts == ODD_EXPERTS ? Packing.Q5_K : plain();
            case Q3_K_M -> experts == ODD_EXPERTS ? Packing.Q5_K : Packing.Q4_K;
            case F16, Q8_0, Q6_K, Q5_K_M, MXFP4 -> plain();
        };
    }

    /// What leads into the feed-forward part.
    Packing widening() {
        return this == MXFP4 ? Packing.MXFP4 : plain();
    }

    /// What leads out of the feed-forward part of one layer.
    Packing narrowing(int layer, Matrices sizes) {
        return switch (this) {
            case Q5_K_M, Q4_K_M -> important(layer, sizes) ? Packing.Q6_K : plain();
            case Q4_K_S -> layer < sizes.layers() / 8 ? Packing.Q5_K : plain();
            case Q3_K_M -> layer < sizes.layers() / 16 ? Packing.Q5_K : Packing.Q4_K;
            case MXFP4 -> Packing.MXFP4;
            case F16, Q8_0, Q6_K -> plain();
        };
    }

    private boolean mixed() {
        return switch (this) {
            case Q6_K, Q5_K_M, Q4_K_M, Q4_K_S, Q3_K_M -> true;
            case F16, Q8_0, MXFP4 -> false;
        };
    }

    /// The first and the last eighth of the layers, and every third between.
    private static boolean important(int layer, Matrices sizes) {
        int eighth = sizes.layers() / 8;
        return layer < eighth || layer >= 7 * sizes.layers() / 8 || (layer - eighth) % 3 == 2;
    }
}
