package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Gate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The Llama architecture on libtorch (Touvron et al. 2023: RMSNorm, SwiGLU, rotary positions on
/// adjacent pairs, grouped key and value heads). Tensors bear the names that a GGUF file gives
/// them. For one thread.
final class Net {
    /// Sizes of a network.
    record Shape(int vocabulary, int width, int layers, int heads, int keyHeads, int inner) {
        static final int CONTEXT = 1024;
        static final double BASE = 10000;
        static final float EPSILON = 1e-5f;

        int head() {
            return width / heads;
        }
    }

    private static final float KIND_WEIGHT = 0.2f;
    private static final float SHARPNESS = 10; // few words of a prompt tell its kind
    private static final int NONE = 0; // libtorch's Reduction: one loss for each target

    final Shape shape;
    final Map<String, Tensor> weights = new LinkedHashMap<>();
    final Tensor kindMatrix;
    private final Tensor cosines;
    private final Tensor sines;

    Net(Shape shape, long seed) {
        this.shape = shape;
        var random = new Random(seed);
        int width = shape.width;
        int keys = shape.keyHeads * shape.head();
        add("token_embd.weight", random, 0.05, shape.vocabulary, width);
        double wide = 1 / Math.sqrt(width); // sums of the size of what is summed
        double deep = 1 / Math.sqrt(2.0 * shape.layers);
        for (int layer = 0; layer < shape.layers; layer++) {
            String block = "blk." + layer + ".";
            ones(block + "attn_norm.weight", width);
            add(block + "attn_q.weight", random, wide, width, width);
            add(block + "attn_k.weight", random, wide, keys, width);
            add(block + "attn_v.weight", random, wide, keys, width);
            add(block + "attn_output.weight", random, wide * deep, width, width);
            ones(block + "ffn_norm.weight", width);
            add(block + "ffn_gate.weight", random, wide, shape.inner, width);
            add(block + "ffn_up.weight", random, wide, shape.inner, width);
            add(
                    block + "ffn_down.weight",
                    random,
                    deep / Math.sqrt(shape.inner),
                    width,
                    shape.inner);
        }
        ones("output_norm.weight", width);
        add("output.weight", random, 0.02, shape.vocabulary, width);
        kindMatrix = learned(new float[Gate.KINDS.size() * width], Gate.KINDS.size(), width);
        int half = shape.head() / 2;
        float[] cos = new float[Shape.CONTEXT * half];
        float[] sin = new float[Shape.CONTEXT * half];
        for (int t = 0; t < Shape.CONTEXT; t++) {
            for (int i = 0; i < half; i++) {
                double angle = t / Math.pow(Shape.BASE, 2.0 * i / shape.head());
                cos[t * half + i] = (float) Math.cos(angle);
                sin[t * half + i] = (float) Math.sin(angle);
            }
        }
        cosines = Tensor.create(cos, Shape.CONTEXT, 1, half);
        sines = Tensor.create(sin, Shape.CONTEXT, 1, half);
    }

    /// Puts numbers into the first columns of the embedding, one row for each token.
    void hint(float[] hints) {
        int columns = hints.length / shape.vocabulary;
        try (var _ = new NoGradGuard()) {
            Tensor rows = Tensor.create(hints, shape.vocabulary, columns);
            weight("token_embd.weight").narrow(1, 0, columns).copy_(rows);
        }
    }

    private void add(String name, Random random, double scale, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        weights.put(name, learned(values, rows, columns));
    }

    /// `set_requires_grad` answers with a second handle on the same native tensor, which the first
    /// one frees when it is collected: only the first may be kept.
    private static Tensor learned(float[] values, long... sizes) {
        Tensor tensor = Tensor.create(values, sizes);
        tensor.set_requires_grad(true);
        return tensor;
    }

    private void ones(String name, int size) {
        float[] values = new float[size];
        java.util.Arrays.fill(values, 1);
        weights.put(name, learned(values, size));
    }

    Tensor weight(String name) {
        Tensor weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("no tensor is named " + name);
        }
        return weight;
    }

    /// The large products are of 16-bit numbers (bfloat16, on weights kept in 32 bits), for which
    /// libtorch has kernels eight times as fast as for 32 bits on the machine it was measured on.
    private Tensor linear(Tensor x, String name) {
        return torch.linear(
                        x.to(torch.ScalarType.BFloat16),
                        weight(name).to(torch.ScalarType.BFloat16),
                        new TensorOptional())
                .to(torch.ScalarType.Float);
    }

    private Tensor norm(Tensor x, String name) {
        Tensor mean = x.mul(x).mean(new long[] {-1}, true, new ScalarTypeOptional());
        return x.mul(mean.add(new Scalar(Shape.EPSILON)).rsqrt()).mul(weight(name));
    }

    private Tensor rotated(Tensor x, long length) {
        Tensor cos = cosines.narrow(0, 0, length);
        Tensor sin = sines.narrow(0, 0, length);
        Tensor pairs = x.reshape(x.size(0), length, x.size(2), x.size(3) / 2, 2);
        Tensor a = pairs.select(4, 0);
        Tensor b = pairs.select(4, 1);
        var turned = new TensorVector(a.mul(cos).sub(b.mul(sin)), a.mul(sin).add(b.mul(cos)));
        return torch.stack(turned, 4).reshape(x.size(0), length, x.size(2), x.size(3));
    }

    private Tensor heads(Tensor x, int count, long length, boolean turn) {
        Tensor split = x.reshape(x.size(0), length, count, shape.head());
        Tensor placed = turn ? rotated(split, length) : split;
        if (count < shape.heads) {
            int each = shape.heads / count;
            placed =
                    placed.unsqueeze(3)
                            .expand(x.size(0), length, count, each, shape.head())
                            .reshape(x.size(0), length, shape.heads, shape.head());
        }
        return placed.permute(0, 2, 1, 3);
    }

    /// The states before the output matrix.
    ///
    /// @param tokens batch by length
    /// @param dropout the share of values that is dropped, 0 when not training
    private Tensor states(Tensor tokens, double dropout) {
        long batch = tokens.size(0);
        long length = tokens.size(1);
        boolean train = dropout > 0;
        Tensor x =
                weight("token_embd.weight")
                        .index_select(0, tokens.reshape(-1))
                        .reshape(batch, length, shape.width);
        x = torch.dropout(x, dropout, train);
        for (int layer = 0; layer < shape.layers; layer++) {
            String block = "blk." + layer + ".";
            Tensor in = norm(x, block + "attn_norm.weight");
            Tensor q = heads(linear(in, block + "attn_q.weight"), shape.heads, length, true);
            Tensor k = heads(linear(in, block + "attn_k.weight"), shape.keyHeads, length, true);
            Tensor v = heads(linear(in, block + "attn_v.weight"), shape.keyHeads, length, false);
            Tensor mixed =
                    torch.scaled_dot_product_attention(
                                    q,
                                    k,
                                    v,
                                    new TensorOptional(),
                                    0,
                                    true,
                                    new DoubleOptional(),
                                    false)
                            .permute(0, 2, 1, 3)
                            .reshape(batch, length, shape.width);
            Tensor out = linear(mixed, block + "attn_output.weight");
            x = x.add(torch.dropout(out, dropout, train));
            in = norm(x, block + "ffn_norm.weight");
            Tensor inner =
                    torch.silu(linear(in, block + "ffn_gate.weight"))
                            .mul(linear(in, block + "ffn_up.weight"));
            out = linear(inner, block + "ffn_down.weight");
            x = x.add(torch.dropout(out, dropout, train));
        }
        return norm(x, "output_norm.weight");
    }

    /// The scores of every token at the positions asked for, counted in the flattened batch.
    private Tensor scores(Tensor states, Tensor places) {
        Tensor chosen = states.reshape(-1, shape.width).index_select(0, places);
        return linear(chosen, "output.weight");
    }

    /// The cross entropy of the answers, and of the kind as read from the mean state of the prompt:
    /// that second one tells every position early on what the text is about. Its matrix is used for
    /// training alone and not exported.
    Tensor loss(Batches.Batch batch, double dropout, double smoothing) {
        Tensor tokens = Tensor.create(batch.tokens(), batch.rows(), batch.length());
        Tensor places = Tensor.create(batch.places(), batch.places().length);
        Tensor targets = Tensor.create(batch.targets(), batch.targets().length);
        Tensor states = states(tokens, dropout);
        Tensor each =
                torch.cross_entropy_loss(
                        scores(states, places),
                        targets,
                        new TensorOptional(),
                        NONE,
                        -100,
                        smoothing);
        Tensor weights = Tensor.create(batch.weights(), batch.weights().length);
        Tensor shares = Tensor.create(batch.shares(), batch.rows(), batch.length(), 1);
        Tensor mean =
                states.mul(shares)
                        .sum(new long[] {1}, false, new ScalarTypeOptional())
                        .mul(new Scalar(SHARPNESS));
        Tensor kinds =
                torch.cross_entropy_loss(
                        torch.linear(mean, kindMatrix, new TensorOptional()),
                        Tensor.create(batch.kinds(), batch.rows()));
        return each.mul(weights).sum().div(weights.sum()).add(kinds.mul(new Scalar(KIND_WEIGHT)));
    }

    /// The share of answer tokens that come out on top.
    double hits(Batches.Batch batch) {
        Tensor tokens = Tensor.create(batch.tokens(), batch.rows(), batch.length());
        Tensor places = Tensor.create(batch.places(), batch.places().length);
        Tensor targets = Tensor.create(batch.targets(), batch.targets().length);
        Tensor best = scores(states(tokens, 0), places).argmax(new LongOptional(1), false);
        return best.eq(targets).to(torch.ScalarType.Float).mean().item_float();
    }

    /// A copy of a tensor's values.
    float[] values(String name) {
        Tensor flat = weight(name).detach().contiguous();
        float[] out = new float[(int) flat.numel()];
        new FloatPointer(flat.data_ptr()).get(out);
        return out;
    }
}
