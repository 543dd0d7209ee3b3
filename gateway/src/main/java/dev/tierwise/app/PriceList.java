package dev.tierwise.app;

import dev.tierwise.call.Download;
import dev.tierwise.call.http.HttpDownload;
import dev.tierwise.models.Addresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gets a public list of prices, from a file or an address.
final class PriceList {
    private static final int MOST = 64 << 20;

    private PriceList() {}

    /// What reading gives.
    sealed interface Made {
        /// A list.
        ///
        /// @param list a JSON array
        record Good(JsonNode list) implements Made {}

        /// Why there is none.
        ///
        /// @param problem what is wrong, and how to mend it
        record Bad(String problem) implements Made {}
    }

    static Made read(String place) {
        return place.startsWith("https://") || place.startsWith("http://")
                ? fetched(place)
                : file(place);
    }

    private static Made file(String place) {
        try {
            Path path = Path.of(place);
            if (Files.size(path) > MOST) {
                return new Made.Bad(place + " is larger than 64 MiB and no list of prices");
            }
            return parsed(place, Files.readAllBytes(path));
        } catch (IOException | InvalidPathException e) {
            return new Made.Bad(
                    place + " cannot be read (" + e.getMessage() + "). Give a file or an address");
        }
    }

    private static Made fetched(String place) {
        var whole = new ByteArrayOutputStream();
        var into =
                new Download.Receiver() {
                    @Override
                    public boolean begin(Download.Head head) {
                        return head.total() <= MOST;
                    }

                    @Override
                    public boolean take(ByteBuffer bytes) {
                        byte[] piece = new byte[bytes.remaining()];
                        bytes.get(piece);
                        whole.writeBytes(piece);
                        return whole.size() <= MOST;
                    }
                };
        URI uri = Addresses.of(place, false).orElse(null);
        if (uri == null) {
            return new Made.Bad(place + " is no https address");
        }
        try (var download = new HttpDownload(HttpDownload.USUAL, LocalOnlyFile::holds)) {
            var order = new Download.Order(uri, Map.of(), 0, null);
            Download.Ended ended = download.download(order, into);
            String why =
                    ended instanceof Download.Ended.Stopped
                            ? "it is larger than 64 MiB"
                            : ended.says();
            return why.isEmpty()
                    ? parsed(place, whole.toByteArray())
                    : new Made.Bad(
                            place
                                    + " was not fetched ("
                                    + why
                                    + "). Get it by hand and give --list FILE");
        }
    }

    private static Made parsed(String place, byte[] bytes) {
        try {
            JsonNode list = JsonMapper.shared().readTree(bytes);
            return list.isArray() && !list.isEmpty() && list.get(0).has("models")
                    ? new Made.Good(list)
                    : new Made.Bad(place + " is no list of providers with models");
        } catch (JacksonException _) {
            return new Made.Bad(place + " is no JSON");
        }
    }
}
