package dev.tierwise.fakes.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A registry on 127.0.0.1 that has repositories in the form of Hugging Face, models in the form of
/// Ollama's registry, and plain files, and breaks off, stalls or lies as it is told. Safe for use
/// by several threads; a change holds for the requests read after it.
public final class FakeRegistry implements AutoCloseable {
    private static final int PIECE = 64 << 10;
    private static final long SLOW_MILLIS = 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Item> items = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile Trouble trouble = Trouble.NONE;

    private FakeRegistry() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /// A request, as far as tests ask for it.
    ///
    /// @param path without the query
    /// @param range the header `range`, or nothing
    /// @param authorization the header `authorization`, or nothing
    public record Seen(String path, String range, String authorization) {}

    /// What is at a path: bytes, or the place where they are.
    private sealed interface Item {
        record Bytes(Buffer bytes, String type) implements Item {}

        record Moved(String location, String linkedTag) implements Item {}

        record Claimed(long bytes) implements Item {}
    }

    /// Starts one on a free port.
    public static FakeRegistry start() {
        return new FakeRegistry();
    }

    /// The base address, without a slash at the end.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Puts a file at a path that begins with a slash.
    public void file(String path, byte[] bytes) {
        items.put(path, new Item.Bytes(Buffer.buffer(bytes.clone()), "application/octet-stream"));
    }

    /// Lets a path redirect to an address.
    public void moved(String path, String location) {
        items.put(path, new Item.Moved(location, ""));
    }

