package dev.tierwise.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The right to change one model's folder. The operating system gives it back when its process
/// ends, however that happens.
final class Lock implements AutoCloseable {
    static final String FILE = "lock";

    private final FileChannel channel;
    private final @Nullable FileLock lock;

    private Lock(FileChannel channel, @Nullable FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock if it is free; makes the folder.
    static Lock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return new Lock(channel, channel.tryLock());
        } catch (OverlappingFileLockException _) {
            return new Lock(channel, null); // another thread of this process
        }
    }

    boolean held() {
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
