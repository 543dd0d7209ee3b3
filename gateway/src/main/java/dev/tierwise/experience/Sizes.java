package dev.tierwise.experience;

import java.io.DataInput;
import java.io.IOException;

/// Reads counts with suspicion: a damaged one must not make the reader allocate what it says.
final class Sizes {
    private Sizes() {}

    static int read(DataInput in, int most) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > most) {
            throw new IOException("a count of " + size + " where at most " + most + " can be");
        }
        return size;
    }
}
