package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.ModelShape.Attention;
import dev.tierwise.fit.ModelShape.Experts;
import dev.tierwise.fit.ModelShape.Matrices;
import org.jspecify.annotations.Nullable;

/// What a step needs besides weights and cache: the intermediate results of one layer for a batch
/// of [KvCache#BATCH] tokens, in F32, and what each of them may look at. llama.cpp gives this out
/// once, for the step that needs most; the layers share it. Flash attention is assumed, as
/// llama.cpp chooses where the device can: without it all scores of a layer come on top.
final class Computation {
    private static final int FLOAT = 4;

    /// Of a mark that says whether one token may look at another.
    private static final int HALF = 2;

    private static final double MEBIBYTE = 1 << 20;

    /// Where the widths are not known, in MiB: about what models of 7 to 30 billion parameters
    /// take.
    private static final double UNKNOWN = 150;

    private Computation() {}

    /// What a load computes with; null where its layers are not known.
    static @Nullable Figure of(Load load) {
        Matrices sizes = load.model().matrices();
        Attention layers = load.model().attention();
        if (layers == null) {
            return null;
        }
        double looks = looks(layers, load.context());
        return sizes == null
                ? Figure.estimated(
                        UNKNOWN * MEBIBYTE + looks,
                        "150 MiB, as its widths are not known, and a batch's view of its past")
                : Figure.estimated(
                        layer(sizes, load.model().experts()) + looks,
                        "one layer's results for a batch of " + KvCache.BATCH + " tokens");
    }

    /// The same where every token of a batch is answered: llama-server answers one for each slot,
    /// but `llama-fit-params` counts as if it answered all, and servers before mid-2026 did.
    static @Nullable Figure answered(Load load) {
        Figure step = of(load);
        Matrices sizes = load.model().matrices();
        Integer vocabulary = load.model().vocabulary();
        if (step == null || vocabulary == null) {
            return step;
        }
        long stream = sizes == null ? 0 : sizes.hidden();
        double logits = (double) FLOAT * KvCache.BATCH * (vocabulary + 2 * stream);
        return logits <= step.value()
                ? step
                : Figure.estimated(logits, "logits of a batch of " + KvCache.BATCH);
    }

    /// Where a layer holds most: behind its attention, the stream thrice and the queries, and then
    /// either the three results inside the feed-forward part, or those of each expert asked and
    /// their answers before and after they are weighed.
    private static double layer(Matrices sizes, @Nullable Experts experts) {
        long stream = sizes.hidden();
        long wide = sizes.feedForward();
        long inside = 3 * wide;
        if (experts != null) {
            inside = experts.active() * Math.max(3 * wide, wide + 2 * stream);
        }
        long queries = (long) sizes.heads() * sizes.headSize();
        return (double) FLOAT * KvCache.BATCH * (3 * stream + queries + inside);
    }

    /// A mark for each token of a batch and each position of its slot, once for the layers that
    /// keep all positions and once for those with a window.
    private static double looks(Attention layers, int context) {
        long positions = layers.full() > 0 ? KvCache.padded(context) : 0;
        if (layers.windowed() > 0) {
            positions += KvCache.window(layers, context);
        }
        return (double) HALF * KvCache.BATCH * positions;
    }
}
