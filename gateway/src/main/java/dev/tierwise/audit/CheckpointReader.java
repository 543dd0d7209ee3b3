package dev.tierwise.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The checkpoints of a trail in order, each held to the one before it; those that there were when
/// reading began.
final class CheckpointReader implements AutoCloseable {
    static final String FILE = "checkpoints.jsonl";
    private static final int MOST_RUNS = 1_000;

    /// Checkpoints one after the other that one key has signed.
    ///
    /// @param first the line of the first
    /// @param last the last of them; its signature holds those before
    /// @param line the line of the last
    record Run(long first, Checkpoint last, long line) {}

    private final @Nullable LineReader reader;
    private final long pruned;
    private final Consumer<Verification.Fault> faults;
    private final List<Run> runs = new ArrayList<>();
    private String previous;
    private long covered;
    private long line;
    private long count;
    private @Nullable Checkpoint current;
    private boolean ended;

    /// @param statement from where on checkpoints are kept; null for all
    CheckpointReader(Path file, @Nullable Statement statement, Consumer<Verification.Fault> faults)
            throws IOException {
        this.reader = Files.exists(file) ? new LineReader(file, Files.size(file)) : null;
        this.pruned = statement == null ? -1 : statement.through().sequence();
        Checkpoint.Position before =
                statement == null ? Checkpoint.Position.START : statement.checkpoint();
        this.covered = before.sequence();
        this.previous = before.hash();
        this.faults = faults;
        if (reader == null) {
            fault(0, "is missing: without it nothing shows that no record was cut off");
        }
        next();
    }

    /// The checkpoint to hold the chain to next; null when there are no more.
    @Nullable Checkpoint current() {
        return current;
    }

    /// The line of [#current], or of the last.
    long line() {
        return line;
    }

    long count() {
        return count;
    }

    List<Run> runs() {
        return runs;
    }

    /// The bytes of an unfinished line at the end.
    int unfinished() {
        return reader == null ? 0 : reader.unfinished();
    }

    void next() throws IOException {
        current = null;
        while (current == null && !ended && reader != null) {
            if (!reader.next()) {
                ended = true;
                return;
            }
            line++;
            var text =
                    new String(
                            reader.buffer(),
                            reader.from(),
                            reader.end() - reader.from(),
                            StandardCharsets.ISO_8859_1);
            Checkpoint read = Checkpoint.read(text);
            if (read == null) {
                fault(line, "is not a checkpoint: it was changed or put in");
                ended = true;
            } else if (read.sequence() > pruned) {
                take(read);
            }
        }
    }

    private void take(Checkpoint read) {
        if (!read.previous().equals(previous)) {
            fault(
                    line,
                    "does not follow from the checkpoint before it: one was changed, removed, moved"
                            + " or put in");
        } else if (read.sequence() - covered != read.count()) {
            fault(line, "does not cover the records that it counts");
        }
        previous = read.own();
        covered = read.sequence();
        count++;
        current = read;
        String key = read.seal().key();
        Run last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && last.last().seal().key().equals(key)) {
            runs.set(runs.size() - 1, new Run(last.first(), read, line));
        } else if (runs.size() < MOST_RUNS) {
            runs.add(new Run(line, read, line));
        } else {
            fault(line, "is signed by one key too many");
        }
    }

    private void fault(long at, String meaning) {
        faults.accept(new Verification.Fault(FILE, at, meaning));
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
