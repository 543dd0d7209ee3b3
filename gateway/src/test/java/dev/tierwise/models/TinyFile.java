package dev.tierwise.models;

import dev.tierwise.engine.gguf.GgufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// GGUF files made by tests.
final class TinyFile {
    private TinyFile() {}

    /// A file with a head and one tensor of about so many bytes; equal for equal arguments.
    static byte[] of(int bytes, long seed) {
        var random = new Random(seed);
        float[] values = new float[bytes / 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        try {
            Path file = Files.createTempFile("tiny", ".gguf");
            new GgufWriter()
                    .text("general.architecture", "llama")
                    .text("general.license", "mit")
                    .whole("general.file_type", 15)
                    .whole("llama.context_length", 2048)
                    .tensor("token_embd.weight", List.of((long) values.length), values)
                    .write(file);
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
