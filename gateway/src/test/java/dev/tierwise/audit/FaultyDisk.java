package dev.tierwise.audit;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The disk of this machine with faults that a test switches on: it then writes half of what it is
/// given and complains, or complains at the flush.
final class FaultyDisk implements Disk {
    /// What writes complain of; null for nothing.
    volatile @Nullable String writing;

    /// What flushes complain of; null for nothing.
    volatile @Nullable String flushing;

    /// Writes that went through.
    volatile int writes;

    @Override
    public Output open(Path file) throws IOException {
        Output real = Disk.REAL.open(file);
        return new Output() {
            @Override
            @SuppressWarnings("NonAtomicVolatileUpdate") // the writer alone writes
            public void write(byte[] bytes, int length, long position) throws IOException {
                String complaint = writing;
                real.write(bytes, complaint == null ? length : length / 2, position);
                if (complaint != null) {
                    throw new IOException(complaint);
                }
                writes++;
            }

            @Override
            public void force() throws IOException {
                String complaint = flushing;
                if (complaint != null) {
                    throw new IOException(complaint);
                }
                real.force();
            }

            @Override
            public void truncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
