package dev.tierwise.engine.model;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.gguf.Tensor;
import dev.tierwise.engine.gguf.TensorType;
import dev.tierwise.engine.math.Matrices;
import dev.tierwise.engine.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All weights of a model.
///
/// @param embedding a row for each token
/// @param output from the stream to logits; the embedding itself in many models
/// @param norm before the output
/// @param layers the blocks, first to last
/// @param shortFactors each rotary angle is divided by its factor; null for not
/// @param longFactors the same for contexts longer than the model was first trained for
record Weights(
        Matrix embedding,
        Matrix output,
        Layer.Numbers norm,
        List<Layer> layers,
        Layer.@Nullable Numbers shortFactors,
        Layer.@Nullable Numbers longFactors) {
    /// Bytes outside the heap.
    @SuppressWarnings("ReferenceEquality") // the same matrix is counted once
    long bytes() {
        long sum = embedding.bytes() + (output == embedding ? 0 : output.bytes());
        for (Layer layer : layers) {
            for (Matrix matrix :
                    new Matrix[] {
                        layer.query(),
                        layer.key(),
                        layer.value(),
                        layer.fused(),
                        layer.output(),
                        layer.gate(),
                        layer.up(),
                        layer.gateUp(),
                        layer.down()
                    }) {
                sum += matrix == null ? 0 : matrix.bytes();
            }
        }
        return sum;
    }

    /// Reads them by the names that llama.cpp gives tensors.
    ///
    /// @param wide whether products are to use vectors
    /// @throws ShapeReader.Unfit when one is missing or of another size than `shape` says
    static Weights read(GgufFile file, Shape shape, boolean wide) {
        var reader = new Reader(file, shape, wide);
        Matrix embedding = reader.matrix("token_embd", shape.vocabulary(), shape.width());
        Matrix own = reader.optional("output", shape.vocabulary(), shape.width());
        Layer.Numbers norm = reader.numbers("output_norm.weight", shape.width());
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < shape.layers(); i++) {
            layers.add(reader.layer("blk." + i + "."));
        }
        int angles = shape.rope().size() / 2;
        Layer.Numbers factors = reader.numbersIfAny("rope_freqs.weight", angles);
        Layer.Numbers near = reader.numbersIfAny("rope_factors_short.weight", angles);
        Layer.Numbers far = reader.numbersIfAny("rope_factors_long.weight", angles);
        return new Weights(
                embedding,
                own == null ? embedding : own,
                norm,
                layers,
                near == null ? factors : near,
                far == null ? factors : far);
    }

    /// Finds tensors and checks their sizes.
    private static final class Reader {
        private final GgufFile file;
        private final Shape shape;
        private final boolean wide;

        Reader(GgufFile file, Shape shape, boolean wide) {
            this.file = file;
            this.shape = shape;
            this.wide = wide;
        }

        Layer layer(String at) {
            int width = shape.width();
            int hidden = shape.hidden();
            Matrix fused = optional(at + "attn_qkv", shape.queries() + 2 * shape.keys(), width);
            boolean apart = fused == null;
            // in files of Phi-3 the tensor `ffn_up` holds the gate as well
            boolean both = shape.family() == Family.PHI3;
            return new Layer(
                    apart ? matrix(at + "attn_q", shape.queries(), width) : null,
                    apart ? matrix(at + "attn_k", shape.keys(), width) : null,
                    apart ? matrix(at + "attn_v", shape.keys(), width) : null,
                    fused,
                    matrix(at + "attn_output", width, shape.queries()),
                    both ? null : matrix(at + "ffn_gate", hidden, width),
                    both ? null : matrix(at + "ffn_up", hidden, width),
                    both ? matrix(at + "ffn_up", 2 * hidden, width) : null,
                    matrix(at + "ffn_down", width, hidden),
                    norms(at),
                    biases(at));
        }

        private Layer.Norms norms(String at) {
            int width = shape.width();
            boolean gemma = shape.family().gemma();
            return new Layer.Norms(
                    numbers(at + "attn_norm.weight", width),
                    gemma ? numbers(at + "post_attention_norm.weight", width) : null,
                    numbers(at + "ffn_norm.weight", width),
                    gemma ? numbers(at + "post_ffw_norm.weight", width) : null,
                    numbersIfAny(at + "attn_q_norm.weight", shape.headSize()),
                    numbersIfAny(at + "attn_k_norm.weight", shape.headSize()));
        }

        private List<Layer.Numbers> biases(String at) {
            if (file.tensor(at + "attn_q.bias").isEmpty()) {
                return List.of();
            }
            return List.of(
                    numbers(at + "attn_q.bias", shape.queries()),
                    numbers(at + "attn_k.bias", shape.keys()),
                    numbers(at + "attn_v.bias", shape.keys()));
        }

        Matrix matrix(String name, int rows, int columns) {
            Matrix found = optional(name, rows, columns);
            if (found == null) {
                throw new ShapeReader.Unfit("it has no tensor `" + name + ".weight`");
            }
            return found;
        }

        @Nullable Matrix optional(String name, int rows, int columns) {
            Tensor tensor = file.tensor(name + ".weight").orElse(null);
            if (tensor == null) {
                return null;
            }
            if (tensor.rows() != rows || tensor.columns() != columns) {
                throw new ShapeReader.Unfit(
                        "its tensor `"
                                + name
                                + ".weight` is "
                                + tensor.rows()
                                + " × "
                                + tensor.columns()
                                + ", not "
                                + rows
                                + " × "
                                + columns);
            }
            return Matrices.of(tensor.type(), tensor.data(), rows, columns, wide);
        }

        Layer.Numbers numbers(String name, int size) {
            Layer.Numbers found = numbersIfAny(name, size);
            if (found == null) {
                throw new ShapeReader.Unfit("it has no tensor `" + name + "`");
            }
            return found;
        }

        Layer.@Nullable Numbers numbersIfAny(String name, int size) {
            Tensor tensor = file.tensor(name).orElse(null);
            if (tensor == null) {
                return null;
            }
            boolean plain = tensor.type() == TensorType.F32 || tensor.type() == TensorType.F16;
            if (tensor.rows() != 1 || tensor.columns() != size || !plain) {
                throw new ShapeReader.Unfit(
                        "its tensor `" + name + "` is not a row of " + size + " plain numbers");
            }
            float[] values = new float[size];
            Matrices.of(tensor.type(), tensor.data(), 1, size).row(0, values, 0);
            return new Layer.Numbers(values);
        }
    }
}
