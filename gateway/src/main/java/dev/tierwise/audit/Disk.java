package dev.tierwise.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The edge at which a trail meets the disk, so that tests can have it fail.
interface Disk {
    /// The disk of this machine.
    Disk REAL = Disk::real;

    /// Opens a file to write to.
    Output open(Path file) throws IOException;

    /// A file that is written to.
    interface Output extends AutoCloseable {
        /// Writes the first `length` bytes at `position`. May have written some when it fails.
        void write(byte[] bytes, int length, long position) throws IOException;

        /// Returns when all that was written would survive a loss of power.
        void force() throws IOException;

        /// Cuts the file to `size` bytes.
        void truncate(long size) throws IOException;

        /// The size of the file that now has this name; -1 when that is another file or none.
        long size() throws IOException;

        @Override
        void close() throws IOException;
    }

    private static Output real(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ);
        Object key = key(file);
        return new Output() {
            @Override
            public void write(byte[] bytes, int length, long position) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
                long at = position;
                while (rest.hasRemaining()) {
                    at += channel.write(rest, at);
                }
            }

            @Override
            public void force() throws IOException {
                channel.force(false);
            }

            @Override
            public void truncate(long size) throws IOException {
                channel.truncate(size);
            }

            @Override
            public long size() throws IOException {
                return Files.exists(file) && Objects.equals(key, key(file)) ? channel.size() : -1;
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
