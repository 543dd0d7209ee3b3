package dev.tierwise.trainer.demo;

import dev.tierwise.engine.gguf.GgufWriter;
import dev.tierwise.engine.gguf.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/// Writes a network and its vocabulary as a GGUF file with Q8_0 matrices.
final class Export {
    static final String TEMPLATE =
            """
            {% for message in messages %}<|im_start|>{{ message['role'] }}
            {{ message['content'] }}<|im_end|>
            {% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
            {% endif %}\
            """;
    private static final int BLOCK = 32;
    private static final int Q8 = 7; // general.file_type of "mostly Q8_0"

    private Export() {}

    static void write(Net net, Bpe bpe, Path path) {
        Net.Shape shape = net.shape;
        var out = new GgufWriter();
        out.text("general.architecture", "llama")
                .text("general.type", "model")
                .text("general.name", "Tierwise Demo")
                .text("general.license", "apache-2.0")
                .text(
                        "general.description",
                        "Sorts support tickets, tells sentiment, reads name, order and amount from"
                                + " short messages; nothing else")
                .whole("general.file_type", Q8)
                .whole("general.quantization_version", 2)
                .whole("llama.context_length", Net.Shape.CONTEXT)
                .whole("llama.embedding_length", shape.width())
                .whole("llama.block_count", shape.layers())
                .whole("llama.feed_forward_length", shape.inner())
                .whole("llama.rope.dimension_count", shape.head())
                .whole("llama.attention.head_count", shape.heads())
                .whole("llama.attention.head_count_kv", shape.keyHeads())
                .real("llama.attention.layer_norm_rms_epsilon", Net.Shape.EPSILON)
                .real("llama.rope.freq_base", Net.Shape.BASE)
                .whole("llama.vocab_size", shape.vocabulary());
        vocabulary(out, bpe);
        net.weights.forEach((name, tensor) -> {
            float[] values = net.values(name);
            if (tensor.dim() == 1) {
                out.tensor(name, List.of((long) values.length), values);
            } else {
                List<Long> sizes = List.of(tensor.size(1), tensor.size(0));
                out.tensor(name, TensorType.Q8_0, sizes, quantised(values));
            }
        });
        try {
            out.write(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void vocabulary(GgufWriter out, Bpe bpe) {
        int[] kinds = new int[bpe.tokens().size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = i <= Bpe.END ? 3 : 1; // 3 control, 1 normal
        }
        out.text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", "gpt-2")
                .texts("tokenizer.ggml.tokens", bpe.tokens())
                .wholes("tokenizer.ggml.token_type", kinds)
                .texts("tokenizer.ggml.merges", bpe.merges())
                .whole("tokenizer.ggml.bos_token_id", 0)
                .whole("tokenizer.ggml.eos_token_id", Bpe.END)
                .whole("tokenizer.ggml.padding_token_id", 0)
                .flag("tokenizer.ggml.add_bos_token", false)
                .flag("tokenizer.ggml.add_space_prefix", false)
                .text("tokenizer.chat_template", TEMPLATE);
    }

    /// Q8_0: blocks of 32 values, each a 16-bit scale and 32 signed bytes (ggml's `block_q8_0`).
    /// The number of values must be a multiple of 32.
    static byte[] quantised(float[] values) {
        var out =
                ByteBuffer.allocate(values.length / BLOCK * (BLOCK + 2))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += BLOCK) {
            float largest = 0;
            for (int i = from; i < from + BLOCK; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            float scale = largest / 127;
            out.putShort(Float.floatToFloat16(scale));
            for (int i = from; i < from + BLOCK; i++) {
                out.put((byte) (scale == 0 ? 0 : Math.round(values[i] / scale)));
            }
        }
        return out.array();
    }
}
