package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.process.Cores;
import dev.tierwise.call.process.LlamaBinary;
import dev.tierwise.call.process.LlamaServer;
import dev.tierwise.call.process.LlamaState;
import dev.tierwise.config.EngineSettings;
import dev.tierwise.models.Facts;
import dev.tierwise.models.Stored;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaServersTest {
    private static final LlamaBinary BINARY =
            new LlamaBinary(Path.of("/opt/llama-server"), Set.of("--port"));

    @TempDir private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final LlamaServers servers =
            new LlamaServers(
                    new LlamaServer.Surroundings(
                            vertx,
                            _ -> new Fetch.Reply.Unreachable("nothing"),
                            new Cores(2, () -> 0),
                            Clock.systemUTC()),
                    Path.of("/logs"));

    @AfterEach
    void close() {
        servers.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Stored model(long context) {
        return new Stored(
                "tiny",
                "here",
                Path.of("/models/tiny-01/model.gguf"),
                "00",
                1,
                Instant.EPOCH,
                null,
                new Facts("llama", "Q4_K_M", 1, context, null),
                Map.of());
    }

    private static EngineSettings settings(@Nullable Integer threads, @Nullable Long context) {
        return new EngineSettings(new EngineSettings.LlamaServer.Auto(), threads, context, 3);
    }

    @Test
    void aModelGetsNoMoreContextThanItWasTrainedFor() {
        assertThat(context(2_048, null)).isEqualTo(2_048);
        assertThat(context(131_072, null)).isEqualTo(8_192);
        assertThat(context(131_072, 32_768L)).isEqualTo(32_768);
        assertThat(context(0, 512L)).isEqualTo(512);
    }

    private long context(long trained, @Nullable Long wished) {
        return servers.server(model(trained), settings(null, wished), BINARY).settings().context();
    }

    @Test
    void oneServerServesAModelUntilItsSettingsChange() {
        LlamaServer first = servers.server(model(0), settings(null, null), BINARY);

        assertThat(servers.server(model(0), settings(null, null), BINARY)).isSameAs(first);
        assertThat(first.settings().log()).isEqualTo(Path.of("/logs/tiny-01.log"));
        assertThat(first.settings().slots()).isEqualTo(3);
        LlamaServer second = servers.server(model(0), settings(1, null), BINARY);
        assertThat(second).isNotSameAs(first);
        assertThat(second.settings().threads()).isEqualTo(1);
        assertThat(servers.all()).containsValue(second).hasSize(1);
    }

    @Test
    void serversOfModelsThatAreGoneEnd() {
        LlamaServer server = servers.server(model(0), settings(null, null), BINARY);

        servers.keep(List.of(Path.of("/models/other/model.gguf")));

        assertThat(servers.all()).isEmpty();
        assertThat(server.state()).isEqualTo(new LlamaState.Idle());
    }

    @Test
    void theProgramIsTheOneThatTheConfigurationMeans() throws IOException {
        Path program = folder.resolve("llama-server");
        Files.writeString(program, "#!/bin/sh\necho '--port --ctx-size'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = folder.toString();

        assertThat(servers.binary(new EngineSettings.LlamaServer.Auto(), path))
                .hasValueSatisfying(it -> assertThat(it.path()).isEqualTo(program));
        assertThat(servers.binary(new EngineSettings.LlamaServer.Auto(), null)).isEmpty();
        assertThat(servers.binary(new EngineSettings.LlamaServer.Off(), path)).isEmpty();
        assertThat(servers.troubles()).isEmpty();
        assertThat(servers.binary(new EngineSettings.LlamaServer.At(folder.resolve("none")), path))
                .isEmpty();
        assertThat(servers.troubles())
                .singleElement()
                .asString()
                .contains("there is no program", "engine.llama-server");
    }
}
