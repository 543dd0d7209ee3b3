package dev.tierwise.call.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a child says while it starts, in a file of bounded size with one predecessor. Once the
/// child answers requests its lines are only counted. Thread-safe; trouble with the disk is borne.
final class ChildLog {
    private static final long MOST_BYTES = 256 << 10;
    private static final int MOST_LINE = 500;

    private final Path file;
    private boolean silent;
    private long left;
    private @Nullable String complaint;

    ChildLog(Path file) {
        this.file = file;
    }

    /// A new child begins.
    synchronized void begin(String what) {
        silent = false;
        left = 0;
        complaint = null;
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            if (Files.exists(file) && Files.size(file) > MOST_BYTES / 2) {
                Path old = file.resolveSibling(file.getFileName() + ".1");
                Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException _) {
            // a log that cannot be written must not keep a model from running
        }
        write(Instant.now() + " " + what);
    }

    /// A line of the child.
    synchronized void line(String text) {
        if (silent) {
            left++;
            return;
        }
        String plain = text.length() > MOST_LINE ? text.substring(0, MOST_LINE) + "…" : text;
        if (plain.matches("(?i).*(error|fail|cannot|couldn't|unknown|invalid).*")) {
            complaint = plain.strip();
        }
        write(plain);
    }

    /// From here on nothing is kept.
    synchronized void fallSilent() {
        write(Instant.now() + " it answers; lines from here on may quote prompts and are not kept");
        silent = true;
    }

    /// The child has ended.
    synchronized void end(int status) {
        write(Instant.now() + " it ended with " + status + "; " + left + " lines were not kept");
    }

    /// The last line before it answered that tells of a fault; null when there was none.
    synchronized @Nullable String complaint() {
        return complaint;
    }

    private void write(String line) {
        try {
            if (Files.exists(file) && Files.size(file) + line.length() > MOST_BYTES) {
                return;
            }
            try (Writer out =
                    Files.newBufferedWriter(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(line.replaceAll("\\p{Cntrl}", " ") + "\n");
            }
        } catch (IOException _) {
            // see begin
        }
    }
}
