package dev.tierwise.engine.model;

import dev.tierwise.engine.math.Matrix;
import dev.tierwise.engine.math.Workers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What flows through the layers: the numbers of a batch's tokens, and the room to reckon in, made
/// once.
final class Stream {
    private static final String OUTPUT = "output.weight";

    private final Shape shape;
    private final Weights weights;
    private final Attention attention;
    private final Rope global;
    private final Rope local;
    private final float[] x;
    private final float[] normed;
    private final float[] query;
    private final float[] key;
    private final float[] value;
    private final float[] wide;
    private final float[] seen;
    private final float[] back;
    private final float[] gate;
    private final float[] up;
    private final float[] one;
    private final LoraAdapter.Scratch adapting;
    private final float[] wanted;
    private float[] logits = new float[0];

    Stream(Shape shape, Weights weights, int batch, int workers, int context, boolean wide) {
        this.shape = shape;
        this.weights = weights;
        this.attention = new Attention(shape, workers, wide);
        attention.reserve(context);
        Layer.Numbers factors =
                context > shape.rope().trained() ? weights.longFactors() : weights.shortFactors();
        Shape.Rotation rope = shape.rope();
        this.global = new Rope(shape, rope.base(), rope.stretch(), factors, batch);
        this.local =
                rope.localBase() == rope.base() && rope.stretch() == 1
                        ? global
                        : new Rope(shape, rope.localBase(), 1, factors, batch);
        int widest =
                Math.max(
                        shape.queries() + 2 * shape.keys(),
                        Math.max(2 * shape.hidden(), shape.width()));
        this.x = new float[batch * shape.width()];
        this.normed = new float[batch * shape.width()];
        this.query = new float[batch * shape.queries()];
        this.key = new float[batch * shape.keys()];
        this.value = new float[batch * shape.keys()];
        this.wide = new float[batch * widest];
        this.seen = new float[batch * shape.queries()];
        this.back = new float[batch * shape.width()];
        this.gate = new float[batch * shape.hidden()];
        this.up = new float[batch * shape.hidden()];
        this.one = new float[widest];
        this.adapting = new LoraAdapter.Scratch(Math.max(widest, shape.vocabulary()));
        this.wanted = new float[batch * shape.width()];
    }

    void run(Batch batch, Workers workers) {
        embed(batch);
        global.prepare(batch);
        if (local != global) {
            local.prepare(batch);
        }
        for (int i = 0; i < shape.layers(); i++) {
            Layer layer = weights.layers().get(i);
            attend(i, layer, batch, workers);
            think(i, layer, batch, workers);
        }
        norm(x, weights.norm(), normed, batch.size());
        answer(batch, workers);
    }

    private void embed(Batch batch) {
        int width = shape.width();
        for (int i = 0; i < batch.size(); i++) {
            weights.embedding().row(batch.tokens[i], x, i * width);
        }
        if (shape.family().gemma()) {
            float scale = (float) Math.sqrt(width);
            for (int i = 0; i < batch.size() * width; i++) {
                x[i] *= scale;
            }
        }
    }

    private void attend(int number, Layer layer, Batch batch, Workers workers) {
        Layer.Norms norms = layer.norms();
        norm(x, norms.before(), normed, batch.size());
        project(number, layer, batch, workers);
        Rope rope = shape.family().windowed(number) ? local : global;
        int size = shape.headSize();
        for (int token = 0; token < batch.size(); token++) {
            heads(query, token * shape.queries(), shape.heads(), norms.query());
            heads(key, token * shape.keys(), shape.keyHeads(), norms.key());
            rope.turn(token, query, token * shape.queries(), shape.heads(), size);
            rope.turn(token, key, token * shape.keys(), shape.keyHeads(), size);
            batch.caches[token].put(
                    number, batch.positions[token], key, value, token * shape.keys());
        }
        attention.look(number, batch, query, seen, workers);
        product(layer.output(), name(number, "attn_output"), seen, back, batch, workers);
        merge(batch, norms.after());
    }

    /// Makes queries, keys and values.
    private void project(int number, Layer layer, Batch batch, Workers workers) {
        Matrix fused = layer.fused();
        if (fused == null) {
            Matrix queries = Objects.requireNonNull(layer.query());
            product(queries, name(number, "attn_q"), normed, query, batch, workers);
            Matrix keys = Objects.requireNonNull(layer.key());
            product(keys, name(number, "attn_k"), normed, key, batch, workers);
            Matrix values = Objects.requireNonNull(layer.value());
            product(values, name(number, "attn_v"), normed, value, batch, workers);
        } else {
            product(fused, name(number, "attn_qkv"), normed, wide, batch, workers);
            for (int token = 0; token < batch.size(); token++) {
                int from = token * fused.rows();
                take(from, query, token, shape.queries());
                take(from + shape.queries(), key, token, shape.keys());
                take(from + shape.queries() + shape.keys(), value, token, shape.keys());
            }
        }
        if (!layer.biases().isEmpty()) {
            for (int token = 0; token < batch.size(); token++) {
                bias(layer.biases().get(0), query, token);
                bias(layer.biases().get(1), key, token);
                bias(layer.biases().get(2), value, token);
            }
        }
    }

