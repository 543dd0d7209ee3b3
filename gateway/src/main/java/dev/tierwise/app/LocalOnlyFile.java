package dev.tierwise.app;

import dev.tierwise.guard.LocalOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/// The switch as a file, so that it can be turned without a key and outlives a restart: while the
/// file is there, nothing leaves this machine. Where it cannot be told whether it is there, it is.
/// Thread-safe.
final class LocalOnlyFile {
    /// How often a running gateway looks; the switch has to work within a second.
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path file;

    LocalOnlyFile(Folders folders) {
        this.file = folders.data().resolve("local-only");
    }

    /// Whether everything is to stay here.
    boolean isOn() {
        return !Files.notExists(file);
    }

    /// Why, in the words of who turned it on; empty when there are none.
    String reason() {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException _) {
            return "";
        }
    }

    /// Turns it on or off.
    void turn(boolean on, String reason) throws IOException {
        if (!on) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, reason + "\n");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /// Carries the file's state over to the gateway's switch, now and as often as it changes, until
    /// the thread is interrupted.
    ///
    /// @param turned told of each change
    void watch(LocalOnly localOnly, Runnable turned) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look(localOnly, turned);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks once.
    void look(LocalOnly localOnly, Runnable turned) {
        boolean on = isOn();
        if (on != localOnly.isOn()
                && localOnly.turn(new LocalOnly.State(on, "command line", on ? reason() : ""))) {
            turned.run();
        }
    }
}
