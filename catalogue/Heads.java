import dev.tierwise.engine.gguf.GgufWriter;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.ModelShape.Attention;
import dev.tierwise.fit.ModelShape.Experts;
import dev.tierwise.fit.ModelShape.Matrices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The keys and tensors that llama.cpp expects of a model, by its shape: names and sizes are those
/// of llama.cpp's `src/models`. Matrices are in F16; a quantiser says what becomes of them.
final class Heads {
    /// What the list of shapes does not have of a hybrid: transformers' Qwen3_5TextConfig.
    record Hybrid(int heads, int feedForward, int keyHeads, int valueHeads, int head, int kernel) {}

    private static final Map<String, Hybrid> HYBRIDS =
            Map.of("qwen3.5-9b", new Hybrid(16, 12_288, 16, 32, 128, 4));

    private static final Map<String, String> FAMILIES =
            Map.of(
                    "smollm2", "llama",
                    "llama", "llama",
                    "mistral-7b", "llama",
                    "qwen2.5", "qwen2",
                    "qwen3-", "qwen3",
                    "gemma-2", "gemma2",
                    "gemma-3-", "gemma3",
                    "phi-4-14b", "phi3",
                    "smollm3", "smollm3",
                    "gpt-oss", "gpt-oss");

    private final ModelShape model;
    private final Matrices sizes;
    private final String family;
    private final List<Part> parts = new ArrayList<>();

    private Heads(ModelShape model, Matrices sizes, String family) {
        this.model = model;
        this.sizes = sizes;
        this.family = family;
    }

    /// The head of a model; nothing where its family or a size is not known.
    static Optional<Heads> of(ModelShape model) {
        Hybrid hybrid = HYBRIDS.get(model.id());
        Attention attention = model.attention();
        if (hybrid != null && attention != null) {
            Matrices sizes =
                    new Matrices(
                            Objects.requireNonNull(model.layers()),
                            4096,
                            hybrid.heads,
                            attention.keyValueHeads(),
                            attention.headSize(),
                            hybrid.feedForward,
                            Objects.requireNonNull(model.vocabulary()),
                            false,
                            false);
            return Optional.of(new Heads(model, sizes, "qwen35").filled());
        }
        Matrices sizes = model.matrices();
        return FAMILIES.entrySet().stream()
                .filter(it -> sizes != null && model.id().startsWith(it.getKey()))
                .max(Map.Entry.comparingByKey(Comparator.comparingInt(String::length)))
                .map(it -> model.experts() != null && it.getValue().equals("qwen3")
                        ? "qwen3moe"
                        : it.getValue())
                .map(it -> new Heads(model, Objects.requireNonNull(sizes), it).filled());
    }

    /// All tensors, matrices in F16.
    List<Part> parts() {
        return parts;
    }

    /// A file of these tensors in other types.
    /// Its weights are a hole: the size is right, and no room is taken.
    GgufWriter file(int type, List<Part> tensors) {
        var file = new GgufWriter();
        file.text("general.architecture", family).text("general.name", model.id());
        file.whole("general.file_type", type).text("tokenizer.ggml.model", "none");
        Integer context = model.context();
        file.whole(family + ".context_length", context == null ? 4096 : context);
        file.whole(family + ".embedding_length", sizes.hidden());
        file.whole(family + ".block_count", sizes.layers());
        file.whole(family + ".feed_forward_length", sizes.feedForward());
        file.whole(family + ".attention.head_count", sizes.heads());
        file.whole(family + ".attention.head_count_kv", sizes.keyValueHeads());
        file.whole(family + ".attention.key_length", sizes.headSize());
        file.whole(family + ".attention.value_length", sizes.headSize());
        file.real(family + ".attention.layer_norm_rms_epsilon", 1e-6);
        file.whole(family + ".vocab_size", sizes.vocabulary());
        Hybrid hybrid = HYBRIDS.get(model.id());
        file.whole(
                family + ".rope.dimension_count",
                hybrid == null ? sizes.headSize() : sizes.headSize() / 4);
        Experts experts = model.experts();
        if (experts != null) {
            file.whole(family + ".expert_count", experts.count());
            file.whole(family + ".expert_used_count", experts.active());
            file.whole(family + ".expert_feed_forward_length", sizes.feedForward());
        }
        Attention attention = model.attention();
        if (attention != null && attention.window() > 0) {
            file.whole(family + ".attention.sliding_window", attention.window());
        }
        if (hybrid != null) {
            file.wholes(family + ".rope.dimension_sections", new int[] {11, 11, 10, 0});
            file.whole(family + ".ssm.conv_kernel", hybrid.kernel);
            file.whole(family + ".ssm.state_size", hybrid.head);
            file.whole(family + ".ssm.group_count", hybrid.keyHeads);
            file.whole(family + ".ssm.time_step_rank", hybrid.valueHeads);
            file.whole(family + ".ssm.inner_size", hybrid.valueHeads * hybrid.head);
            file.whole(family + ".full_attention_interval", 4);
        }
        tensors.forEach(it -> file.hole(it.name(), it.type().code, it.shape(), it.size()));
        return file;
    }

