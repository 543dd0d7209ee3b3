package dev.tierwise.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.registry.FakeRegistry;
import dev.tierwise.fakes.registry.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final byte[] MODEL = TinyFile.of(16 << 20, 3);

    @TempDir private Path folder;

    @Test
    void aKilledPullGoesOnWhereItWas() throws Exception {
        try (var registry = FakeRegistry.start()) {
            registry.repository("acme/tiny-GGUF", "mit", Map.of("tiny-Q4_K_M.gguf", MODEL));
            registry.trouble(Trouble.always(Trouble.Kind.SLOW, 0));
            var store = new Store(folder);
            Process first = start(registry);
            boolean begun =
                    FakeUpstream.await(
                            () ->
                                    store.list().unfinished().stream()
                                            .anyMatch(it -> it.bytes() > 1 << 20),
                            Duration.ofSeconds(60));

            first.destroyForcibly().waitFor();
            long kept = store.list().unfinished().getFirst().bytes();
            registry.trouble(Trouble.NONE);
            Process second = start(registry);
            String said =
                    new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(begun).isTrue();
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).startsWith("Done[");
            assertThat(registry.seen().getLast().range()).isEqualTo("bytes=" + kept + "-");
            assertThat(store.list().models().getFirst().file()).hasBinaryContent(MODEL);
            assertThat(store.list().unfinished()).isEmpty();
        }
    }

    private Process start(FakeRegistry registry) throws IOException {
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx24m", // the file is larger than what such a heap could hold
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Puller.class.getName(),
                        folder.toString(),
                        "acme/tiny-GGUF");
        builder.environment().put("TIERWISE_HF_URL", registry.url().toString());
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
