package dev.tierwise.call.process;

import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.HttpFetch;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A folder with a program that looks like llama-server, for tests.
///
/// @param folder where it is
record FakeProgram(Path folder) {
    private static final String HELP =
            "--host HOST --port PORT --ctx-size N --metrics --offline --no-webui --cache-ram N";

    /// Makes the program.
    ///
    /// @param behaviour `well`, `broken`, `silent` or `open`
    static FakeProgram make(Path folder, String behaviour) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script =
                """
                #!/bin/sh
                [ "$1" = --help ] && echo '%s' && exit 0
                exec %s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx32m -cp '%s' %s '%s' %s "$@"
                """
                        .formatted(
                                HELP,
                                java,
                                FakeLlama.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath(),
                                FakeLlama.class.getName(),
                                folder.resolve("starts"),
                                behaviour);
        try {
            Path program = Files.writeString(folder.resolve("llama-server"), script);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FakeProgram(folder);
    }

    /// One line for each start: process, arguments, and names of environment variables.
    List<String> starts() {
        try {
            Path file = folder.resolve("starts");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pidOf(int start) {
        String line = starts().get(start);
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    Path log() {
        return folder.resolve("logs/llama.log");
    }

    LlamaSettings settings() {
        var found = (LlamaBinary.Looked.Found) LlamaBinary.onPath(folder.toString());
        return new LlamaSettings(
                found.binary(),
                "tiny",
                folder.resolve("tiny.gguf"),
                0,
                1_000,
                2,
                log(),
                new Endpoint.Limits(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60)));
    }

    LlamaServer server(Vertx vertx, LlamaServer.Persistence persistence) {
        return new LlamaServer(
                settings(),
                new LlamaServer.Surroundings(
                        vertx, new HttpFetch(vertx), new Cores(8, () -> 3.2), Clock.systemUTC()),
                persistence);
    }
}