    private Heads filled() {
        long hidden = sizes.hidden();
        matrix("token_embd.weight", hidden, sizes.vocabulary());
        vector("output_norm.weight", hidden);
        if (!sizes.tied()) {
            matrix("output.weight", hidden, sizes.vocabulary());
        }
        if (model.id().startsWith("llama-3")) {
            vector("rope_freqs.weight", sizes.headSize() / 2);
        }
        Hybrid hybrid = HYBRIDS.get(model.id());
        for (int layer = 0; layer < sizes.layers(); layer++) {
            String at = "blk." + layer + ".";
            if (hybrid != null && (layer + 1) % 4 != 0) {
                linear(at, hybrid);
            } else {
                attention(at);
            }
            feedForward(at);
        }
        return this;
    }

    private void attention(String at) {
        long hidden = sizes.hidden();
        long queries = (long) sizes.heads() * sizes.headSize();
        long keys = (long) sizes.keyValueHeads() * sizes.headSize();
        vector(at + "attn_norm.weight", hidden);
        if (sizes.fused()) {
            matrix(at + "attn_qkv.weight", hidden, queries + 2 * keys);
        } else {
            matrix(at + "attn_q.weight", hidden, family.equals("qwen35") ? 2 * queries : queries);
            matrix(at + "attn_k.weight", hidden, keys);
            matrix(at + "attn_v.weight", hidden, keys);
        }
        matrix(at + "attn_output.weight", queries, hidden);
        switch (family) {
            case "qwen3", "qwen3moe", "gemma3", "qwen35" -> {
                vector(at + "attn_q_norm.weight", sizes.headSize());
                vector(at + "attn_k_norm.weight", sizes.headSize());
            }
            case "qwen2", "gpt-oss" -> {
                vector(at + "attn_q.bias", queries);
                vector(at + "attn_k.bias", keys);
                vector(at + "attn_v.bias", keys);
            }
            default -> {}
        }
        if (family.equals("gpt-oss")) {
            vector(at + "attn_output.bias", hidden);
            vector(at + "attn_sinks.weight", sizes.heads());
        }
    }

    private void linear(String at, Hybrid hybrid) {
        long hidden = sizes.hidden();
        long keys = (long) hybrid.keyHeads * hybrid.head;
        long values = (long) hybrid.valueHeads * hybrid.head;
        vector(at + "attn_norm.weight", hidden);
        matrix(at + "attn_qkv.weight", hidden, 2 * keys + values);
        matrix(at + "attn_gate.weight", hidden, values);
        parts.add(
                new Part(
                        at + "ssm_conv1d.weight",
                        Part.Type.F32,
                        List.of((long) hybrid.kernel, 2 * keys + values)));
        vector(at + "ssm_dt.bias", hybrid.valueHeads);
        vector(at + "ssm_a", hybrid.valueHeads);
        matrix(at + "ssm_beta.weight", hidden, hybrid.valueHeads);
        matrix(at + "ssm_alpha.weight", hidden, hybrid.valueHeads);
        vector(at + "ssm_norm.weight", hybrid.head);
        matrix(at + "ssm_out.weight", values, hidden);
    }

    private void feedForward(String at) {
        long hidden = sizes.hidden();
        long wide = sizes.feedForward();
        switch (family) {
            case "gemma2", "gemma3" -> {
                vector(at + "post_attention_norm.weight", hidden);
                vector(at + "post_ffw_norm.weight", hidden);
                vector(at + "ffn_norm.weight", hidden);
            }
            case "gpt-oss", "qwen35" -> vector(at + "post_attention_norm.weight", hidden);
            default -> vector(at + "ffn_norm.weight", hidden);
        }
        Experts experts = model.experts();
        if (experts != null) {
            experts(at, experts.count());
        } else if (sizes.fused()) {
            matrix(at + "ffn_up.weight", hidden, 2 * wide);
            matrix(at + "ffn_down.weight", wide, hidden);
        } else {
            matrix(at + "ffn_gate.weight", hidden, wide);
            matrix(at + "ffn_up.weight", hidden, wide);
            matrix(at + "ffn_down.weight", wide, hidden);
        }
    }

    private void experts(String at, long count) {
        long hidden = sizes.hidden();
        long wide = sizes.feedForward();
        parts.add(
                new Part(
                        at + "ffn_gate_inp.weight", Part.Type.F32, List.of(hidden, count)));
        cube(at + "ffn_gate_exps.weight", hidden, wide, count);
        cube(at + "ffn_up_exps.weight", hidden, wide, count);
        cube(at + "ffn_down_exps.weight", wide, hidden, count);
        if (family.equals("gpt-oss")) {
            vector(at + "ffn_gate_inp.bias", count);
            biases(at + "ffn_gate_exps.bias", wide, count);
            biases(at + "ffn_up_exps.bias", wide, count);
            biases(at + "ffn_down_exps.bias", hidden, count);
        }
    }

    private void vector(String name, long size) {
        parts.add(new Part(name, Part.Type.F32, List.of(size)));
    }

    private void biases(String name, long size, long count) {
        parts.add(new Part(name, Part.Type.F32, List.of(size, count)));
    }

    private void matrix(String name, long columns, long rows) {
        parts.add(new Part(name, Part.Type.F16, List.of(columns, rows)));
    }

    private void cube(String name, long columns, long rows, long count) {
        parts.add(new Part(name, Part.Type.F16, List.of(columns, rows, count)));
    }
}
