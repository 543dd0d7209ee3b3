package dev.tierwise.call.process;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Reads lines of which only the beginning is kept, so that an endless one takes no memory.
final class BoundedLines {
    private static final int MOST = 2_000;

    private final Reader in;

    /// @param in best a buffered one
    BoundedLines(Reader in) {
        this.in = in;
    }

    /// The next line; null at the end.
    @Nullable String next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        var line = new StringBuilder();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() < MOST && c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
