package dev.tierwise.experience;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The right to write in a folder. The system gives it back when its process ends, however that
/// happens.
final class Lock implements AutoCloseable {
    private final FileChannel channel;
    private final @Nullable FileLock lock;

    private Lock(FileChannel channel, @Nullable FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock if it is free.
    static Lock take(Path file) throws IOException {
        FileChannel channel = Private.open(file);
        try {
            return new Lock(channel, channel.tryLock());
        } catch (OverlappingFileLockException _) {
            return new Lock(channel, null); // another thread of this process
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    boolean held() {
        return lock != null;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The system gives the lock back when the process ends.
        }
    }
}