    /// Makes a repository in the form of Hugging Face: its list of files with digests, and each
    /// file behind a redirect, as from a delivery network.
    ///
    /// @param name owner and repository
    /// @param licence what its card says
    /// @param files bytes by path
    public void repository(String name, String licence, Map<String, byte[]> files) {
        String commit = Digests.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 40);
        items.put("/api/models/" + name, Listings.repository(commit, licence, files));
        files.forEach((path, bytes) -> {
            String at = "/delivered/" + Digests.sha256(bytes);
            file(at, bytes);
            items.put(
                    "/" + name + "/resolve/" + commit + "/" + path,
                    new Item.Moved(at, '"' + Digests.sha256(bytes) + '"'));
        });
    }

    /// Makes a model in the form of Ollama's registry.
    ///
    /// @param path space and model, such as `library/tiny`
    /// @param tag its variant
    /// @param model the bytes of the GGUF file
    /// @param extras further layers by kind, such as `template`
    public void model(String path, String tag, byte[] model, Map<String, String> extras) {
        items.put("/v2/" + path + "/manifests/" + tag, Listings.manifest(model, extras));
        file("/v2/" + path + "/blobs/sha256:" + Digests.sha256(model), model);
        extras.values()
                .forEach(text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    file("/v2/" + path + "/blobs/sha256:" + Digests.sha256(bytes), bytes);
                });
    }

    /// Makes a model in the form of Ollama's registry that says it has so many bytes.
    ///
    /// @param path space and model, such as `library/tiny`
    /// @param tag its variant
    public void claim(String path, String tag, long bytes) {
        String digest = Digests.sha256((path + ":" + tag).getBytes(StandardCharsets.UTF_8));
        items.put("/v2/" + path + "/manifests/" + tag, Listings.claim(digest, bytes));
        items.put("/v2/" + path + "/blobs/sha256:" + digest, new Item.Claimed(bytes));
    }

    /// Switches to a trouble, until the next call. It concerns files, not lists of them.
    public void trouble(Trouble next) {
        trouble = next;
    }

    /// The requests so far.
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = header(exchange, "range");
            seen.add(new Seen(path, range, header(exchange, "authorization")));
            switch (items.get(path)) {
                case null -> exchange.sendResponseHeaders(404, -1);
                case Item.Moved(String location, String tag) -> {
                    exchange.getResponseHeaders().set("location", location);
                    if (!tag.isEmpty()) {
                        exchange.getResponseHeaders().set("x-linked-etag", tag);
                    }
                    exchange.sendResponseHeaders(302, -1);
                }
                case Item.Claimed(long bytes) -> {
                    exchange.sendResponseHeaders(200, bytes);
                    exchange.getResponseBody().write(new byte[4]);
                    exchange.getResponseBody().flush();
                }
                case Item.Bytes(Buffer bytes, String type) when type.endsWith("json") ->
                        whole(exchange, bytes.getBytes(), type);
                case Item.Bytes(Buffer bytes, String _) -> file(exchange, bytes.getBytes(), range);
            }
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void whole(HttpExchange exchange, byte[] bytes, String type) throws IOException {
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void file(HttpExchange exchange, byte[] whole, String range) throws IOException {
        Trouble now = trouble.take();
        if (now.kind() == Trouble.Kind.STATUS) {
            exchange.sendResponseHeaders((int) now.figure(), -1);
            return;
        }
        byte[] bytes = whole.clone();
        if (now.kind() == Trouble.Kind.CORRUPT) {
            bytes[bytes.length - 1] ^= 1;
        }
        String tag = '"' + Digests.sha256(whole).substring(0, 16) + '"';
        String condition = header(exchange, "if-range");
        boolean part =
                !range.isEmpty()
                        && now.kind() != Trouble.Kind.NO_RANGES
                        && (condition.isEmpty() || condition.equals(tag));
        int from = part ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        if (from >= bytes.length && part) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders().set("etag", tag);
        if (part) {
            String shown = "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length;
            exchange.getResponseHeaders().set("content-range", shown);
        }
        exchange.sendResponseHeaders(part ? 206 : 200, bytes.length - from);
        send(exchange.getResponseBody(), bytes, from, now);
    }

    private static void send(OutputStream out, byte[] bytes, int from, Trouble now)
            throws IOException {
        boolean ends = now.kind() == Trouble.Kind.CUT || now.kind() == Trouble.Kind.STALL;
        int until = ends ? Math.min(bytes.length, from + (int) now.figure()) : bytes.length;
        for (int at = from; at < until; at += PIECE) {
            out.write(bytes, at, Math.min(PIECE, until - at));
            if (now.kind() == Trouble.Kind.SLOW) {
                out.flush();
                pause(SLOW_MILLIS);
            }
        }
        out.flush();
        if (now.kind() == Trouble.Kind.STALL) {
            pause(TimeUnit.MINUTES.toMillis(2));
        }
        if (until < bytes.length) {
            throw new IOException("told to break off here");
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("closing");
        }
    }

    /// Ends all connections.
    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    /// The lists of the two forms of registries.
    private static final class Listings {
        private static final String JSON = "application/json";

        private static Item repository(String commit, String licence, Map<String, byte[]> files) {
            List<Map<String, Object>> siblings =
                    files.entrySet().stream()
                            .map(file ->
                                    Map.<String, Object>of(
                                            "rfilename",
                                            file.getKey(),
                                            "size",
                                            file.getValue().length,
                                            "lfs",
                                            Map.of(
                                                    "sha256",
                                                    Digests.sha256(file.getValue()),
                                                    "size",
                                                    file.getValue().length)))
                            .toList();
            return json(
                    Map.of(
                            "sha",
                            commit,
                            "cardData",
                            Map.of("license", licence),
                            "siblings",
                            siblings));
        }

        private static Item manifest(byte[] model, Map<String, String> extras) {
            var layers = new ArrayList<Map<String, Object>>();
            layers.add(layer("model", model));
            extras.forEach(
                    (kind, text) -> layers.add(layer(kind, text.getBytes(StandardCharsets.UTF_8))));
            return json(Map.of("schemaVersion", 2, "layers", layers));
        }

        private static Item claim(String digest, long bytes) {
            return json(
                    Map.of("schemaVersion", 2, "layers", List.of(layer("model", digest, bytes))));
        }

        private static Map<String, Object> layer(String kind, byte[] bytes) {
            return layer(kind, Digests.sha256(bytes), bytes.length);
        }

        private static Map<String, Object> layer(String kind, String digest, long bytes) {
            return Map.of(
                    "mediaType",
                    "application/vnd.ollama.image." + kind,
                    "digest",
                    "sha256:" + digest,
                    "size",
                    bytes);
        }

        private static Item json(Object tree) {
            return new Item.Bytes(Buffer.buffer(Digests.json(tree)), JSON);
        }
    }
}
