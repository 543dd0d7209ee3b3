package dev.tierwise.experience;

import java.io.BufferedReader;
import java.io.IOException;
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
        long bad = 0;
        long last = after;
        List<Path> files = files(folder);
        for (Path file : files) {
            boolean newest = file.equals(files.getLast());
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    var event = JournalLine.read(line);
                    if (event.isEmpty()) {
                        bad += newest && !lines.ready() ? 0 : 1;
                    } else if (event.get().number() > last) {
                        last = event.get().number();
                        taker.accept(event.get());
                    }
                }
            } catch (java.nio.charset.MalformedInputException _) {
                bad++;
            }
        }
        return bad;
    }

    /// Appends lines and returns when they would survive a loss of power. After a failure the
    /// journal counts as it was.
    ///
    /// @param first the number of the first one
    /// @param lines without their ends
    /// @return whether a new file was begun
    boolean append(long first, List<String> lines) throws IOException {
        boolean rolled = false;
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
        byte[] bytes = Files.readAllBytes(files.getLast());
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        FileChannel open = Private.open(files.getLast());
        current = files.getLast();
        end = whole;
        return open;
    }

    private FileChannel begin(long first) throws IOException {
        Path file = folder.resolve(PREFIX + "%012d".formatted(first) + SUFFIX);
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
            return all.filter(file -> name(file).startsWith(PREFIX) && name(file).endsWith(SUFFIX))
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
