package dev.tierwise.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Finds the first checkpoint of a run whose signature does not hold, once it is known that one
/// does not.
final class Forged {
    private Forged() {}

    /// The line of the first checkpoint in `run` that its key has not signed.
    static long first(Path file, CheckpointReader.Run run, PublicKeys keys) throws IOException {
        try (var reader = new LineReader(file)) {
            for (long line = 1; line < run.line() && reader.next(); line++) {
                if (line >= run.first()) {
                    var text =
                            new String(
                                    reader.buffer(),
                                    reader.from(),
                                    reader.end() - reader.from(),
                                    StandardCharsets.ISO_8859_1);
                    Seal seal = Seal.read(text);
                    if (seal == null || !keys.holds(Seal.CHECKPOINT, seal)) {
                        return line;
                    }
                }
            }
        }
        return run.line();
    }
}
