package dev.tierwise.fakes.training;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A child process with its output in a file; closing kills it. For one thread.
record Child(Process process, Path log) implements AutoCloseable {
    /// The exit code of a process that SIGTERM ended: 128 + 15.
    private static final int TERMINATED = 143;

    /// Starts `command` with exactly `environment` as its environment, in the log's folder.
    static Child start(List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(log.resolveSibling(".").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new Child(builder.start(), log);
    }

    /// Waits at most 20 s for the line that begins with `prefix` and returns the address behind it.
    URI address(String prefix) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> line = line(prefix);
            if (line.isPresent()) {
                return URI.create(line.get());
            }
            pause();
        }
        throw failure("printed no line that begins with '" + prefix + "'");
    }

    /// Waits a moment; fails when the process has ended meanwhile.
    void pause() throws IOException, InterruptedException {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
            throw failure("ended with exit code " + process.exitValue());
        }
    }

    /// Sends SIGTERM and waits for the end, which must be in order.
    void stop(Duration limit) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failure("did not stop within " + limit);
        }
        if (process.exitValue() != 0 && process.exitValue() != TERMINATED) {
            throw failure("stopped with exit code " + process.exitValue());
        }
    }

    /// Says what went wrong, with what the process printed.
    IllegalStateException failure(String what) throws IOException {
        return new IllegalStateException(
                process.info().command().orElse("the child")
                        + " "
                        + what
                        + "; it printed:\n"
                        + Files.readString(log));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Optional<String> line(String prefix) throws IOException {
        // The last line may be half written.
        var text = Files.readString(log);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }
}
