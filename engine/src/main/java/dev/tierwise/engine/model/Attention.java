package dev.tierwise.engine.model;

import dev.tierwise.engine.math.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Looks from every token of a batch back at its sequence (Vaswani et al. 2017), head by head. One
/// look at a time: what is looked at stands in fields, so that a token allocates nothing.
final class Attention implements IntConsumer {
    private static final float[] NONE = {};

    private final Shape shape;
    private final boolean wide;
    private final float scale;
    private final float[][] scores;
    private Batch batch = new Batch(0);
    private float[] queries = NONE;
    private float[] seen = NONE;
    private int layer;
    private int parts;

    /// @param parts how many threads may work at once
    /// @param wide whether to use vectors
    Attention(Shape shape, int parts, boolean wide) {
        this.shape = shape;
        this.wide = wide;
        this.scale = (float) (1 / Math.sqrt(scaledSize(shape)));
        this.scores = new float[parts][];
    }

    /// The 27B models of Gemma divide by the width of a head as if there were fewer of them (Gemma
    /// 2 and 3 reports: query_pre_attn_scalar).
    private static double scaledSize(Shape shape) {
        boolean large =
                shape.family() == Family.GEMMA2 && shape.layers() == 46
                        || shape.family() == Family.GEMMA3 && shape.layers() == 62;
        return large ? (double) shape.width() / shape.heads() : shape.headSize();
    }

    /// Makes room for sequences of so many positions.
    void reserve(int positions) {
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == null || scores[i].length < positions) {
                scores[i] = new float[positions];
            }
        }
    }

    /// Writes what each token sees to `seen`, head after head.
    ///
    /// @param layer the layer whose keys and values are looked at
    /// @param queries the batch's queries, turned already
    void look(int layer, Batch batch, float[] queries, float[] seen, Workers workers) {
        this.layer = layer;
        this.batch = batch;
        this.queries = queries;
        this.seen = seen;
        this.parts = Math.min(scores.length, batch.size() * shape.heads());
        workers.run(parts, this);
        this.queries = NONE;
        this.seen = NONE;
    }

    @Override
    public void accept(int part) {
        int pairs = batch.size() * shape.heads();
        int end = (int) ((long) pairs * (part + 1) / parts);
        for (int pair = (int) ((long) pairs * part / parts); pair < end; pair++) {
            head(pair / shape.heads(), pair, scores[part]);
        }
    }

    private void head(int token, int pair, float[] weights) {
        int size = shape.headSize();
        int head = pair % shape.heads() / (shape.heads() / shape.keyHeads());
        int last = batch.positions[token];
        boolean windowed = shape.window() > 0 && shape.family().windowed(layer);
        int first = windowed ? Math.max(0, last - shape.window() + 1) : 0;
        KvCache cache = batch.caches[token];
        int from = pair * size;
        long row = (long) size * Float.BYTES;
        long keys = cache.at(layer, head, 0);
        float highest = Float.NEGATIVE_INFINITY;
        for (int position = first; position <= last; position++) {
            long at = keys + position * row;
            float dot =
                    wide
                            ? WideVectors.dot(queries, from, cache.keys(), at, size)
                            : Vectors.dot(queries, from, cache.keys(), at, size);
            float score = dot * scale;
            if (shape.attentionCap() > 0) {
                score = Vectors.bend(score, shape.attentionCap());
            }
            weights[position] = score;
            highest = Math.max(highest, score);
        }
        float sum = 0;
        for (int position = first; position <= last; position++) {
            float weight = (float) Math.exp(weights[position] - highest);
            weights[position] = weight;
            sum += weight;
        }
        Arrays.fill(seen, from, from + size, 0);
        MemorySegment values = cache.values();
        for (int position = first; position <= last; position++) {
            long at = keys + position * row;
            float weight = weights[position] / sum;
            if (wide) {
                WideVectors.add(seen, from, weight, values, at, size);
            } else {
                Vectors.add(seen, from, weight, values, at, size);
            }
        }
    }
}
