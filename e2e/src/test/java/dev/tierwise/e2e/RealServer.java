package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real model server, as a process with an environment and a folder of its own, on a free port of
/// loopback. Closing ends it.
///
/// @param process it
/// @param url where it listens
/// @param log what it says
record RealServer(Process process, URI url, Path log) implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(90);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /// The program that a property names, such as `-Dollama=/opt/ollama/bin/ollama`.
    static Path program(String property) {
        String value = System.getProperty(property, "");
        assertThat(value)
                .as("say where the program is: ./tw test -Preal -D%s=/path/of/%<s", property)
                .isNotEmpty();
        assertThat(Path.of(value)).isExecutable();
        return Path.of(value);
    }

    /// A port that nobody listens on.
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts one and waits until a path of it answers with status 200.
    ///
    /// @param home its working folder
    /// @param ready the path
    static RealServer start(
            List<String> command,
            Map<String, String> variables,
            Path home,
            int port,
            String ready) {
        Path log = home.resolve("server.log");
        var builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(variables);
        try {
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
            var server = new RealServer(process, URI.create("http://127.0.0.1:" + port), log);
            boolean answers =
                    FakeUpstream.await(
                            () -> !process.isAlive() || server.status(ready) == 200, LONG);
            assertThat(answers && process.isAlive())
                    .as(() -> "the server did not start: " + server.said())
                    .isTrue();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String said() {
        try {
            return Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int status(String path) {
        try {
            var request = HttpRequest.newBuilder(url.resolve(path)).timeout(LONG).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// The answer to a `POST`, which must end with a status below 300.
    String post(String path, HttpRequest.BodyPublisher body) {
        try {
            var request =
                    HttpRequest.newBuilder(url.resolve(path)).timeout(LONG).POST(body).build();
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isLessThan(300);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode json(String path) {
        try {
            var request = HttpRequest.newBuilder(url.resolve(path)).timeout(LONG).build();
            return JsonMapper.shared()
                    .readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// The processes that run models for it: another one stands for another load.
    Set<Long> runners() {
        return process.descendants()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        process.destroy();
        try {
            if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException _) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
