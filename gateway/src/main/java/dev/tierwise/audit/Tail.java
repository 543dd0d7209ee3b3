package dev.tierwise.audit;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that only ever grows at its end. What a failed write has left behind the end is cut off
/// before the next; a file that someone else has changed is never written to. One thread at a time.
final class Tail implements AutoCloseable {
    private final Disk disk;
    private final Path file;
    private Disk.@Nullable Output output;
    private long end;
    private boolean doubtful;

    /// @param end where the file, which must be there, ends now
    Tail(Disk disk, Path file, long end) {
        this.disk = disk;
        this.file = file;
        this.end = end;
    }

    Path file() {
        return file;
    }

    long end() {
        return end;
    }

    /// Appends and returns when the bytes would survive a loss of power. After a failure the file
    /// counts as it was.
    void append(byte[] bytes, int length) throws IOException {
        Disk.Output current = output == null ? reopened() : output;
        output = null;
        long size = current.size();
        if (size < end || (size > end && !doubtful)) {
            current.close();
            throw new Changed(file);
        }
        try {
            if (size > end) {
                current.truncate(end);
            }
            current.write(bytes, length, end);
            current.force();
        } catch (IOException e) {
            // What a failed flush has left in memory need not be on disk: it is written anew.
            doubtful = true;
            current.close();
            throw e;
        }
        output = current;
        doubtful = false;
        end += length;
    }

    private Disk.Output reopened() throws IOException {
        try {
            return disk.open(file);
        } catch (NoSuchFileException _) {
            throw new Changed(file);
        }
    }

    @Override
    public void close() throws IOException {
        if (output != null) {
            output.close();
        }
    }

    /// Somebody else has changed the file, or it is gone.
    static final class Changed extends IOException {
        private static final long serialVersionUID = 1;
        private final transient Path changed;

        Changed(Path file) {
            super("changed by another program");
            changed = file;
        }

        Path changed() {
            return changed;
        }
    }
}
