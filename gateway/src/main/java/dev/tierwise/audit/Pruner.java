package dev.tierwise.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Drops whole old segments, in the writer's thread. A segment goes only when all its records are
/// older than the retention, a checkpoint covers them, and the chain through it holds: what looks
/// tampered with is evidence and stays.
final class Pruner {
    private final Tape tape;
    private final Segments segments;
    private final List<Verification.Fault> faults = new ArrayList<>();

    /// Segments that may go.
    private record Old(int segment, Checkpoint.Position through, String newest) {}

    Pruner(Tape tape) {
        this.tape = tape;
        this.segments = tape.segments();
    }

    Retention.Result prune() {
        try {
            Instant now = tape.settings().clock().instant();
            Instant limit = tape.settings().retention().limit(now);
            Old old = old(Moment.of(limit.toEpochMilli()));
            if (!faults.isEmpty()) {
                Verification.Fault fault = faults.getFirst();
                return new Retention.Result.Failed(
                        "Nothing was dropped from the audit trail, for "
                                + fault.place()
                                + " "
                                + fault.meaning()
                                + ". See ./tw audit verify.");
            }
            if (old == null) {
                return new Retention.Result.Nothing();
            }
            drop(old);
            return new Retention.Result.Dropped(old.through().sequence(), old.newest());
        } catch (IOException e) {
            return new Retention.Result.Failed(Complaint.of(segments.folder(), e));
        }
    }

    private @Nullable Old old(String limit) throws IOException {
        Statement before = segments.statement();
        var links =
                new Links(
                        before == null ? Checkpoint.Position.START : before.through(), faults::add);
        Old old = null;
        var line = new Line();
        for (int number : segments.numbers()) {
            String name = String.valueOf(segments.segment(number).getFileName());
            String newest = "";
            if (number >= tape.segmentNumber()) {
                return old;
            }
            try (var reader = new LineReader(segments.segment(number))) {
                for (long at = 1; reader.next(); at++) {
                    if (!line.set(reader.buffer(), reader.from(), reader.end())) {
                        links.broken(name, at);
                        return null;
                    }
                    line.place(name, at);
                    links.follow(line);
                    newest = newest.compareTo(line.time()) < 0 ? line.time() : newest;
                    if (newest.compareTo(limit) >= 0) {
                        return old;
                    }
                }
            }
            if (!faults.isEmpty() || links.sequence() > tape.last().sequence()) {
                return old;
            }
            old = new Old(number, new Checkpoint.Position(links.sequence(), links.hash()), newest);
        }
        return old;
    }

    private void drop(Old old) throws IOException {
        long through = old.through().sequence();
        tape.write(
                List.of(
                        RecordWriter.body(
                                new AuditRecord.Pruned(
                                        through,
                                        old.through().hash(),
                                        Instant.parse(old.newest())))));
        tape.checkpoint();
        Checkpoint last = Leftovers.last(segments.checkpoints(), through);
        Statement before = segments.statement();
        var checkpoint =
                last != null
                        ? new Checkpoint.Position(last.sequence(), last.own())
                        : before == null ? Checkpoint.Position.START : before.checkpoint();
        String time = Moment.of(tape.settings().clock().millis());
        Statement statement =
                Statement.sign(old.through(), old.segment(), checkpoint, time, tape.key());
        append(segments.pruned(), statement.line() + "\n");
        Leftovers.finish(segments);
        tape.reopenCheckpoints();
    }

    private static void append(Path file, String line) throws IOException {
        Private.open(file).close();
        Files.writeString(file, line, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    }
}
