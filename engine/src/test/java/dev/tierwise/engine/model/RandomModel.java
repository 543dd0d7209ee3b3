package dev.tierwise.engine.model;

import dev.tierwise.engine.gguf.GgufWriter;
import dev.tierwise.engine.gguf.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes small models of random weights, the same bytes each time, for the engine and for the
/// reference that its figures come from.
public final class RandomModel {
    /// Tokens: one for each byte, three special ones, and one that two bytes merge to.
    public static final int VOCABULARY = 260;

    public static final String TEMPLATE =
            "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
                    + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    private final String name;
    private final String family;
    private final TensorType type;
    private final int width;
    private final int headSize;
    private final int hidden;
    private final int layers;
    private final Random random;
    private final GgufWriter out = new GgufWriter();

    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int WINDOW = 8;
    private static final int RANK = 4;
    private static final int ALPHA = 8;

    /// The models that are written, of 32-bit numbers. What stands after the `-` is how the files
    /// of some publishers differ:
    ///
    /// - `bare`: says no size that has a usual value, shares no keys, has the embedding as output,
    ///   and factors for its angles;
    /// - `biased`: queries, keys and values get biases;
    /// - `linear`: positions are stretched;
    /// - `long`: its context is longer than it was first trained for, and a part of each head is
    ///   turned;
    /// - `wide`: heads are together wider than the stream, and the embedding is the output.
    static final List<String> NAMES =
            List.of(
                    "llama",
                    "llama-bare",
                    "llama-biased",
                    "llama-linear",
                    "qwen2",
                    "qwen2-bare",
                    "qwen3",
                    "qwen3-wide",
                    "phi3",
                    "phi3-long",
                    "gemma2",
                    "gemma2-wide",
                    "gemma3",
                    "gemma3-wide");

    private final Map<String, Low> changes = new HashMap<>();

    private RandomModel(String name, TensorType type) {
        int dash = name.indexOf('-');
        this.name = name;
        this.family = dash < 0 ? name : name.substring(0, dash);
        this.type = type;
        boolean blocks = type.blockElements() > 1;
        this.width = blocks ? 256 : 64;
        this.headSize = (blocks ? 64 : 16) * (is("wide") ? 2 : 1);
        this.hidden = blocks ? 512 : 128;
        this.layers = family.equals("gemma3") ? 6 : 2;
        this.random = new Random(name.hashCode() * 31L + type.code());
    }

    private boolean is(String peculiarity) {
        return name.endsWith("-" + peculiarity);
    }

