package dev.tierwise.config;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the configuration anew when its file, or a file of a secret that it refers to, changes.
/// Looks each second, on a daemon thread of its own, and reads what has not changed since the last
/// look: a file that is still being written is left alone. Saves that replace the file, and links
/// that are turned to another, are changes like any other.
public final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ConfigWatch.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path file;
    private final Function<String, @Nullable String> environment;
    private final Consumer<Reading> listener;
    private final Thread thread;
    private Reading known;
    private Set<Path> secrets = Set.of();
    private Map<Path, Stamp> seen = Map.of();
    private Map<Path, Stamp> read = Map.of();

    /// What tells one state of a file from another; all null where there is none.
    private record Stamp(@Nullable FileTime changed, long size, @Nullable Object identity) {}

    ConfigWatch(
            Path file,
            Function<String, @Nullable String> environment,
            Reading known,
            Consumer<Reading> listener) {
        this.file = file;
        this.environment = environment;
        this.known = known;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("config-watch").unstarted(this::watch);
    }

    /// Begins to watch.
    ///
    /// @param file the file
    /// @param environment the value of a variable; null when it is not set
    /// @param known the reading in force
    /// @param listener called on the watch's thread with each reading that differs from the last,
    ///   so that a bad file is told once; it keeps the old configuration in force
    public static ConfigWatch start(
            Path file,
            Function<String, @Nullable String> environment,
            Reading known,
            Consumer<Reading> listener) {
        var watch = new ConfigWatch(file, environment, known, listener);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                look();
                Thread.sleep(PAUSE);
            } catch (InterruptedException closed) {
                return;
            } catch (RuntimeException bug) {
                LOG.log(Level.ERROR, "the new configuration could not be put in force", bug);
            }
        }
    }

    /// Looks once: reads the file if it has changed since it was read, but not since the last look.
    void look() {
        Map<Path, Stamp> now = stamps();
        if (now.equals(read)) {
            return;
        }
        if (!now.equals(seen)) {
            seen = now;
            return;
        }
        Reading reading = readAll();
        if (!reading.equals(known)) {
            known = reading;
            listener.accept(reading);
        }
    }

    /// Reads the file. Where it refers to other secrets than before, once more: their stamps must
    /// be older than what was read.
    private Reading readAll() {
        Set<Path> before = secrets;
        read = stamps();
        ConfigFile.Consulted consulted = ConfigFile.consult(file, environment);
        secrets = consulted.secrets();
        if (secrets.equals(before)) {
            return consulted.reading();
        }
        read = stamps();
        return ConfigFile.consult(file, environment).reading();
    }

    private Map<Path, Stamp> stamps() {
        var stamps = new HashMap<Path, Stamp>();
        stamps.put(file, stamp(file));
        secrets.forEach(secret -> stamps.put(secret, stamp(secret)));
        return stamps;
    }

    private static Stamp stamp(Path path) {
        try {
            var facts = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(facts.lastModifiedTime(), facts.size(), facts.fileKey());
        } catch (IOException missing) {
            return new Stamp(null, 0, null);
        }
    }

    /// Ends the watch; the listener may still be at work for a moment.
    @Override
    public void close() {
        thread.interrupt();
    }
}
