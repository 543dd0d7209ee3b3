package dev.tierwise.fakes.model;

import dev.tierwise.engine.gguf.GgufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A language model of the Llama family with random weights, some 700 KiB: what it says is noise,
/// but the same noise each time. It knows every byte, and [#ENDS] end its answer. Immutable.
///
/// @param seed what its weights are made from
/// @param context tokens that it says it was trained for
/// @param template its chat template
public record TinyModel(long seed, int context, String template) {
    /// The tokens that end an answer: a request that forbids them by `logit_bias` goes on until it
    /// has as many tokens as it may have.
    public static final List<Integer> ENDS = List.of(256, 258);

    /// The names of special tokens; each of [#ENDS] is one.
    private static final List<String> SPECIAL =
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    private static final String CHATML =
            "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
                    + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    private static final int BYTES = 256;
    private static final int VOCABULARY = BYTES + SPECIAL.size();
    private static final int WIDTH = 64;
    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int HEAD = WIDTH / HEADS;
    private static final int HIDDEN = 128;
    private static final int LAYERS = 2;

    /// The usual one: ChatML, and as much context as no test fills.
    public static TinyModel usual() {
        return new TinyModel(20261123, 32_768, CHATML);
    }

    /// The same with another chat template.
    public TinyModel withTemplate(String other) {
        return new TinyModel(seed, context, other);
    }

    /// The same with other weights.
    public TinyModel withSeed(long other) {
        return new TinyModel(other, context, template);
    }

    /// Writes it.
    ///
    /// @return `file`
    public Path write(Path file) {
        var out = new GgufWriter();
        head(out);
        tokens(out);
        weights(out, new Random(seed));
        try {
            out.write(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head(GgufWriter out) {
        out.text("general.architecture", "llama").text("general.name", "tiny random weights");
        out.whole("llama.context_length", context).whole("llama.embedding_length", WIDTH);
        out.whole("llama.block_count", LAYERS).whole("llama.feed_forward_length", HIDDEN);
        out.whole("llama.attention.head_count", HEADS);
        out.whole("llama.attention.head_count_kv", KEY_HEADS);
        out.real("llama.attention.layer_norm_rms_epsilon", 1e-5);
        out.whole("llama.rope.dimension_count", HEAD).whole("general.file_type", 0);
    }

    private void tokens(GgufWriter out) {
        var tokens = new ArrayList<String>();
        int spare = 0;
        for (int b = 0; b < BYTES; b++) {
            // the characters that GPT-2 writes for bytes: themselves where they can be seen
            boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
            tokens.add(Character.toString(printable ? b : BYTES + spare++));
        }
        tokens.addAll(SPECIAL);
        int[] kinds = new int[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            kinds[i] = i < BYTES ? 1 : 3;
        }
        out.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
        out.texts("tokenizer.ggml.tokens", tokens).wholes("tokenizer.ggml.token_type", kinds);
        out.texts("tokenizer.ggml.merges", List.of());
        out.whole("tokenizer.ggml.bos_token_id", 256).whole("tokenizer.ggml.eos_token_id", 258);
        out.flag("tokenizer.ggml.add_bos_token", false);
        out.text("tokenizer.chat_template", template);
    }

    private static void weights(GgufWriter out, Random random) {
        matrix(out, random, "token_embd.weight", WIDTH, VOCABULARY, .5);
        norm(out, random, "output_norm.weight");
        matrix(out, random, "output.weight", WIDTH, VOCABULARY, .3);
        for (int i = 0; i < LAYERS; i++) {
            String at = "blk." + i + ".";
            norm(out, random, at + "attn_norm.weight");
            matrix(out, random, at + "attn_q.weight", WIDTH, WIDTH, .15);
            matrix(out, random, at + "attn_k.weight", WIDTH, KEY_HEADS * HEAD, .15);
            matrix(out, random, at + "attn_v.weight", WIDTH, KEY_HEADS * HEAD, .15);
            matrix(out, random, at + "attn_output.weight", WIDTH, WIDTH, .15);
            norm(out, random, at + "ffn_norm.weight");
            matrix(out, random, at + "ffn_gate.weight", WIDTH, HIDDEN, .15);
            matrix(out, random, at + "ffn_up.weight", WIDTH, HIDDEN, .15);
            matrix(out, random, at + "ffn_down.weight", HIDDEN, WIDTH, .15);
        }
    }

    private static void norm(GgufWriter out, Random random, String name) {
        float[] weights = numbers(random, WIDTH, .1);
        for (int i = 0; i < WIDTH; i++) {
            weights[i] += 1;
        }
        out.tensor(name, List.of((long) WIDTH), weights);
    }

    private static void matrix(
            GgufWriter out, Random random, String name, int columns, int rows, double scale) {
        float[] weights = numbers(random, columns * rows, scale);
        out.tensor(name, List.of((long) columns, (long) rows), weights);
    }

    private static float[] numbers(Random random, int count, double scale) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() * scale);
        }
        return numbers;
    }
}