    /// Writes all of them into a folder: `java … RandomModel FOLDER`.
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (String name : NAMES) {
            write(folder.resolve(name + ".gguf"), name, TensorType.F32);
        }
        for (TensorType type : TensorType.values()) {
            if (type != TensorType.F32) {
                write(folder.resolve("llama-" + type + ".gguf"), "llama", type);
            }
        }
        adapter(folder.resolve("llama.adapter.gguf"));
    }

    /// Writes the one of a name.
    public static Path write(Path path, String name, TensorType type) {
        try {
            new RandomModel(name, type).write(path);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes an adapter of rank 4 for the llama of 32-bit numbers.
    public static Path adapter(Path path) {
        var out = new GgufWriter();
        out.text("general.type", "adapter").text("general.architecture", "llama");
        out.text("adapter.type", "lora").real("adapter.lora.alpha", ALPHA);
        for (Low low : adapter()) {
            List<Long> first = List.of((long) low.columns, (long) RANK);
            out.tensor(low.name + ".lora_a", first, low.a);
            out.tensor(low.name + ".lora_b", List.of((long) RANK, (long) low.rows), low.b);
        }
        try {
            out.write(path);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the llama of 32-bit numbers with the adapter added to its weights.
    static Path merged(Path path) {
        var model = new RandomModel("llama", TensorType.F32);
        adapter().forEach(low -> model.changes.put(low.name, low));
        try {
            model.write(path);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // made once, compared never
    private record Low(String name, int columns, int rows, float[] a, float[] b) {
        /// `weights + alpha / rank · B A`.
        void addTo(float[] weights) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    double sum = 0;
                    for (int k = 0; k < RANK; k++) {
                        sum += b[row * RANK + k] * a[k * columns + column];
                    }
                    weights[row * columns + column] += (float) (sum * ALPHA / RANK);
                }
            }
        }
    }

    private static List<Low> adapter() {
        var random = new Random(77);
        var all = new ArrayList<Low>();
        for (int layer = 0; layer < 2; layer++) {
            all.add(low(random, "blk." + layer + ".attn_q.weight", 64, 64));
            all.add(low(random, "blk." + layer + ".ffn_down.weight", 128, 64));
        }
        all.add(low(random, "output.weight", 64, VOCABULARY));
        return all;
    }

    private static Low low(Random random, String name, int columns, int rows) {
        float[] a = numbers(random, columns * RANK, .1);
        return new Low(name, columns, rows, a, numbers(random, RANK * rows, .3));
    }

    private static float[] numbers(Random random, int count, double scale) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() * scale);
        }
        return numbers;
    }

    private void write(Path path) throws IOException {
        head();
        tokens();
        boolean gemma = family.startsWith("gemma");
        boolean tied = gemma || is("bare") || is("wide");
        matrix("token_embd.weight", width, VOCABULARY, tied ? gemma ? .06 : .2 : .5);
        // the fewer the embedding's own, the more of the layers' numbers are in the logits
        norm("output_norm.weight", width, tied ? gemma ? 6 : 2 : 1);
        if (!tied) {
            matrix("output.weight", width, VOCABULARY, .3);
        }
        if (family.equals("phi3")) {
            factors("rope_factors_long.weight");
            factors("rope_factors_short.weight");
        }
        if (family.equals("llama") && is("bare")) {
            factors("rope_freqs.weight");
        }
        for (int i = 0; i < layers; i++) {
            layer("blk." + i + ".", gemma);
        }
        out.write(path);
    }

    private void head() {
        String at = family + ".";
        out.text("general.architecture", family).text("general.name", "random weights");
        out.whole(at + "context_length", 512).whole(at + "embedding_length", width);
        out.whole(at + "block_count", layers).whole(at + "feed_forward_length", hidden);
        out.whole(at + "attention.head_count", HEADS);
        out.real(at + "attention.layer_norm_rms_epsilon", 1e-5);
        if (!is("bare")) {
            out.whole(at + "attention.head_count_kv", KEY_HEADS);
            out.whole(at + "attention.key_length", headSize);
            out.whole(at + "attention.value_length", headSize);
            out.whole(at + "rope.dimension_count", turned());
            out.real(at + "rope.freq_base", is("wide") ? 1_000_000 : 10_000);
        }
        if (family.startsWith("gemma")) {
            out.whole(at + "attention.sliding_window", WINDOW);
        }
        if (family.equals("gemma2")) {
            out.real(at + "attn_logit_softcapping", 50).real(at + "final_logit_softcapping", 30);
        }
        if (family.equals("phi3")) {
            out.whole(at + "rope.scaling.original_context_length", is("long") ? 128 : 256);
            out.real(at + "rope.scaling.attn_factor", 1.1);
        }
        if (family.equals("gemma3") || is("linear")) {
            out.text(at + "rope.scaling.type", "linear").real(at + "rope.scaling.factor", 8);
        }
        out.whole("general.file_type", 0);
    }

    /// Numbers of a head that are turned by its position.
    private int turned() {
        return is("long") ? headSize * 3 / 4 : headSize;
    }

    private int keyHeads() {
        return is("bare") ? HEADS : KEY_HEADS;
    }

    private void tokens() {
        var tokens = new ArrayList<String>();
        int spare = 0;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174;
            tokens.add(Character.toString(printable ? b : 256 + spare++));
        }
        tokens.addAll(List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>", "th"));
        int[] kinds = new int[tokens.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = i >= 256 && i < 259 ? 3 : 1;
        }
        out.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
        out.texts("tokenizer.ggml.tokens", tokens).wholes("tokenizer.ggml.token_type", kinds);
        out.texts("tokenizer.ggml.merges", List.of("t h"));
        out.whole("tokenizer.ggml.bos_token_id", 256).whole("tokenizer.ggml.eos_token_id", 258);
        out.flag("tokenizer.ggml.add_bos_token", false);
        out.text("tokenizer.chat_template", TEMPLATE);
    }

    private void layer(String at, boolean gemma) {
        int queries = HEADS * headSize;
        int keys = keyHeads() * headSize;
        norm(at + "attn_norm.weight", width);
        if (family.equals("phi3")) {
            matrix(at + "attn_qkv.weight", width, queries + 2 * keys, .15);
        } else {
            matrix(at + "attn_q.weight", width, queries, .15);
            matrix(at + "attn_k.weight", width, keys, .15);
            matrix(at + "attn_v.weight", width, keys, .15);
        }
        if (family.equals("qwen2") || is("biased")) {
            out.tensor(at + "attn_q.bias", List.of((long) queries), numbers(random, queries, .2));
            out.tensor(at + "attn_k.bias", List.of((long) keys), numbers(random, keys, .2));
            out.tensor(at + "attn_v.bias", List.of((long) keys), numbers(random, keys, .2));
        }
        if (family.equals("qwen3") || family.equals("gemma3")) {
            norm(at + "attn_q_norm.weight", headSize);
            norm(at + "attn_k_norm.weight", headSize);
        }
        matrix(at + "attn_output.weight", queries, width, .15);
        if (gemma) {
            norm(at + "post_attention_norm.weight", width);
            norm(at + "post_ffw_norm.weight", width);
        }
        norm(at + "ffn_norm.weight", width);
        if (family.equals("phi3")) {
            matrix(at + "ffn_up.weight", width, 2 * hidden, .15);
        } else {
            matrix(at + "ffn_gate.weight", width, hidden, .15);
            matrix(at + "ffn_up.weight", width, hidden, .15);
        }
        matrix(at + "ffn_down.weight", hidden, width, .15);
    }

    private void factors(String name) {
        float[] factors = new float[turned() / 2];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (name.contains("long") ? 2 : 1) + i * .05f;
        }
        out.tensor(name, List.of((long) factors.length), factors);
    }

    private void norm(String name, int size) {
        norm(name, size, 1);
    }

    private void norm(String name, int size, double mean) {
        float[] weights = numbers(random, size, .1);
        for (int i = 0; i < size; i++) {
            weights[i] += (float) mean;
        }
        out.tensor(name, List.of((long) size), weights);
    }

    private void matrix(String name, int columns, int rows, double scale) {
        List<Long> shape = List.of((long) columns, (long) rows);
        double own = scale * (width == 64 ? 1 : .5);
        int count = columns * rows;
        switch (type) {
            case F32 -> {
                float[] numbers = numbers(random, count, own);
                Low change = changes.get(name);
                if (change != null) {
                    change.addTo(numbers);
                }
                out.tensor(name, shape, numbers);
            }
            case F16, BF16 -> out.tensor(name, type, shape, halves(numbers(random, count, own)));
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K, Q6_K ->
                    out.tensor(name, type, shape, blocks(count, own));
        }
    }

    private byte[] halves(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(
                    type == TensorType.F16
                            ? Float.floatToFloat16(value)
                            : (short) (Float.floatToRawIntBits(value) >>> 16));
        }
        return bytes.array();
    }

    /// Random blocks whose scales make the numbers about as large as wanted.
    private byte[] blocks(int count, double scale) {
        byte[] bytes = new byte[(int) type.bytes(count)];
        random.nextBytes(bytes);
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = type.blockBytes();
        for (int at = 0; at < bytes.length; at += size) {
            double step = scale * (.5 + random.nextDouble());
            switch (type) {
                case Q8_0 -> half(all, at, step / 73);
                case Q4_0 -> half(all, at, step / 4.6);
                case Q5_0 -> half(all, at, step / 9.2);
                case Q4_1 -> {
                    half(all, at, step / 4.6);
                    half(all, at + 2, -step / 4.6 * 7.5);
                }
                case Q5_1 -> {
                    half(all, at, step / 9.2);
                    half(all, at + 2, -step / 9.2 * 15.5);
                }
                case Q4_K -> {
                    half(all, at, step / (36 * 4.6));
                    half(all, at + 2, step / (36 * 4.6) * 7.5);
                }
                case Q5_K -> {
                    half(all, at, step / (36 * 9.2));
                    half(all, at + 2, step / (36 * 9.2) * 15.5);
                }
                case Q6_K -> half(all, at + 208, step / (73 * 18.5));
                case F32, F16, BF16 -> throw new IllegalStateException("no blocks");
            }
        }
        return bytes;
    }

    private static void half(ByteBuffer to, int at, double value) {
        to.putShort(at, Float.floatToFloat16((float) value));
    }
}
