package dev.tierwise.bench.engine;

import dev.tierwise.engine.gguf.GgufWriter;
import dev.tierwise.engine.gguf.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Writes a model of random weights as large as those that are small in use: 207 million numbers in
/// the shape of a Llama. How fast it is does not hang on what the numbers are.
public final class LargeModel {
    private static final int WIDTH = 1024;
    private static final int LAYERS = 12;
    private static final int HEADS = 16;
    private static final int KEY_HEADS = 8;
    private static final int HIDDEN = 2816;
    private static final int VOCABULARY = 32_000;

    private final GgufWriter out = new GgufWriter();
    private final Random random = new Random(1);
    private final TensorType type;

    private LargeModel(TensorType type) {
        this.type = type;
    }

    /// Writes it to `file`.
    ///
    /// @param type Q8_0, Q4_0 or Q4_K
    /// @throws IOException when the disk does not take it
    public static void write(TensorType type, Path file) throws IOException {
        new LargeModel(type).write(file);
    }

    private void write(Path path) throws IOException {
        out.text("general.architecture", "llama").text("general.name", "large random weights");
        out.whole("llama.context_length", 2048).whole("llama.embedding_length", WIDTH);
        out.whole("llama.block_count", LAYERS).whole("llama.feed_forward_length", HIDDEN);
        out.whole("llama.attention.head_count", HEADS);
        out.whole("llama.attention.head_count_kv", KEY_HEADS);
        out.real("llama.attention.layer_norm_rms_epsilon", 1e-5);
        out.whole("llama.rope.dimension_count", WIDTH / HEADS);
        tokens();
        matrix("token_embd.weight", WIDTH, VOCABULARY);
        norm("output_norm.weight");
        matrix("output.weight", WIDTH, VOCABULARY);
        for (int layer = 0; layer < LAYERS; layer++) {
            String at = "blk." + layer + ".";
            norm(at + "attn_norm.weight");
            matrix(at + "attn_q.weight", WIDTH, WIDTH);
            matrix(at + "attn_k.weight", WIDTH, WIDTH * KEY_HEADS / HEADS);
            matrix(at + "attn_v.weight", WIDTH, WIDTH * KEY_HEADS / HEADS);
            matrix(at + "attn_output.weight", WIDTH, WIDTH);
            norm(at + "ffn_norm.weight");
            matrix(at + "ffn_gate.weight", WIDTH, HIDDEN);
            matrix(at + "ffn_up.weight", WIDTH, HIDDEN);
            matrix(at + "ffn_down.weight", HIDDEN, WIDTH);
        }
        out.write(path);
    }

    private void tokens() {
        var tokens = new ArrayList<String>();
        int spare = 0;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
            tokens.add(Character.toString(printable ? b : 256 + spare++));
        }
        tokens.add("<|endoftext|>");
        tokens.add("th");
        int[] kinds = new int[VOCABULARY];
        Arrays.fill(kinds, 1);
        kinds[256] = 3;
        while (tokens.size() < VOCABULARY) {
            kinds[tokens.size()] = 5;
            tokens.add("[unused" + tokens.size() + "]");
        }
        out.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
        out.texts("tokenizer.ggml.tokens", tokens).wholes("tokenizer.ggml.token_type", kinds);
        out.texts("tokenizer.ggml.merges", List.of("t h"));
        out.whole("tokenizer.ggml.bos_token_id", 256).whole("tokenizer.ggml.eos_token_id", 256);
        out.flag("tokenizer.ggml.add_bos_token", false);
        out.text(
                "tokenizer.chat_template", "{% for m in messages %}{{ m['content'] }}{% endfor %}");
    }

    private void norm(String name) {
        float[] ones = new float[WIDTH];
        Arrays.fill(ones, 1);
        out.tensor(name, List.of((long) WIDTH), ones);
    }

    /// Blocks of random numbers under a scale that keeps sums small; ggml's `block_q8_0`,
    /// `block_q4_0` and `block_q4_K`.
    private void matrix(String name, int columns, int rows) {
        int per = type == TensorType.Q4_K ? 256 : 32;
        int numbers =
                switch (type) {
                    case Q8_0 -> 32;
                    case Q4_0 -> 16;
                    case Q4_K -> 12 + 128;
                    default -> throw new IllegalArgumentException(type.toString());
                };
        int blocks = columns / per * rows;
        int scales = type == TensorType.Q4_K ? 2 : 1;
        var bytes =
                ByteBuffer.allocate(blocks * (2 * scales + numbers)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] weights = new byte[numbers];
        short scale = Float.floatToFloat16((float) (0.01 / Math.sqrt(columns)));
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < scales; i++) {
                bytes.putShort(scale);
            }
            random.nextBytes(weights);
            bytes.put(weights);
        }
        out.tensor(name, type, List.of((long) columns, (long) rows), bytes.array());
    }
}
