package dev.tierwise.engine.model;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.gguf.Metadata;
import dev.tierwise.engine.gguf.Tensor;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reads a model's shape from its file and holds each size to sane bounds.
final class ShapeReader {
    private static final int MOST = 1 << 20;

    private final GgufFile file;
    private final Metadata metadata;
    private final String prefix;

    private ShapeReader(GgufFile file, Family family) {
        this.file = file;
        this.metadata = file.metadata();
        this.prefix = family.word() + ".";
    }

    /// Ends the reading of a file that holds no model that can be run; never leaves this package.
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String message) {
            super(message, null, false, false);
        }
    }

    static Shape read(GgufFile file) {
        String word =
                file.metadata()
                        .text("general.architecture")
                        .orElseThrow(() -> new Unfit("it names no `general.architecture`"));
        Family family =
                Family.of(word)
                        .orElseThrow(() ->
                                new Unfit(
                                        "its architecture is `"
                                                + word
                                                + "`; the engine runs "
                                                + Family.words()));
        return new ShapeReader(file, family).shape(family);
    }

    private Shape shape(Family family) {
        int width = size("embedding_length");
        int heads = size("attention.head_count");
        int headSize = size("attention.key_length", width / Math.max(1, heads));
        if (size("attention.value_length", headSize) != headSize) {
            throw new Unfit("its keys and values are of different sizes");
        }
        if (metadata.whole(prefix + "expert_count").orElse(0) > 0) {
            throw new Unfit("it is a mixture of experts; the engine runs dense models");
        }
        int keyHeads = size("attention.head_count_kv", heads);
        if (heads % keyHeads != 0 || headSize % 2 != 0) {
            throw new Unfit(heads + " heads cannot share " + keyHeads + " of " + headSize);
        }
        Tensor embedding =
                file.tensor("token_embd.weight")
                        .orElseThrow(() -> new Unfit("it has no `token_embd.weight`"));
        if (embedding.columns() != width) {
            throw new Unfit("its embeddings are " + embedding.columns() + " wide, not " + width);
        }
        return new Shape(
                family,
                size("block_count"),
                width,
                heads,
                keyHeads,
                headSize,
                size("feed_forward_length"),
                size("context_length"),
                embedding.rows(),
                (float) real("attention.layer_norm_rms_epsilon", 1e-5),
                family.gemma() ? size("attention.sliding_window", 4096) : 0,
                rotation(family, headSize),
                family == Family.GEMMA2 ? (float) real("attn_logit_softcapping", 50) : 0,
                family == Family.GEMMA2 ? (float) real("final_logit_softcapping", 30) : 0);
    }

    private Shape.Rotation rotation(Family family, int headSize) {
        int size = size("rope.dimension_count", headSize);
        if (size > headSize || size % 2 != 0) {
            throw new Unfit("it turns " + size + " numbers of heads of " + headSize);
        }
        String scaling = metadata.text(prefix + "rope.scaling.type").orElse("none");
        double stretch =
                switch (scaling) {
                    case "none", "longrope" -> 1;
                    case "linear" -> real("rope.scaling.factor", 1);
                    default ->
                            throw new Unfit(
                                    "its positions are stretched by `"
                                            + scaling
                                            + "`; the engine knows linear and longrope");
                };
        if (!(stretch >= 1)) {
            throw new Unfit("its positions are stretched by " + stretch);
        }
        return new Shape.Rotation(
                size,
                real("rope.freq_base", 10_000),
                family == Family.GEMMA3 ? 10_000 : real("rope.freq_base", 10_000),
                stretch,
                (float) real("rope.scaling.attn_factor", 1),
                size("rope.scaling.original_context_length", size("context_length")));
    }

    private int size(String key) {
        int size = size(key, -1);
        if (size < 0) {
            throw new Unfit("it does not say its `" + prefix + key + "`");
        }
        return size;
    }

    private int size(String key, int usual) {
        OptionalLong found = metadata.whole(prefix + key);
        if (found.isEmpty()) {
            return usual;
        }
        // contexts of some models are larger than any other size
        if (found.getAsLong() < 1 || found.getAsLong() > MOST * 16L) {
            throw new Unfit("its `" + prefix + key + "` is " + found.getAsLong());
        }
        return (int) found.getAsLong();
    }

    private double real(String key, double usual) {
        OptionalDouble found = metadata.real(prefix + key);
        return found.orElse(usual);
    }
}
