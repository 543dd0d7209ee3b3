package dev.tierwise.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The record of all requests. Entries go into a bounded backlog without any wait; one thread of
/// the ledger's own writes them to disk in batches, so that an entry is safe on disk within a
/// fraction of a second. While the disk takes nothing, entries are kept and tried again and none is
/// dropped; before the backlog is full, [#hasRoom] tells the gateway to refuse new requests. All
/// methods may be called from any thread.
public final class Ledger implements AutoCloseable {
    private final Limits limits;
    private final Backlog backlog;
    private final Writer writer;

    private Ledger(Limits limits, Backlog backlog, Writer writer) {
        this.limits = limits;
        this.backlog = backlog;
        this.writer = writer;
    }

    /// Opens the ledger in `file` for writing, and makes it where there is none. Does disk I/O, and
    /// on the first start of a file makes its tables; it shares nothing with the rest of a start
    /// and may run beside it in a thread of its own.
    public static Opened open(Path file) {
        var store = new SqliteStore(file);
        Optional<String> trouble = store.prepare();
        if (trouble.isPresent()) {
            return new Opened.Failed(trouble.get());
        }
        return new Opened.Ready(over(store, Limits.USUAL));
    }

    /// The sums over the entries of `span` in `file`, which another process may be writing.
    public static Reading read(Path file, Span span) {
        try (var store = new SqliteStore(file)) {
            return store.read(span);
        }
    }

    /// Looks a request up by its id in `file`, which another process may be writing. Of those that
    /// were recorded less than a second ago it may not know yet.
    public static Found find(Path file, String requestId) {
        try (var store = new SqliteStore(file)) {
            return store.find(requestId);
        }
    }

    /// All that is written about one request in `file`; otherwise as [#find].
    public static Story story(Path file, String requestId) {
        try (var store = new SqliteStore(file)) {
            return store.story(requestId);
        }
    }

    /// What came of asking for all that is written about a request.
    public sealed interface Story {
        /// Rows by the names of their columns, in the order of their tables; what is not known is
        /// left out.
        ///
        /// @param request its row
        /// @param attempts the calls made for it
        /// @param verdicts what was thought of answers
        /// @param feedback ratings
        /// @param outlook what the decision was made of, as JSON; empty where nothing was foretold
        record Told(
                Map<String, String> request,
                List<Map<String, String>> attempts,
                List<Map<String, String>> verdicts,
                List<Map<String, String>> feedback,
                String outlook)
                implements Story {}

        /// There is no such request.
        record None() implements Story {}

        /// It cannot be told.
        ///
        /// @param message what is wrong with which file and how to mend it
        record Unreadable(String message) implements Story {}
    }

    /// What came of looking a request up.
    public sealed interface Found {
        /// It is there.
        ///
        /// @param origin where it came from
        record One(Entry.Origin origin) implements Found {}

        /// It is not there.
        record None() implements Found {}

        /// It cannot be told.
        ///
        /// @param message what is wrong with which file and how to mend it
        record Unreadable(String message) implements Found {}
    }

    static Ledger over(Store store, Limits limits) {
        var backlog = new Backlog(limits.entries());
        var writer = new Writer(store, backlog, limits);
        writer.start();
        return new Ledger(limits, backlog, writer);
    }

    /// Whether a new request may start: false while so many entries wait for the disk that those of
    /// the requests under way might not find room. Costs two reads of memory.
    public boolean hasRoom() {
        return backlog.size() < limits.entries() - limits.reserve();
    }

    /// Takes an entry in. Does no I/O and waits only when the backlog is full to the last place; an
    /// interrupt of the calling thread neither stops it nor is lost.
    ///
    /// @throws IllegalStateException after [#close]
    public void record(Entry entry) {
        add(entry);
    }

    /// Takes in what somebody thought of an answer, in the same way.
    ///
    /// @throws IllegalStateException after [#close]
    public void feedback(Feedback feedback) {
        add(feedback);
    }

    private void add(Line line) {
        if (backlog.add(line) % limits.batch() == 0) {
            writer.wake();
        }
    }

    /// What keeps entries from being written at the moment and how to mend it; empty when nothing
    /// does.
    public Optional<String> trouble() {
        return writer.trouble();
    }

    /// Waits until all entries recorded before this call are on disk, `atMost` so long.
    ///
    /// @return whether they are
    public boolean flush(Duration atMost) {
        writer.hurry();
        return backlog.awaitWritten(backlog.admitted(), atMost);
    }

    /// Writes what is left, tries so for at most ten seconds, and closes the file. What could not
    /// be written by then is lost and counted in the log.
    @Override
    public void close() {
        backlog.close();
        writer.wake();
        writer.awaitEnd();
    }
}
