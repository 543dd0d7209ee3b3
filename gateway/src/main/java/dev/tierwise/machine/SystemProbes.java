package dev.tierwise.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The machine that this process runs on.
final class SystemProbes implements Probes {
    /// Of a file or of what a program says, in bytes; the rest is read and forgotten.
    static final int BOUND = 256 << 10;

    private static final Duration PIPE = Duration.ofMillis(200);

    @Override
    public Reading run(List<String> command, Duration atMost) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException _) {
            return new Reading.Absent();
        }
        var text = new ByteArrayOutputStream();
        // a virtual thread that reads a pipe would hold its carrier
        Thread reader =
                Thread.ofPlatform().daemon().start(() -> drain(process.getInputStream(), text));
        try {
            process.getOutputStream().close();
            if (!process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Reading.Late(atMost);
            }
            // a child of it may hold the pipe open for longer than it lives
            reader.join(PIPE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reading.Late(atMost);
        } catch (IOException _) {
            // it had closed its input before we did
        } finally {
            // not waited for: a program that hangs in a driver cannot be killed
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return process.isAlive() ? new Reading.Late(atMost) : said(process.exitValue(), text);
    }

    private static Reading said(int status, ByteArrayOutputStream text) {
        synchronized (text) {
            return new Reading.Said(status, text.toString(StandardCharsets.UTF_8));
        }
    }

    private static void drain(InputStream from, ByteArrayOutputStream to) {
        byte[] buffer = new byte[8 << 10];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                synchronized (to) {
                    to.write(buffer, 0, Math.min(n, BOUND - to.size()));
                }
            }
        } catch (IOException _) {
            // it was killed
        }
    }

    @Override
    public Optional<String> read(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return Optional.of(new String(in.readNBytes(BOUND), StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        } catch (IOException | InvalidPathException _) {
            return List.of();
        }
    }

    @Override
    public String system() {
        return System.getProperty("os.name", "unknown").strip();
    }

    /// Whether a name is that of the system, such as `linux`.
    static boolean is(String system, String name) {
        return system.toLowerCase(Locale.ROOT).startsWith(name);
    }
}