    private void take(int from, float[] to, int token, int size) {
        System.arraycopy(wide, from, to, token * size, size);
    }

    private static void bias(Layer.Numbers bias, float[] to, int token) {
        int size = bias.values().length;
        Vectors.add(to, token * size, bias.values(), 0, size);
    }

    private void heads(float[] of, int at, int count, Layer.@Nullable Numbers norm) {
        if (norm != null) {
            for (int head = 0; head < count; head++) {
                int from = at + head * shape.headSize();
                Vectors.norm(of, from, norm.values(), shape.epsilon(), of, from);
            }
        }
    }

    private void think(int number, Layer layer, Batch batch, Workers workers) {
        norm(x, layer.norms().beforeHidden(), normed, batch.size());
        int hidden = shape.hidden();
        Matrix both = layer.gateUp();
        if (both == null) {
            Matrix gates = Objects.requireNonNull(layer.gate());
            product(gates, name(number, "ffn_gate"), normed, gate, batch, workers);
            Matrix ups = Objects.requireNonNull(layer.up());
            product(ups, name(number, "ffn_up"), normed, up, batch, workers);
        } else {
            product(both, name(number, "ffn_up"), normed, wide, batch, workers);
            for (int token = 0; token < batch.size(); token++) {
                take(token * 2 * hidden, gate, token, hidden);
                take(token * 2 * hidden + hidden, up, token, hidden);
            }
        }
        boolean gelu = shape.family().gemma();
        for (int i = 0; i < batch.size() * hidden; i++) {
            gate[i] = (gelu ? Vectors.gelu(gate[i]) : Vectors.silu(gate[i])) * up[i];
        }
        product(layer.down(), name(number, "ffn_down"), gate, back, batch, workers);
        merge(batch, layer.norms().afterHidden());
    }

    /// Adds what a part of the block made to the stream.
    private void merge(Batch batch, Layer.@Nullable Numbers norm) {
        if (norm != null) {
            norm(back, norm, back, batch.size());
        }
        Vectors.add(x, 0, back, 0, batch.size() * shape.width());
    }

    private void norm(float[] from, Layer.Numbers weights, float[] to, int tokens) {
        for (int token = 0; token < tokens; token++) {
            int at = token * shape.width();
            Vectors.norm(from, at, weights.values(), shape.epsilon(), to, at);
        }
    }

    private void product(
            Matrix matrix, String name, float[] from, float[] to, Batch batch, Workers workers) {
        matrix.multiply(from, batch.size(), to, workers);
        if (!batch.adapted()) {
            return;
        }
        for (int token = 0; token < batch.size(); token++) {
            adapt(matrix, name, from, token, to, token, batch);
        }
    }

    /// Adds what the adapter of token number `token` has for a matrix to row `row` of `to`.
    private void adapt(
            Matrix matrix, String name, float[] from, int token, float[] to, int row, Batch batch) {
        LoraAdapter adapter = batch.adapters[token];
        if (adapter != null && adapter.part(name) != null) {
            System.arraycopy(from, token * matrix.columns(), one, 0, matrix.columns());
            adapter.add(name, batch.scales[token], one, to, row * matrix.rows(), adapting);
        }
    }

    private static String name(int layer, String what) {
        return Names.of(layer, what);
    }

    private void answer(Batch batch, Workers workers) {
        int count = batch.wanted();
        if (count == 0) {
            return;
        }
        int width = shape.width();
        int vocabulary = shape.vocabulary();
        if (logits.length < count * vocabulary) {
            logits = new float[count * vocabulary];
        }
        for (int token = 0; token < batch.size(); token++) {
            if (batch.places[token] >= 0) {
                System.arraycopy(normed, token * width, wanted, batch.places[token] * width, width);
            }
        }
        weights.output().multiply(wanted, count, logits, workers);
        if (batch.adapted()) {
            for (int token = 0; token < batch.size(); token++) {
                if (batch.places[token] >= 0) {
                    adapt(
                            weights.output(),
                            OUTPUT,
                            normed,
                            token,
                            logits,
                            batch.places[token],
                            batch);
                }
            }
        }
        if (shape.logitCap() > 0) {
            for (int i = 0; i < count * vocabulary; i++) {
                logits[i] = Vectors.bend(logits[i], shape.logitCap());
            }
        }
    }

    float[] logits() {
        return logits;
    }

    float[] states() {
        return normed;
    }
}
