package dev.tierwise.experience;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A folder that this process may write to: journal, versions, and the wishes that other processes
/// leave there. For one thread.
final class Desk implements AutoCloseable {
    /// A wish: `rollback` and a number, or `reset`.
    static final String WISH = "wish";

    private static final String LOCK = "lock";
    private static final Pattern WISHES = Pattern.compile("rollback ([1-9][0-9]{0,8})|reset");

    private final Path folder;
    private final Lock lock;
    private final Journal journal;
    private final Shelf shelf;

    private Desk(Path folder, Lock lock) {
        this.folder = folder;
        this.lock = lock;
        this.journal = new Journal(folder, Journal.Bounds.USUAL);
        this.shelf = new Shelf(folder);
    }

    /// Takes the folder, and makes it where it is missing; null when another process has it.
    static @Nullable Desk take(Path folder) throws IOException {
        Private.folder(folder);
        Lock lock = Lock.take(folder.resolve(LOCK));
        if (lock.held()) {
            return new Desk(folder, lock);
        }
        lock.close();
        return null;
    }

    Path folder() {
        return folder;
    }

    /// Writes events and returns when they would survive a loss of power.
    ///
    /// @param first the number of the first one
    /// @return whether a new file was begun
    boolean write(long first, List<Event> events) throws IOException {
        var lines = new ArrayList<String>(events.size());
        for (Event event : events) {
            lines.add(JournalLine.of(first + lines.size(), event));
        }
        return journal.append(first, lines);
    }

    /// Keeps what is known as a version.
    void keep(Version version, Past past) throws IOException {
        shelf.keep(version, past.event(), past.alarms(), past.knowledge());
    }

    /// What another process wishes: the version to go back to, 0 for nothing learned. A wish that
    /// cannot be read is dropped.
    OptionalLong wish() {
        Path file = folder.resolve(WISH);
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            Matcher wish = WISHES.matcher(text);
            if (!wish.matches()) {
                dropWish();
                return OptionalLong.empty();
            }
            String number = wish.group(1);
            return OptionalLong.of(number == null ? 0 : Long.parseLong(number));
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    /// Takes the wish away: it was heard.
    void dropWish() {
        try {
            Files.deleteIfExists(folder.resolve(WISH));
        } catch (IOException _) {
            // It is heard again, which changes nothing more.
        }
    }

    @Override
    public void close() {
        journal.close();
        lock.close();
    }
}
