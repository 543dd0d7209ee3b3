package dev.tierwise.audit;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a signed statement says is dropped, and that a kill may have left behind.
final class Leftovers {
    private Leftovers() {}

    /// Deletes the segments and the checkpoints that the last statement drops, if a key of the
    /// trail has signed it.
    static void finish(Segments segments) throws IOException {
        Statement statement = segments.statement();
        PublicKeys keys = PublicKeys.of(segments.folder(), null);
        Seal seal = statement == null ? null : Seal.read(statement.line());
        if (statement == null || keys == null || seal == null || !keys.holds(Seal.PRUNED, seal)) {
            return;
        }
        for (int number : segments.numbers()) {
            if (number <= statement.segment()) {
                Files.deleteIfExists(segments.segment(number));
            }
        }
        checkpoints(segments.checkpoints(), statement);
    }

    /// The last checkpoint of a file that covers nothing after record `through`; null when there is
    /// none.
    static @Nullable Checkpoint last(Path file, long through) throws IOException {
        Checkpoint found = null;
        try (var reader = new LineReader(file)) {
            while (reader.next()) {
                Checkpoint read = Checkpoint.read(text(reader));
                if (read != null && read.sequence() <= through) {
                    found = read;
                }
            }
        }
        return found;
    }

    private static void checkpoints(Path file, Statement statement) throws IOException {
        if (last(file, statement.through().sequence()) == null) {
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (var reader = new LineReader(file);
                var out = Channels.newOutputStream(Private.open(next))) {
            while (reader.next()) {
                Checkpoint read = Checkpoint.read(text(reader));
                if (read == null || read.sequence() > statement.through().sequence()) {
                    out.write(reader.buffer(), reader.from(), reader.end() - reader.from() + 1);
                }
            }
        }
        Private.put(next, file);
    }

    private static String text(LineReader reader) {
        return new String(
                reader.buffer(),
                reader.from(),
                reader.end() - reader.from(),
                StandardCharsets.ISO_8859_1);
    }
}
