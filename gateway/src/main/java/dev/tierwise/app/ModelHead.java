package dev.tierwise.app;

import dev.tierwise.call.Download;
import dev.tierwise.call.http.HttpDownload;
import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.models.Addresses;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/// Reads a model's shape from the head of a GGUF file, here or at an address, of which no more is
/// fetched than the head.
final class ModelHead {
    /// The first try; each further one has twice as much.
    private static final long FIRST = 1 << 20;

    /// No head is longer.
    private static final long MOST = 256L << 20;

    private ModelHead() {}

    /// What reading gives.
    sealed interface Made {
        /// A shape.
        ///
        /// @param shape of the model
        record Good(ModelShape shape) implements Made {}

        /// Why there is none.
        ///
        /// @param problem what is wrong, and how to mend it
        record Bad(String problem) implements Made {}
    }

    /// Whether a name is that of a file or an address.
    static boolean isPlace(String name) {
        return isAddress(name) || name.endsWith(".gguf");
    }

    private static boolean isAddress(String name) {
        return name.startsWith("https://") || name.startsWith("http://");
    }

    static Made read(String place) {
        String name = place.substring(place.lastIndexOf('/') + 1).replaceAll("[?#].*", "");
        try {
            return isAddress(place)
                    ? fetched(place, name)
                    : opened(Path.of(place), place, name, Files.size(Path.of(place)));
        } catch (IOException e) {
            return new Made.Bad(place + " cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Made opened(Path path, String place, String name, long bytes) {
        return switch (GgufFile.head(path)) {
            case GgufFile.Opening.Refused(String message, long _) ->
                    new Made.Bad(message.replace(path.toString(), place));
            case GgufFile.Opening.Open(GgufFile file) -> {
                try (file) {
                    Optional<ModelShape> shape = ModelShape.of(file, name, bytes);
                    yield shape.isPresent()
                            ? new Made.Good(shape.get())
                            : new Made.Bad(
                                    "the weights of "
                                            + place
                                            + " are stored in a way that cannot be planned; fit"
                                            + " knows F16, Q8_0, Q6_K, Q5_K_M, Q4_K_M, Q4_K_S,"
                                            + " Q3_K_M and MXFP4");
                }
            }
        };
    }

    private static Made fetched(String place, String name) throws IOException {
        URI uri = Addresses.of(place, false).orElse(null);
        if (uri == null) {
            return new Made.Bad(place + " is no https address");
        }
        Path file = Files.createTempFile("tierwise-head", ".gguf");
        try (var head = new Head(file);
                var download = new HttpDownload(HttpDownload.USUAL, LocalOnlyFile::holds)) {
            Download.Ended ended =
                    download.download(new Download.Order(uri, Map.of(), 0, null), head);
            if (head.complete() || ended instanceof Download.Ended.Whole) {
                return opened(file, place, name, head.total);
            }
            String why =
                    ended instanceof Download.Ended.Stopped
                            ? "it does not say how long it is, or has no head within 256 MiB"
                            : ended.says();
            return new Made.Bad(place + " was not read: " + why);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Takes bytes until they are a whole head. They go into a file as long as the model's, of
    /// which the rest stays a hole.
    private static final class Head implements Download.Receiver, AutoCloseable {
        private final Path file;
        private final FileChannel channel;
        private long total = -1;
        private long taken;
        private long next = FIRST;
        private boolean complete;

        Head(Path file) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        }

        boolean complete() {
            return complete;
        }

        @Override
        public boolean begin(Download.Head head) {
            total = head.total();
            return total > 0 && write(ByteBuffer.wrap(new byte[1]), total - 1);
        }

        @Override
        public boolean take(ByteBuffer bytes) {
            int length = bytes.remaining();
            if (!write(bytes, taken)) {
                return false;
            }
            taken += length;
            if (taken >= next) {
                next *= 2;
                complete = isWhole();
            }
            return !complete && taken < MOST;
        }

        private boolean write(ByteBuffer bytes, long at) {
            try {
                long place = at;
                while (bytes.hasRemaining()) {
                    place += channel.write(bytes, place);
                }
                return true;
            } catch (IOException _) {
                return false; // a full disk: told as a transfer that was stopped
            }
        }

        /// Whether the head ends within what came: else it would be read out of the hole.
        private boolean isWhole() {
            return GgufFile.head(file) instanceof GgufFile.Opening.Open(GgufFile open)
                    && begins(open) <= taken;
        }

        private static long begins(GgufFile open) {
            try (open) {
                return open.begin();
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
