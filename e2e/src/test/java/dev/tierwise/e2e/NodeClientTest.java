package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's own JavaScript client. Needs node and npm; `./tw test --without-node` leaves it out.
@Tag("node")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodeClientTest {
    private static final Path NODE = Path.of("node").toAbsolutePath();
    private static final List<String> MODELS = List.of("openai", "ollama");
    private static final String TEXT = "Paris, of course: Ça va de soi. 🗼";
    private static final String ARGUMENTS = "{\"city\":\"Paris\"}";

    private final FakeUpstream fake = FakeUpstream.start();
    private final GatewayProcess gateway;

    NodeClientTest() {
        gateway =
                GatewayProcess.start(
                        Yaml.of("")
                                .upstream("plain", "vllm", fake.url(), "retries: 0")
                                .upstream("native", "ollama", fake.url(), "retries: 0")
                                .model("openai", "plain", "local")
                                .model("ollama", "native", "mid")
                                .text());
    }

    @BeforeAll
    static void install() throws Exception {
        run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
    }

    @AfterAll
    void stop() {
        try (fake;
                gateway) {
            assertThat(gateway.stderr()).doesNotContain(TEXT);
        }
    }

    @BeforeEach
    void wellAgain() {
        fake.fault(Fault.NONE);
        fake.script(Script.of(TEXT).withToolCall("weather", ARGUMENTS));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("tierwise-node", ".out");
        Path err = Files.createTempFile("tierwise-node", ".err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(NODE.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(err));
            }
            assertThat(process.exitValue()).as("%s: %s", command, Files.readString(err)).isZero();
            return Files.readString(out);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private JsonNode drive(String step) throws Exception {
        var command =
                List.of("node", "drive.mjs", step, gateway.url().toString(), fake.url().toString());
        return JsonMapper.shared().readTree(run(command));
    }

    @Test
    void aWholeAnswerIsRead() throws Exception {
        JsonNode seen = drive("chat");

        for (String model : MODELS) {
            assertThat(seen.at("/" + model + "/text").stringValue()).isEqualTo(TEXT);
            assertThat(seen.at("/" + model + "/finish").stringValue()).isEqualTo("stop");
            assertThat(seen.at("/" + model + "/model").stringValue()).isEqualTo(model);
        }
    }

    @Test
    void aStreamedAnswerIsReadToItsEnd() throws Exception {
        JsonNode seen = drive("stream");

        for (String model : MODELS) {
            assertThat(seen.at("/" + model + "/text").stringValue()).isEqualTo(TEXT);
            assertThat(seen.at("/" + model + "/finish").stringValue()).isEqualTo("stop");
        }
    }

    @Test
    void aToolCallComesBackWholeAndStreamed() throws Exception {
        JsonNode seen = drive("tools");

        for (String model : MODELS) {
            JsonNode tools = seen.path(model);
            assertThat(tools.path("name").stringValue()).isEqualTo("weather");
            assertThat(tools.path("arguments").stringValue()).isEqualTo(ARGUMENTS);
            assertThat(tools.path("finish").stringValue()).isEqualTo("tool_calls");
            assertThat(tools.at("/streamed/call").stringValue()).isEqualTo(ARGUMENTS);
            assertThat(tools.at("/streamed/finish").stringValue()).isEqualTo("tool_calls");
        }
    }

    @Test
    void anAbortInMidStreamFreesTheUpstream() throws Exception {
        fake.fault(Fault.HANG_MID_STREAM);

        JsonNode seen = drive("abort");

        for (String model : MODELS) {
            assertThat(seen.at("/" + model + "/chunks").intValue()).isPositive();
            assertThat(seen.at("/" + model + "/active").intValue()).isZero();
        }
        assertThat(fake.abandoned()).isEqualTo(MODELS.size());
    }

    @Test
    void aCutUpstreamThrows() throws Exception {
        fake.script(Script.of(TEXT).withChunkDelay(java.time.Duration.ofMillis(20)));
        fake.fault(Fault.CUT_MID_STREAM);

        JsonNode seen = drive("cut");

        for (String model : MODELS) {
            JsonNode cut = seen.path(model);
            assertThat(cut.path("threw").booleanValue()).as("%s", cut).isTrue();
            assertThat(cut.path("code").stringValue()).isEqualTo("upstream_cut");
            assertThat(cut.path("message").stringValue()).contains("the stream broke off");
        }
    }
}
