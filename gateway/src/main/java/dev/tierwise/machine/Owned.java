package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.json.JsonMapper;

/// The speeds that the user's own requests have shown, which count more than anybody else's: one
/// JSON object a line, the newest last. A line that a crash or a full disk has left behind half
/// written is passed over and does not harm the next. The file stays below a bound: its older half
/// goes.
///
/// Thread-safe, also against other processes that use the same file.
public final class Owned {
    private static final long BOUND = 1 << 20;
    private static final int LONGEST_LINE = 2000;
    private static final int RUNS = 9;

    /// A lock on a file holds for the whole process, so its threads need one more.
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final Path file;
    private final long bound;

    /// One measurement.
    ///
    /// @param model its name, as requests ask for it
    /// @param weights which weights: a quantisation, or the digest of a file; empty when unknown
    /// @param machine on which, by [Machine#name]
    /// @param tokensPerSecond written, of one request
    /// @param concurrency how many requests ran, itself included; 1 or more
    /// @param when it was measured
    public record Speed(
            String model,
            String weights,
            String machine,
            double tokensPerSecond,
            int concurrency,
            Instant when) {
        public Speed {
            if (!(tokensPerSecond > 0 && tokensPerSecond < 1e9) || concurrency < 1) {
                throw new IllegalArgumentException(
                        "no speed: " + tokensPerSecond + " tokens/s at " + concurrency);
            }
        }
    }

    /// @param file where they are kept; it need not be there yet
    public Owned(Path file) {
        this(file, BOUND);
    }

    Owned(Path file, long bound) {
        this.file = file;
        this.bound = bound;
    }

    /// Adds one. Blocks for a write to the disk, without waiting that it is safe from a loss of
    /// power.
    ///
    /// @return why it could not be kept; nothing when it is
    public Optional<String> record(Speed speed) {
        String line = Line.write(speed);
        if (line.length() > LONGEST_LINE) {
            return Optional.of("the names of a measurement have more than 2,000 letters");
        }
        LOCK.lock();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel others =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = others.lock()) {
                append(line);
                shrink();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(file + " cannot be written: " + e);
        } finally {
            LOCK.unlock();
        }
    }

    private void append(String line) throws IOException {
        try (FileChannel open =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            long end = open.size();
            var last = ByteBuffer.allocate(1);
            boolean torn = end > 0 && open.read(last, end - 1) == 1 && last.get(0) != '\n';
            String text = (torn ? "\n" : "") + line + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            open.position(end);
            try {
                while (bytes.hasRemaining()) {
                    open.write(bytes);
                }
            } catch (IOException e) {
                open.truncate(end);
                throw e;
            }
        }
    }

    /// Replaces a file that has grown too large by its newer half, in one step.
    private void shrink() throws IOException {
        if (Files.size(file) <= bound) {
            return;
        }
        List<Speed> all = all();
        var text = new StringBuilder();
        all.subList(all.size() / 2, all.size())
                .forEach(speed -> text.append(Line.write(speed)).append('\n'));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// All that can be read, oldest first; none when there is no file.
    public List<Speed> all() {
        var speeds = new ArrayList<Speed>();
        try {
            // bytes that are no UTF-8 must not end the reading
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            text.lines().forEach(line -> Line.read(line).ifPresent(speeds::add));
        } catch (NoSuchFileException _) {
            // nothing was measured yet
        } catch (IOException _) {
            // what cannot be read is as good as not measured
        }
        return List.copyOf(speeds);
    }

    /// The best that is known of a model's speed on a machine, in tokens a second, for one request
    /// at a time: the median of the last nine runs of the weights that ran last.
    ///
    /// @param model its name, as requests ask for it
    /// @param machine by [Machine#name]
    public Optional<Figure> best(String model, String machine) {
        List<Speed> runs =
                all().stream()
                        .filter(it -> it.concurrency() == 1)
                        .filter(it -> it.model().equals(model) && it.machine().equals(machine))
                        .toList();
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        Speed last = runs.getLast();
        List<Double> speeds =
                runs.stream()
                        .filter(it -> it.weights().equals(last.weights()))
                        .skip(Math.max(0, count(runs, last) - RUNS))
                        .map(Speed::tokensPerSecond)
                        .sorted()
                        .toList();
        return Optional.of(
                Figure.measured(
                        speeds.get(speeds.size() / 2),
                        "own requests, the last on "
                                + last.when().toString().substring(0, 10)
                                + ", runs: "
                                + speeds.size()));
    }

    private static long count(List<Speed> runs, Speed like) {
        return runs.stream().filter(it -> it.weights().equals(like.weights())).count();
    }

    /// One line of the file.
    private static final class Line {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        static String write(Speed speed) {
            var node = JSON.createObjectNode();
            node.put("model", speed.model());
            node.put("weights", speed.weights());
            node.put("machine", speed.machine());
            node.put("tokens_per_second", speed.tokensPerSecond());
            node.put("concurrency", speed.concurrency());
            node.put("when", speed.when().toString());
            return JSON.writeValueAsString(node);
        }

        static Optional<Speed> read(String line) {
            try {
                var node = JSON.readTree(line);
                return Optional.of(
                        new Speed(
                                node.path("model").asString(),
                                node.path("weights").asString(),
                                node.path("machine").asString(),
                                node.path("tokens_per_second").asDouble(),
                                node.path("concurrency").asInt(),
                                Instant.parse(node.path("when").asString())));
            } catch (RuntimeException _) {
                // half a line, or of another version
                return Optional.empty();
            }
        }
    }
}
