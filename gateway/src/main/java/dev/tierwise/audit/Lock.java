package dev.tierwise.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The right to write a trail. The system gives it back when its process ends, however that
/// happens.
final class Lock implements AutoCloseable {
    private final FileChannel channel;
    private final @Nullable FileLock lock;

    private Lock(FileChannel channel, @Nullable FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock if it is free, and writes this process into it.
    static Lock take(Path file) throws IOException {
        FileChannel channel = Private.open(file);
        try {
            FileLock lock = channel.tryLock(Integer.MAX_VALUE, 1, false);
            if (lock != null) {
                byte[] own =
                        (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(own), 0);
            }
            return new Lock(channel, lock);
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

    /// The process that holds the lock, in words.
    static String owner(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return text.matches("[0-9]{1,10}") ? "process " + text : "another process";
        } catch (IOException _) {
            return "another process";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
