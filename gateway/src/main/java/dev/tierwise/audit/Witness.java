package dev.tierwise.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The newest checkpoint, also outside the folder of its trail.
final class Witness {
    private static final int ENOUGH = 4_096;

    private Witness() {}

    static void write(Path file, Checkpoint newest) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Private.folder(folder);
        }
        Private.replace(file, newest.line() + "\n");
    }

    /// The last whole checkpoint in a file; null when there is none.
    static @Nullable Checkpoint newest(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (var from = new RandomAccessFile(file.toFile(), "r")) {
            long length = from.length();
            var bytes = new byte[(int) Math.min(length, ENOUGH)];
            from.seek(length - bytes.length);
            from.readFully(bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('\n');
            int begin = end < 0 ? -1 : text.lastIndexOf('\n', end - 1);
            return end < 0 ? null : Checkpoint.read(text.substring(begin + 1, end));
        }
    }
}
