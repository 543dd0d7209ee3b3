package dev.tierwise.call.process;

import dev.tierwise.call.Fetch;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One start of llama-server: its command line, its port and its key. Printing it shows no key.
///
/// @param command the program and its arguments; holds no secret, for all users can read it
/// @param port on loopback
/// @param key what requests must show
record Launch(List<String> command, int port, String key) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Below what Linux hands out by itself.
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 50;

    /// Prompts that the server keeps to answer the next like it faster; its own default is 8192.
    private static final String CACHE_MIB = "256";

    static Launch prepare(LlamaSettings settings, int threads, Fetch fetch) throws IOException {
        int port = freePort(fetch);
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return new Launch(command(settings, threads, port), port, HexFormat.of().formatHex(key));
    }

    private static int freePort(Fetch fetch) throws IOException {
        for (int i = 0; i < 20; i++) {
            int port = FIRST_PORT + RANDOM.nextInt(PORTS);
            var request = Fetch.Request.get(URI.create("http://127.0.0.1:" + port + "/"), SHORT);
            if (fetch.fetch(request) instanceof Fetch.Reply.Unreachable) {
                return port;
            }
        }
        throw new IOException("no free port was found");
    }

    private static List<String> command(LlamaSettings settings, int threads, int port) {
        var flags = settings.binary().flags();
        var command =
                new ArrayList<>(
                        List.of(
                                settings.binary().path().toString(),
                                "--host",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(port),
                                "--model",
                                settings.file().toString(),
                                "--alias",
                                settings.name(),
                                "--threads",
                                Integer.toString(threads),
                                "--parallel",
                                Integer.toString(settings.slots()),
                                // the server divides its context among its slots
                                "--ctx-size",
                                Long.toString(settings.context() * settings.slots())));
        for (String wish :
                List.of("--metrics", "--offline", "--jinja", "--no-webui", "--no-slots")) {
            if (flags.contains(wish)) {
                command.add(wish);
            }
        }
        if (flags.contains("--cache-ram")) {
            command.addAll(List.of("--cache-ram", CACHE_MIB));
        }
        return command;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// Waits until the server answers.
    ///
    /// @return why it will not; null when it does
    @Nullable String awaitReady(Child child, Fetch fetch, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            if (!child.isAlive()) {
                return "it ended with status " + child.await() + " before it answered";
            }
            Fetch.Reply health = fetch.fetch(Fetch.Request.get(at("/health"), SHORT));
            if (health instanceof Fetch.Reply.Answered(int status, _) && status == 200) {
                return keyTrouble(fetch);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return "it did not answer within " + atMost.toSeconds() + " s";
    }

    /// Whether what listens there is the child: it alone knows the key, and turns others away.
    private @Nullable String keyTrouble(Fetch fetch) {
        int without = status(fetch, Map.of());
        int with = status(fetch, Map.of("authorization", "Bearer " + key));
        return without == 401 && with != 401 && with > 0
                ? null
                : "it does not ask for its key (" + without + ", " + with + ")";
    }

    private int status(Fetch fetch, Map<String, String> headers) {
        var request = new Fetch.Request("GET", at("/props"), headers, "", SHORT);
        return fetch.fetch(request) instanceof Fetch.Reply.Answered(int status, _) ? status : 0;
    }

    @Override
    public String toString() {
        return "Launch[port " + port + "]";
    }
}
