package dev.tierwise.engine.model;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.gguf.Tensor;
import dev.tierwise.engine.math.Matrices;
import dev.tierwise.engine.math.Matrix;
import dev.tierwise.engine.math.Workers;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A low-rank change to a model's matrices (Hu et al. 2021, LoRA), from a GGUF file of its own. It
/// is added while a token passes, so the model need not be loaded anew. Immutable.
public final class LoraAdapter implements AutoCloseable {
    /// The matrices that an adapter's part is added to while a token passes.
    private static final Pattern APPLIED =
            Pattern.compile(
                    "output\\.weight|blk\\.\\d+\\.(attn_(q|k|v|qkv|output)|ffn_(gate|up|down))\\.weight");

    private final GgufFile file;
    private final float alpha;
    private final Map<String, Pair> pairs;

    /// One changed matrix: `y += alpha / rank · B (A x)`.
    record Pair(Matrix a, Matrix b) {}

    private LoraAdapter(GgufFile file, float alpha, Map<String, Pair> pairs) {
        this.file = file;
        this.alpha = alpha;
        this.pairs = Map.copyOf(pairs);
    }

    /// What reading came to.
    public sealed interface Reading {
        /// It is here.
        ///
        /// @param adapter to be closed; the file is closed with it
        record Ready(LoraAdapter adapter) implements Reading {}

        /// It cannot be used.
        ///
        /// @param message what is wrong
        record Refused(String message) implements Reading {}
    }

    /// Reads an adapter and holds its sizes against `model`.
    static Reading read(GgufFile file, GgufFile model) {
        var metadata = file.metadata();
        if (!metadata.text("general.type").orElse("").equals("adapter")
                || !metadata.text("adapter.type").orElse("").equals("lora")) {
            return refused(file, "it is no LoRA adapter");
        }
        String base = model.metadata().text("general.architecture").orElse("");
        String own = metadata.text("general.architecture").orElse("");
        if (!own.equals(base)) {
            return refused(file, "it was made for `" + own + "`, the model is `" + base + "`");
        }
        Map<String, Pair> pairs = new HashMap<>();
        for (Tensor tensor : file.tensors()) {
            if (!tensor.name().endsWith(".lora_a")) {
                continue;
            }
            String name = tensor.name().substring(0, tensor.name().length() - ".lora_a".length());
            if (!APPLIED.matcher(name).matches()) {
                return refused(file, "it changes `" + name + "`, which the engine cannot change");
            }
            Tensor b = file.tensor(name + ".lora_b").orElse(null);
            Tensor target = model.tensor(name).orElse(null);
            if (b == null || target == null || !fits(tensor, b, target)) {
                return refused(file, "its part for `" + name + "` does not fit the model");
            }
            pairs.put(name, new Pair(matrix(tensor), matrix(b)));
        }
        if (pairs.isEmpty()) {
            return refused(file, "it changes nothing");
        }
        float alpha = (float) metadata.real("adapter.lora.alpha").orElse(0);
        return new Reading.Ready(new LoraAdapter(file, alpha, pairs));
    }

    private static boolean fits(Tensor a, Tensor b, Tensor target) {
        return a.columns() == target.columns()
                && b.rows() == target.rows()
                && a.rows() == b.columns()
                && a.rows() <= 1024;
    }

    private static Matrix matrix(Tensor tensor) {
        return Matrices.of(tensor.type(), tensor.data(), tensor.rows(), tensor.columns());
    }

    private static Reading refused(GgufFile file, String why) {
        return new Reading.Refused(file.path() + " cannot be used as an adapter: " + why + ".");
    }

    /// Adds its part for the matrix `name` to one token's product.
    ///
    /// @param x the token's numbers, from index 0
    /// @param y what they were multiplied to, from `at` on
    /// @param scratch room for the rank and for a row of the product
    void add(String name, float scale, float[] x, float[] y, int at, Scratch scratch) {
        Pair pair = pairs.get(name);
        if (pair == null) {
            return;
        }
        int rank = pair.a.rows();
        float factor = alpha == 0 ? scale : scale * alpha / rank;
        pair.a.multiply(x, 1, scratch.low, Workers.alone());
        pair.b.multiply(scratch.low, 1, scratch.high, Workers.alone());
        for (int i = 0; i < pair.b.rows(); i++) {
            y[at + i] += factor * scratch.high[i];
        }
    }

    /// Room to reckon in.
    static final class Scratch {
        private final float[] low = new float[1024];
        private final float[] high;

        Scratch(int widest) {
            this.high = new float[widest];
        }
    }

    /// Whether it changes the matrix `name`.
    @Nullable Pair part(String name) {
        return pairs.get(name);
    }

    @Override
    public void close() {
        file.close();
    }
}
