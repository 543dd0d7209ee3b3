package dev.tierwise.app;

import dev.tierwise.config.ConfigFile;
import dev.tierwise.guard.LocalOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/// The switch as a file, so that it can be turned without a key and outlives a restart: while the
/// file is there, nothing leaves this machine. Where it cannot be told whether it is there, it is.
/// Thread-safe.
final class LocalOnlyFile {
    /// How often a running gateway looks; the switch has to work within a second.
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final FileAttribute<?>[] PRIVATE = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private static final String HOLDER = "command line";

    private final Path file;

    LocalOnlyFile(Folders folders) {
        this.file = folders.data().resolve("local-only");
    }

    /// The switch of this user.
    static LocalOnlyFile switched() {
        return new LocalOnlyFile(Folders.of(System::getenv));
    }

    /// Whether nothing may leave this machine, for a command that asks nobody else: by the switch
    /// or by the configuration that a gateway would read.
    static boolean holds() {
        return switched().isOn()
                || new ConfigOption().find().filter(ConfigFile::mayKeepHome).isPresent();
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
        writePrivately(file, (reason + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a file that nobody but this user can read, nor ever could.
    static void writePrivately(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean posix =
                Files.getFileStore(file.toAbsolutePath().getParent())
                        .supportsFileAttributeView("posix");
        Files.createFile(fresh, posix ? PRIVATE : new FileAttribute<?>[0]);
        Files.write(fresh, bytes);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Carries the file's state over to the gateway's switch, now and as often as it changes, until
    /// the thread is interrupted.
    ///
    /// @param turned told of each change
    void watch(LocalOnly localOnly, Turned turned) {
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
    void look(LocalOnly localOnly, Turned turned) {
        boolean held = localOnly.holders().containsKey(HOLDER);
        if (isOn() && !held) {
            String why = reason();
            localOnly.hold(HOLDER, why);
            turned.tell(true, HOLDER, why);
        } else if (!isOn() && held) {
            localOnly.release(HOLDER);
            turned.tell(false, HOLDER, "");
        }
    }

    /// Told when the switch was turned.
    interface Turned {
        /// Tells it.
        void tell(boolean on, String who, String reason);
    }
}
