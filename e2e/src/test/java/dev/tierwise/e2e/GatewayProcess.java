package dev.tierwise.e2e;

import dev.tierwise.fakes.FakeUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// A gateway that runs as a process of its own on a free port. Closing stops it with SIGTERM.
final class GatewayProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Home home;
    private final Process process;
    private final Path err;
    private final URI url;

    private GatewayProcess(Home home, Process process, Path err, URI url) {
        this.home = home;
        this.process = process;
        this.err = err;
        this.url = url;
    }

    /// Starts one with this `tierwise.yaml`.
    static GatewayProcess start(String yaml) {
        return start(Home.make(), yaml);
    }

    /// Starts one with this `tierwise.yaml` and these variables in its environment.
    static GatewayProcess start(String yaml, Map<String, String> variables) {
        return start(Home.make(variables), yaml);
    }

    /// Starts one with this `tierwise.yaml` in a home that may hold models already.
    static GatewayProcess start(Home home, String yaml) {
        Path config = home.write("tierwise.yaml", yaml);
        Path out = home.folder().resolve("serve.out");
        Path err = home.folder().resolve("serve.err");
        var command = List.of("serve", "--port", "0", "--json", "--config", config.toString());
        try {
            Process process =
                    home.product(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            boolean said =
                    FakeUpstream.await(
                            () -> !process.isAlive() || read(out).endsWith("}\n"), START);
            if (!said || !process.isAlive()) {
                process.destroyForcibly();
                String words = read(out) + read(err);
                home.close();
                throw new AssertionError("the gateway did not start: " + words);
            }
            String base = JsonMapper.shared().readTree(read(out)).path("url").stringValue();
            return new GatewayProcess(home, process, err, URI.create(base));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it listens, with `/v1` at the end.
    URI url() {
        return url;
    }

    URI at(String path) {
        return url.resolve(path);
    }

    Home home() {
        return home;
    }

    LedgerRows ledger() {
        return new LedgerRows(home.ledger());
    }

    /// All that it has said on stderr.
    String stderr() {
        return read(err);
    }

    /// The memory of the process that is in use now, in bytes.
    long residentBytes() {
        return read(Path.of("/proc/" + process.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /// Puts another `tierwise.yaml` in the place of the one it runs with.
    void configure(String yaml) {
        home.write("tierwise.yaml", yaml);
    }

    /// `tw report --json` on its ledger.
    Home.Result report() {
        return home.run("report", "--json");
    }

    /// Ends it as a power cut would.
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Sends SIGTERM and waits for the end; everything is written then.
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the gateway did not stop: " + stderr());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        stop();
        home.close();
    }
}
