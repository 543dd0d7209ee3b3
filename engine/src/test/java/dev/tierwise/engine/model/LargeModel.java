package dev.tierwise.engine.model;

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

/// Writes a model of random weights as large as those that are small in use, for measuring speed:
/// `java … LargeModel FILE` gives 207 million 16-bit numbers in the shape of a Llama, for
/// `llama-quantize` to make the other formats of.
public final class LargeModel {
    private static final int WIDTH = 1024;
    private static final int LAYERS = 12;
    private static final int HEADS = 16;
    private static final int KEY_HEADS = 8;
    private static final int HIDDEN = 2816;
    private static final int VOCABULARY = 32_000;

    private final GgufWriter out = new GgufWriter();
    private final Random random = new Random(1);

    private LargeModel() {}

    /// Writes it to the file that is named.
    public static void main(String[] arguments) throws IOException {
        new LargeModel().write(Path.of(arguments[0]));
    }

    private void write(Path path) throws IOException {
        out.text("general.architecture", "llama").text("general.name", "large random weights");
        out.whole("llama.context_length", 2048).whole("llama.embedding_length", WIDTH);
        out.whole("llama.block_count", LAYERS).whole("llama.feed_forward_length", HIDDEN);
        out.whole("llama.attention.head_count", HEADS);
        out.whole("llama.attention.head_count_kv", KEY_HEADS);
        out.real("llama.attention.layer_norm_rms_epsilon", 1e-5);
        out.whole("llama.rope.dimension_count", WIDTH / HEADS);
        out.whole("general.file_type", 1);
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
            boolean printable = b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174;
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
    }

    private void norm(String name) {
        float[] ones = new float[WIDTH];
        Arrays.fill(ones, 1);
        out.tensor(name, List.of((long) WIDTH), ones);
    }

    private void matrix(String name, int columns, int rows) {
        int count = columns * rows;
        ByteBuffer bytes = ByteBuffer.allocate(count * 2).order(ByteOrder.LITTLE_ENDIAN);
        double scale = Math.sqrt(3.0 / columns);
        for (int i = 0; i < count; i++) {
            float value = (float) ((random.nextFloat() * 2 - 1) * scale);
            bytes.putShort(Float.floatToFloat16(value));
        }
        out.tensor(name, TensorType.F16, List.of((long) columns, (long) rows), bytes.array());
    }
}
