package dev.tierwise.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is known of a download that has not ended, kept beside its bytes so that a later process
/// can go on with it.
///
/// @param name the model
/// @param key tells one version of the file from another: its digest, or its address
/// @param total bytes of the whole file; -1 while unknown
/// @param validator for `If-Range`; null when `key` is a digest or the server gave none
record Part(String name, String key, long total, @Nullable String validator) {
    private static final String FILE = "part.json";

    static Path bytes(Path folder) {
        return folder.resolve("model.gguf.part");
    }

    void write(Path folder) throws IOException {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("name", name);
        root.put("key", key);
        root.put("total", total);
        root.put("validator", validator);
        Path next = folder.resolve(FILE + ".next");
        Files.writeString(next, Json.MAPPER.writeValueAsString(root));
        Manifest.settle(next, folder.resolve(FILE));
    }

    /// The download that a folder holds unfinished.
    static Optional<Part> read(Path folder) {
        try {
            return Json.object(Files.readString(folder.resolve(FILE), StandardCharsets.UTF_8))
                    .map(root ->
                            new Part(
                                    root.path("name").asString(""),
                                    root.path("key").asString(""),
                                    root.path("total").asLong(-1),
                                    root.path("validator").isString()
                                            ? root.path("validator").stringValue()
                                            : null))
                    .filter(part -> !part.name.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Forgets it; the bytes go unless they have got another name.
    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
        Files.deleteIfExists(bytes(folder));
    }
}
