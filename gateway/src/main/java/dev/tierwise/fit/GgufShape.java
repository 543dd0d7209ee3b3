package dev.tierwise.fit;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.gguf.Metadata;
import dev.tierwise.fit.ModelShape.Attention;
import dev.tierwise.fit.ModelShape.Experts;
import dev.tierwise.fit.ModelShape.Matrices;
import dev.tierwise.fit.ModelShape.Published;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model's shape as the head of its GGUF file has it. The keys are those of ggml's `gguf.md`.
final class GgufShape {
    /// `general.file_type`, as ggml counts.
    private static final Map<Long, Quantisation> TYPES =
            Map.of(
                    1L, Quantisation.F16,
                    7L, Quantisation.Q8_0,
                    12L, Quantisation.Q3_K_M,
                    14L, Quantisation.Q4_K_S,
                    15L, Quantisation.Q4_K_M,
                    17L, Quantisation.Q5_K_M,
                    18L, Quantisation.Q6_K,
                    38L, Quantisation.MXFP4);

    /// Architectures whose layers all keep every position. Some name a window that llama.cpp does
    /// not use for them: then this is too much, never too little.
    private static final Set<String> FULL =
            Set.of(
                    "llama",
                    "mistral3",
                    "qwen2",
                    "qwen2moe",
                    "qwen3",
                    "qwen3moe",
                    "phi3",
                    "gemma",
                    "granite",
                    "smollm3",
                    "starcoder2",
                    "command-r",
                    "olmo2",
                    "stablelm");

    /// Architectures of which most layers keep a state of constant size.
    private static final Set<String> HYBRID = Set.of("qwen3next", "qwen35", "qwen35moe");

    private static final int FLOAT = 4;

    /// Of how many layers in a row all but the last keep a window only.
    private static final Map<String, Integer> PERIODS =
            Map.of("gemma2", 2, "gemma3", 6, "gpt-oss", 2);

    private final GgufFile file;
    private final Metadata metadata;
    private final String architecture;

    private GgufShape(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = metadata.text("general.architecture").orElse("");
    }

    /// The shape; nothing where the file's quantisation cannot be planned.
    ///
    /// @param name for people
    /// @param bytes of the whole file
    static Optional<ModelShape> of(GgufFile file, String name, long bytes) {
        long type = file.metadata().whole("general.file_type").orElse(-1);
        Quantisation usual = TYPES.get(type);
        return usual == null
                ? Optional.empty()
                : Optional.of(new GgufShape(file).shape(name, bytes, usual));
    }

    private ModelShape shape(String name, long bytes, Quantisation usual) {
        Integer layers = layers();
        Integer vocabulary = vocabulary();
        return new ModelShape(
                name,
                List.of(name),
                file.numbers(),
                null,
                count("context_length"),
                layers,
                vocabulary,
                matrices(layers, vocabulary),
                attention(layers),
                experts(),
                usual,
                new Published(bytes, bytes + " bytes", "the file itself"),
                "the head of its file");
    }

    /// Without those that only guess ahead.
    private @Nullable Integer layers() {
        Integer all = count("block_count");
        Integer ahead = count("nextn_predict_layers");
        return all == null || ahead == null || ahead >= all ? all : Integer.valueOf(all - ahead);
    }

    private @Nullable Integer vocabulary() {
        int tokens = metadata.texts("tokenizer.ggml.tokens").size();
        return tokens > 0 ? Integer.valueOf(tokens) : count("vocab_size");
    }

    private @Nullable Matrices matrices(@Nullable Integer layers, @Nullable Integer vocabulary) {
        Integer hidden = count("embedding_length");
        Integer heads = count("attention.head_count");
        Integer shared = count("attention.head_count_kv");
        Integer size = headSize();
        Integer expert = count("expert_feed_forward_length");
        Integer wide = expert == null ? count("feed_forward_length") : expert;
        if (layers == null || vocabulary == null || hidden == null || heads == null) {
            return null;
        }
        if (HYBRID.contains(architecture)) {
            return null; // its layers are not alike
        }
        return shared == null || size == null || wide == null
                ? null
                : new Matrices(
                        layers,
                        hidden,
                        heads,
                        shared,
                        size,
                        wide,
                        vocabulary,
                        !file.has("output.weight"),
                        file.has("blk.0.attn_qkv.weight"));
    }

    private @Nullable Attention attention(@Nullable Integer layers) {
        Integer heads = count("attention.head_count_kv");
        Integer size = headSize();
        Integer period = PERIODS.get(architecture);
        Integer window = count("attention.sliding_window");
        if (layers == null || heads == null || size == null) {
            return null;
        }
        if (period != null && window != null) {
            int full = layers / period;
            return new Attention(full, layers - full, window, 0, null, heads, size);
        }
        if (HYBRID.contains(architecture)) {
            return hybrid(layers, heads, size);
        }
        return FULL.contains(architecture)
                ? new Attention(layers, 0, 0, 0, null, heads, size)
                : null;
    }

    /// A recurrent layer keeps, in F32, a matrix for each value head and the past steps of its
    /// convolution over keys, queries and values (`n_embd_s` and `n_embd_r` of llama.cpp).
    private @Nullable Attention hybrid(int layers, int heads, int size) {
        Integer told = count("full_attention_interval");
        int interval = told == null || told == 0 ? 4 : told;
        Integer kernel = count("ssm.conv_kernel");
        Integer state = count("ssm.state_size");
        Integer inner = count("ssm.inner_size");
        Integer groups = count("ssm.group_count");
        if (kernel == null || state == null || inner == null || groups == null || kernel < 1) {
            return null;
        }
        int full = layers / interval;
        int recurrent = layers - full;
        long each = (long) state * inner + (kernel - 1L) * (inner + 2L * groups * state);
        long bytes = (long) FLOAT * recurrent * each;
        return new Attention(full, 0, 0, recurrent, bytes, heads, size);
    }

    private @Nullable Integer headSize() {
        Integer told = count("attention.key_length");
        Integer hidden = count("embedding_length");
        Integer heads = count("attention.head_count");
        if (told != null || hidden == null || heads == null || heads == 0) {
            return told;
        }
        return hidden / heads;
    }

    private @Nullable Experts experts() {
        Integer all = count("expert_count");
        Integer asked = count("expert_used_count");
        return all == null || asked == null || all == 0 || asked == 0 || asked > all
                ? null
                : new Experts(all, asked);
    }

    /// A number of the architecture; null where it is not there, or no single number.
    private @Nullable Integer count(String key) {
        OptionalLong value = metadata.whole(architecture + "." + key);
        boolean fits = value.isPresent() && value.getAsLong() >= 0 && value.getAsLong() < 1 << 30;
        return fits ? Integer.valueOf((int) value.getAsLong()) : null;
    }
}
