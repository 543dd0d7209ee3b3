package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `tw doctor` prints in the place of its usual page.
class DoctorCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void rawReadingsAreWhatWasAskedAndWhatWasMadeOfIt() {
        assertThat(run("--raw")).as(err.toString()).isZero();

        assertThat(out.toString())
                .startsWith("system: " + System.getProperty("os.name"))
                .contains("\n$ nvidia-smi ")
                .contains("What was made of it:\n")
                .contains("(cpu): memory ");
    }

    @Test
    void rawReadingsAreNoJson() {
        assertThat(run("--raw", "--json")).isEqualTo(Main.USAGE);
    }

    @Test
    void theMachineIsShownAndWhatItMeans() throws Exception {
        var _ = run("--config", config("discovery: off\n"));

        assertThat(out.toString())
                .containsPattern("(?m)^Machine        .+ main memory .+ GB \\(measured: .+\\)")
                .containsPattern(
                        "(?m)^Models run on  .+: for models .+, bandwidth .+; ./tw fit says");
    }

    @Test
    void whatAModelCanDoIsShownWithWhoeverSaysSo() throws Exception {
        try (var llama = FakeUpstream.start(Kind.LLAMA_SERVER)) {
            llama.runtime(new RuntimeState(100, 1).with("small", 40));
            String file =
                    config(
                            """
                            upstreams:
                              - {name: box, backend: llama-server, url: '%s'}
                              - {name: off, backend: vllm, url: 'http://127.0.0.1:9'}
                            models:
                              - {name: small, upstream: box, tier: local}
                              - {name: other, upstream: off, tier: local}
                              - {name: told, upstream: off, tier: local, capabilities: [tools]}
                            """
                                    .formatted(llama.url()));

            assertThat(run("--config", file)).as(err.toString()).isZero();
            String page = out.toString();
            out.getBuffer().setLength(0);
            assertThat(run("--json", "--config", file)).isZero();

            assertThat(page)
                    .contains("small at box")
                    .contains("json-schema, json-mode, ")
                    .contains("(documented: llama-server (llama.cpp)'s documentation)")
                    .contains("it has not said what it can do")
                    .contains("tools (configured: the configuration)");
            JsonNode json = JsonMapper.shared().readTree(out.toString());
            assertThat(json.at("/machine/memory/origin").asString()).isEqualTo("measured");
            assertThat(json.at("/models/0/sites/0/abilities/json-schema/origin").asString())
                    .isEqualTo("documented");
            assertThat(json.at("/models/1/sites/0/abilities")).isEmpty();
        }
    }

    private String config(String yaml) throws IOException {
        return Files.writeString(folder.resolve("tierwise.yaml"), yaml).toString();
    }

    private int run(String... options) {
        var line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 1];
        all[0] = "doctor";
        System.arraycopy(options, 0, all, 1, options.length);
        return line.execute(all);
    }
}
