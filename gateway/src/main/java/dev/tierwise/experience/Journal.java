package dev.tierwise.experience;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All events since the oldest kept version, in files of bounded size, the newest of which grows.
/// What a crash or a full disk has left behind the last whole line is cut off. For one thread.
final class Journal implements AutoCloseable {
    private static final String PREFIX = "journal-";
    private static final String SUFFIX = ".jsonl";
    private static final int LONGEST_LINE = 64 << 10;

    private final Path folder;
    private final Bounds bounds;
    private @Nullable FileChannel channel;
    private @Nullable Path current;
    private long end;

    /// How large it may grow.
    ///
    /// @param file bytes of one file after which the next begins
    /// @param files how many there may be
    record Bounds(long file, int files) {
        static final Bounds USUAL = new Bounds(4 << 20, 12);
    }

    Journal(Path folder, Bounds bounds) {
        this.folder = folder;
        this.bounds = bounds;
    }

    /// Gives all events that can be read and come after `after`, in their order. Reads only.
    ///
    /// @return how many lines could not be read, the torn last one not counted
    static long read(Path folder, long after, Consumer<JournalLine.Numbered> taker)
            throws IOException {
        List<Path> files = files(folder);
        int from = 0;
        while (from + 1 < files.size() && first(files.get(from + 1)) <= after + 1) {
            from++;
        }
        var reading = new Lines(after, taker);
        for (Path file : files.subList(from, files.size())) {
            reading.read(file, file.equals(files.getLast()));
        }
        return reading.bad;
    }

    /// The number of the first event in a file.
    private static long first(Path file) {
        String name = name(file);
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    /// Reads lines of files, one file after the other.
    private static final class Lines {
        private final Consumer<JournalLine.Numbered> taker;
        private long last;
        private long bad;

        Lines(long after, Consumer<JournalLine.Numbered> taker) {
            this.last = after;
            this.taker = taker;
        }

        void read(Path file, boolean newest) throws IOException {
            // Bytes that are no UTF-8 must not end the reading of a file.
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    Files.newInputStream(file), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (line != null) {
                    String next = lines.readLine();
                    take(line, newest && next == null);
                    line = next;
                }
            }
        }

        private void take(String line, boolean mayBeTorn) {
            long number = JournalLine.number(line);
            if (number > 0 && number <= last) {
                return;
            }
            var event = JournalLine.read(line);
            if (event.isPresent()) {
                last = event.get().number();
                taker.accept(event.get());
            } else if (!mayBeTorn) {
                bad++;
            }
        }
    }

    /// Appends lines and returns when they would survive a loss of power. After a failure the
    /// journal counts as it was.
    ///
    /// @param first the number of the first one
    /// @param lines without their ends
    /// @return whether a new file was begun
    boolean append(long first, List<String> lines) throws IOException {
        boolean rolled = false;
        if (current != null && !Files.exists(current)) {
            // The system would go on writing to a file that has been deleted.
            close();
            current = null;
        }
        FileChannel open = channel;
        try {
            if (open == null) {
                open = resume(first);
            } else if (end >= bounds.file) {
                open.close();
                open = begin(first);
                rolled = true;
            }
            channel = open;
            byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
            open.truncate(end);
            open.position(end);
            Private.write(open, bytes);
            open.force(false);
            end += bytes.length;
            return rolled;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Goes on where this journal was before a failure, or behind the last whole line of the newest
    /// file. What a failed write has left must not be read as if it had been learned.
    private FileChannel resume(long first) throws IOException {
        if (current != null && Files.exists(current)) {
            return Private.open(current);
        }
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            return begin(first);
        }
        FileChannel open = Private.open(files.getLast());
        current = files.getLast();
        end = wholeLines(open);
        return open;
    }

    /// Where the last whole line of a file ends.
    private static long wholeLines(FileChannel file) throws IOException {
        long size = file.size();
        int length = (int) Math.min(size, LONGEST_LINE);
        ByteBuffer tail = ByteBuffer.allocate(length);
        while (tail.hasRemaining() && file.read(tail, size - length + tail.position()) >= 0) {
            // goes on until the buffer is full
        }
        int at = tail.position();
        while (at > 0 && tail.get(at - 1) != '\n') {
            at--;
        }
        return size - length + at;
    }

    private FileChannel begin(long first) throws IOException {
        Path file = folder.resolve(PREFIX + "%012d".formatted(first) + SUFFIX);
        Private.folder(folder);
        FileChannel open = Private.open(file);
        Private.sync(folder);
        current = file;
        end = 0;
        List<Path> files = files(folder);
        for (Path old : files.subList(0, Math.max(0, files.size() - bounds.files))) {
            Files.deleteIfExists(old);
        }
        return open;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> name(file).matches(PREFIX + "[0-9]{12}\\" + SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                // All that counts has been forced to the disk.
            }
        }
    }
}
