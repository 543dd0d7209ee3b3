package dev.tierwise.models;

import dev.tierwise.call.Download;
import dev.tierwise.call.Download.Ended;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/// Small documents of registries, held in memory up to a limit.
///
/// @param download how bytes are fetched
/// @param pause how to wait between tries
record Texts(Download download, Pull.Pause pause) {
    private static final int MOST_BYTES = 8 << 20;

    /// What asking came to.
    sealed interface Text {
        record Got(String text) implements Text {}

        record Not(Ended ended) implements Text {}
    }

    Text get(URI uri, Map<String, String> headers) {
        var order = new Download.Order(uri, headers, 0, null);
        var tries = new Tries();
        while (true) {
            var kept = new Kept();
            Ended ended = download.download(order, kept);
            if (ended instanceof Ended.Whole) {
                return new Text.Got(kept.text());
            }
            // a machine without a network is told so at once
            Duration wait = ended instanceof Ended.Unreachable ? null : tries.next(ended);
            if (wait == null || !pause.wait(wait)) {
                return new Text.Not(ended);
            }
        }
    }

    private static final class Kept implements Download.Receiver {
        private byte[] bytes = new byte[16 << 10];
        private int length;

        @Override
        public boolean begin(Download.Head head) {
            return head.total() <= MOST_BYTES;
        }

        @Override
        public boolean take(ByteBuffer piece) {
            int needed = length + piece.remaining();
            if (needed > MOST_BYTES) {
                return false;
            }
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
            }
            int size = piece.remaining();
            piece.get(bytes, length, size);
            length += size;
            return true;
        }

        String text() {
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
    }
}
