package dev.tierwise.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The audit trail, open for writing. Records go into a bounded queue without any wait; one thread
/// of the trail's own chains them, writes them to disk in batches and signs checkpoints. What the
/// disk does not take is kept and tried again; what finds no room is refused, and the trail tells
/// how many were. All methods may be called from any thread.
public final class Trail implements AutoCloseable {
    private static final String CLOSED = "the audit trail is closed";

    private final Limits limits;
    private final Backlog backlog;
    private final Writer writer;

    private Trail(Limits limits, Backlog backlog, Writer writer) {
        this.limits = limits;
        this.backlog = backlog;
        this.writer = writer;
    }

    /// What came of changing the key.
    public sealed interface Rotation {
        /// A new key signs from now on.
        ///
        /// @param key its id
        record Changed(String key) implements Rotation {}

        /// The key is the old one.
        ///
        /// @param message why, and how to mend it
        record Failed(String message) implements Rotation {}
    }

    /// Opens the trail for writing and makes it where there is none. Reads the last segment to find
    /// the end of the chain; cuts off a line that a kill has left unfinished, and records that.
    public static Opened open(TrailSettings settings) {
        return open(settings, Disk.REAL, Limits.USUAL);
    }

    static Opened open(TrailSettings settings, Disk disk, Limits limits) {
        try {
            Private.folder(settings.folder());
            var segments = new Segments(settings.folder());
            Lock lock = Lock.take(segments.lock());
            if (!lock.held()) {
                lock.close();
                return new Opened.Failed(
                        "The audit trail in "
                                + settings.folder()
                                + " is written by "
                                + Lock.owner(segments.lock())
                                + ", and only one may write it. End that gateway, or give this one"
                                + " another data folder.");
            }
            return locked(new Tape.Outfit(settings, disk, limits), lock);
        } catch (IOException e) {
            return new Opened.Failed(Complaint.of(settings.folder(), e));
        }
    }

    private static Opened locked(Tape.Outfit outfit, Lock lock) throws IOException {
        boolean opened = false;
        try {
            return switch (new Recovery(outfit).find()) {
                case Recovery.Found.Failed(String message) -> new Opened.Failed(message);
                case Recovery.Found.Ready(var place, var recovered) -> {
                    var tape = new Tape(outfit, place);
                    tape.checkpoint();
                    if (recovered != null) {
                        tape.write(List.of(RecordWriter.body(recovered)));
                    }
                    var backlog = new Backlog(outfit.limits().queue());
                    var writer = new Writer(tape, backlog, outfit.limits(), lock);
                    writer.start();
                    opened = true;
                    yield new Opened.Ready(new Trail(outfit.limits(), backlog, writer));
                }
            };
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /// Takes a record in. Does no I/O and never waits; whoever must know that the record is on
    /// disk, such as before bytes leave, waits for the ticket.
    public Ticket append(AuditRecord record) {
        var ticket = new Ticket(writer, RecordWriter.body(record));
        int waiting = backlog.add(ticket);
        if (waiting == 0) {
            return refused();
        }
        if (waiting % limits.batch() == 0 || backlog.idle()) {
            writer.wake();
        }
        return ticket;
    }

    private Ticket refused() {
        if (backlog.closed()) {
            return Ticket.refused(CLOSED);
        }
        backlog.refuse(writer.tape().settings().clock().millis());
        String why = writer.trouble().map(trouble -> ". " + trouble).orElse("");
        return Ticket.refused(
                "the audit trail has no room: %,d records wait for the disk%s"
                        .formatted(limits.queue(), why));
    }

    /// Whether a request may start that needs a record: false while the disk takes nothing, and
    /// while so many records wait that those of the requests under way might not find room. Costs
    /// two reads of memory.
    public boolean hasRoom() {
        return backlog.size() < limits.queue() - limits.reserve()
                && !backlog.closed()
                && writer.trouble().isEmpty();
    }

    /// What keeps records from being written at the moment and how to mend it; empty when nothing
    /// does.
    public Optional<String> trouble() {
        return writer.trouble();
    }

    /// Waits until all records taken before this call are on disk, `atMost` so long.
    ///
    /// @return whether they are
    public boolean flush(Duration atMost) {
        return backlog.awaitWritten(atMost, writer::hurry);
    }

    /// Drops the segments that are older than the retention, whole ones only. Reads them first; to
    /// be called about once a day.
    public Retention.Result prune() {
        return asked(() -> new Pruner(writer.tape()).prune(), new Retention.Result.Failed(CLOSED));
    }

    /// Has a new key sign from now on. The old one vouches for it in the trail.
    public Rotation rotate() {
        return asked(this::rotated, new Rotation.Failed(CLOSED));
    }

    private Rotation rotated() {
        Tape tape = writer.tape();
        try {
            var fresh = SigningKey.make();
            tape.change(fresh);
            return new Rotation.Changed(fresh.id());
        } catch (IOException e) {
            return new Rotation.Failed(Complaint.of(tape.settings().folder(), e));
        }
    }

    private <T> T asked(Callable<T> errand, T closed) {
        var task = new FutureTask<>(errand);
        writer.ask(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (CancellationException _) {
            return closed;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fault in the audit trail", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Writes what is left, the record of the end and a checkpoint, tries so for at most ten
    /// seconds, and gives the folder free. The tickets of what could not be written say so.
    @Override
    public void close() {
        backlog.close();
        writer.wake();
        writer.awaitEnd();
    }
}
