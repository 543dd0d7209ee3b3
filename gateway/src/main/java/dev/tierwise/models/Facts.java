package dev.tierwise.models;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.gguf.Metadata;
import dev.tierwise.engine.gguf.Tensor;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the head of a model's file says of it.
///
/// @param architecture such as `llama`; null where the head cannot be read
/// @param quantisation such as `Q4_K_M`; null where it is not said
/// @param parameters numbers in all tensors; 0 where unknown
/// @param context tokens that it was trained for; 0 where unknown
/// @param trouble why the built-in engine cannot use the file; null when it can read it
public record Facts(
        @Nullable String architecture,
        @Nullable String quantisation,
        long parameters,
        long context,
        @Nullable String trouble) {
    /// `general.file_type`, as ggml counts.
    private static final Map<Long, String> TYPES =
            Map.ofEntries(
                    Map.entry(0L, "F32"),
                    Map.entry(1L, "F16"),
                    Map.entry(2L, "Q4_0"),
                    Map.entry(3L, "Q4_1"),
                    Map.entry(7L, "Q8_0"),
                    Map.entry(8L, "Q5_0"),
                    Map.entry(9L, "Q5_1"),
                    Map.entry(10L, "Q2_K"),
                    Map.entry(11L, "Q3_K_S"),
                    Map.entry(12L, "Q3_K_M"),
                    Map.entry(13L, "Q3_K_L"),
                    Map.entry(14L, "Q4_K_S"),
                    Map.entry(15L, "Q4_K_M"),
                    Map.entry(16L, "Q5_K_S"),
                    Map.entry(17L, "Q5_K_M"),
                    Map.entry(18L, "Q6_K"),
                    Map.entry(32L, "BF16"));

    /// A head that was read, with the licence that it names.
    ///
    /// @param facts what it says
    /// @param licence null where it names none
    record Head(Facts facts, @Nullable String licence) {}

    /// Reads the head of a file.
    static Head of(Path file) {
        return switch (GgufFile.open(file)) {
            case GgufFile.Opening.Open(GgufFile open) -> {
                try (open) {
                    yield of(open);
                }
            }
            case GgufFile.Opening.Refused(String message, long _) -> {
                // the file will have another name by the time this is read
                String why = message.replace(file.toString(), "the file");
                yield new Head(new Facts(null, null, 0, 0, why), null);
            }
        };
    }

    private static Head of(GgufFile file) {
        Metadata metadata = file.metadata();
        String architecture = clean(metadata.text("general.architecture").orElse(""));
        long parameters = 0;
        for (Tensor tensor : file.tensors()) {
            long elements = 1;
            for (long side : tensor.shape()) {
                elements *= side; // the reader has made sure that all of it lies within the file
            }
            parameters += elements;
        }
        long type = metadata.whole("general.file_type").orElse(-1);
        long context = metadata.whole(architecture + ".context_length").orElse(0);
        return new Head(
                new Facts(architecture, TYPES.get(type), parameters, Math.max(0, context), null),
                clean(metadata.text("general.license").orElse("")));
    }

    private static @Nullable String clean(String text) {
        String clean = text.replaceAll("[^!-~]", " ").strip();
        return clean.isEmpty() ? null : clean.substring(0, Math.min(100, clean.length()));
    }
}
