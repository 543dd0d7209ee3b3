package dev.tierwise.models;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model in the store.
///
/// @param name what it is called here
/// @param source where it came from, without anything secret
/// @param file the GGUF file, absolute
/// @param sha256 of the file, 64 hexadecimal digits
/// @param bytes the file's size
/// @param pulledAt when it was put here
/// @param licence the name of its licence; null where nobody says
/// @param facts what the file's head says
/// @param extras files beside it that the registry keeps apart, such as `template` and `params`
public record Stored(
        String name,
        String source,
        Path file,
        String sha256,
        long bytes,
        Instant pulledAt,
        @Nullable String licence,
        Facts facts,
        Map<String, Path> extras) {
    public Stored {
        extras = Map.copyOf(extras);
    }
}
