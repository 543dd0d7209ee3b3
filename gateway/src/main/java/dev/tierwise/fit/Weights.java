package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.ModelShape.Experts;
import dev.tierwise.fit.ModelShape.Matrices;
import dev.tierwise.fit.ModelShape.Published;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model's weights as a GGUF file holds them.
///
/// @param bytes of the file, the surest figure that there is: published with three digits or more,
///   else computed from the matrices, else reckoned from the count of parameters
/// @param computed from the matrices; null when some are unknown
/// @param published as somebody showed it; null when nobody did for this quantisation
/// @param read what one token reads of it: all but the rows of an embedding that only the input
///   uses, and of a layer's experts those that it asks
/// @param experts what all experts of all layers take; 0 in a dense model
/// @param shape whose they are
public record Weights(
        Figure bytes,
        @Nullable Figure computed,
        @Nullable Figure published,
        double read,
        double experts,
        ModelShape shape) {
    /// A token's text, score, kind and share of the merges in the file's header, in bytes: about
    /// what the headers of Llama, Qwen and Gemma take.
    private static final int TOKEN_IN_HEADER = 45;

    private static final int FLOAT = 4;

    /// What the parts of a file take, in bytes.
    private record Parts(double always, double lookup, double experts, double header) {
        double all() {
            return always + lookup + experts + header;
        }
    }

    /// The weights of a model under a quantisation; nothing when neither its matrices nor its
    /// parameters nor a file's size are known.
    public static Optional<Weights> of(ModelShape shape, Quantisation quantisation) {
        Matrices sizes = shape.matrices();
        Published file = quantisation == shape.usual() ? shape.published() : null;
        Figure published = file == null ? null : file.figure();
        if (sizes != null) {
            Parts parts = parts(sizes, quantisation, shape.experts());
            Figure computed =
                    Figure.estimated(
                            Math.rint(parts.all()),
                            "computed from the shape by llama.cpp's rule for " + quantisation);
            boolean precise = file != null && published != null && file.precise();
            Experts experts = shape.experts();
            double asked = experts == null ? 0 : parts.experts * experts.share(1);
            return Optional.of(
                    new Weights(
                            precise && published != null ? published : computed,
                            computed,
                            published,
                            parts.always + asked,
                            parts.experts,
                            shape));
        }
        Figure bytes = published == null ? reckoned(shape, quantisation) : published;
        return bytes == null
                ? Optional.empty()
                : Optional.of(
                        new Weights(
                                bytes, null, published, bytes.value() * active(shape), 0, shape));
    }

    /// What one step reads that gives each of so many sequences a token: the weights once, and of
    /// the experts all that any of them asks.
    public double read(int streams) {
        Experts kind = shape.experts();
        if (kind != null && experts > 0) {
            return read + experts * (kind.share(streams) - kind.share(1));
        }
        // Without the experts' sizes: no more than all, no more than each its own.
        return shape.mixture() ? Math.min(bytes.value(), read * streams) : read;
    }

    private static double active(ModelShape shape) {
        Long all = shape.parameters();
        Long active = shape.active();
        return all == null || active == null ? 1 : (double) active / all;
    }

    private static @Nullable Figure reckoned(ModelShape shape, Quantisation quantisation) {
        Long parameters = shape.parameters();
        Published file = shape.published();
        double bits = quantisation.typicalBits();
        if (file != null) {
            return Figure.estimated(
                    Math.rint(file.bytes() * bits / shape.usual().typicalBits()),
                    "reckoned from its published " + shape.usual() + " of " + file.shown());
        }
        return parameters == null
                ? null
                : Figure.estimated(
                        Math.rint(parameters * bits / Byte.SIZE),
                        String.format(
                                Locale.ROOT,
                                "reckoned from its parameters at %.2f bits each",
                                bits));
    }

    private static Parts parts(
            Matrices sizes, Quantisation quantisation, @Nullable Experts experts) {
        long hidden = sizes.hidden();
        int count = experts == null ? 0 : experts.count();
        double always = quantisation.output().bytes(sizes.vocabulary(), hidden) + FLOAT * hidden;
        double lookup = sizes.tied() ? 0 : quantisation.plain().bytes(sizes.vocabulary(), hidden);
        double mixture = 0;
        for (int layer = 0; layer < sizes.layers(); layer++) {
            always += attention(sizes, quantisation, layer, count) + 2L * FLOAT * hidden;
            double feedForward = feedForward(sizes, quantisation, layer);
            if (count == 0) {
                always += feedForward;
            } else {
                always += (double) FLOAT * count * hidden;
                mixture += count * feedForward;
            }
        }
        return new Parts(always, lookup, mixture, (double) TOKEN_IN_HEADER * sizes.vocabulary());
    }

    private static double attention(
            Matrices sizes, Quantisation quantisation, int layer, int experts) {
        long hidden = sizes.hidden();
        long queries = (long) sizes.heads() * sizes.headSize();
        long keys = (long) sizes.keyValueHeads() * sizes.headSize();
        double in =
                sizes.fused()
                        ? quantisation.fused().bytes(queries + 2 * keys, hidden)
                        : quantisation.plain().bytes(queries, hidden)
                                + quantisation.keys(experts).bytes(keys, hidden)
                                + quantisation.values(layer, sizes, experts).bytes(keys, hidden);
        return in + quantisation.attended(experts).bytes(hidden, queries);
    }

    /// Of one expert where there are several. gpt-oss, the one kind in MXFP4, adds biases in F32.
    private static double feedForward(Matrices sizes, Quantisation quantisation, int layer) {
        long hidden = sizes.hidden();
        long wide = sizes.feedForward();
        double biases = quantisation == Quantisation.MXFP4 ? FLOAT * (2.0 * wide + hidden) : 0;
        return quantisation.widening().bytes(2 * wide, hidden)
                + quantisation.narrowing(layer, sizes).bytes(hidden, wide)
                + biases;
    }
}
