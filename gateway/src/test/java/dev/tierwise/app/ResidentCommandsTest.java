package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResidentCommandsTest {
    private static final String RESIDENT =
            """
            {"object":"list","budget_bytes":8000000000,"used_bytes":2100000000,"data":[
              {"id":"llama3.2:3b","engine":"llama-server","state":"ready","bytes":2100000000,
               "context":8192,"slots":2,"active":1,"last_used":"2026-11-23T12:00:00Z"}]}\
            """;
    private static final String UNKNOWN =
            "{\"error\":{\"message\":\"There is no model `x`.\",\"code\":\"model_not_found\"}}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private HttpServer gateway;

    ResidentCommandsTest() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private void answer(String path, int status, String body) {
        gateway.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        byte[] said = exchange.getRequestBody().readAllBytes();
                        asked.add(
                                exchange.getRequestMethod()
                                        + " "
                                        + new String(said, StandardCharsets.UTF_8));
                        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(status, bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                });
    }

    private int run(String... arguments) {
        var line = new ArrayList<>(List.of("models"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--url", "http://127.0.0.1:" + gateway.getAddress().getPort()));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    @Test
    void whatIsInMemoryIsListed() {
        answer("/v1/models/resident", 200, RESIDENT);

        assertThat(run("ps")).isZero();

        assertThat(out.toString())
                .contains("llama3.2:3b", "llama-server", "ready", "2.10 GB", "8192")
                .contains("in use 2.10 GB of 8.00 GB");
        assertThat(asked).containsExactly("GET ");
    }

    @Test
    void jsonIsHandedOnAsItCame() {
        answer("/v1/models/resident", 200, RESIDENT);

        assertThat(run("ps", "--json")).isZero();

        assertThat(out.toString()).contains("\"budget_bytes\":8000000000").hasLineCount(1);
    }

    @Test
    void aModelIsLoadedAndUnloaded() {
        answer(
                "/v1/models/load",
                200,
                "{\"id\":\"llama3.2:3b\",\"engine\":\"built-in\",\"bytes\":2100000000}");
        answer("/v1/models/unload", 200, "{\"id\":\"llama3.2:3b\",\"freed_bytes\":2100000000}");

        assertThat(run("load", "llama3.2:3b")).isZero();
        assertThat(run("unload", "llama3.2:3b")).isZero();

        assertThat(out.toString())
                .contains("llama3.2:3b is loaded (built-in, 2.10 GB)")
                .contains("llama3.2:3b is unloaded: 2.10 GB freed");
        assertThat(asked).hasSize(2).allMatch("POST {\"model\":\"llama3.2:3b\"}"::equals);
    }

    @Test
    void anUnknownModelIsNotFound() {
        answer("/v1/models/load", 404, UNKNOWN);

        assertThat(run("load", "x")).isEqualTo(Main.NOT_FOUND);

        assertThat(err.toString()).isEqualToIgnoringNewLines("tw: There is no model `x`.");
    }

    @Test
    void anotherServerIsTold() {
        assertThat(run("ps")).isEqualTo(Main.FAILED);

        assertThat(err.toString()).contains("does not know this");
    }

    @Test
    void aGatewayThatWantsAKeyIsTold() {
        answer("/v1/models/resident", 401, "{}");

        assertThat(run("ps")).isEqualTo(Main.FAILED);

        assertThat(err.toString()).contains("TIERWISE_KEY");
    }

    @Test
    void noGatewayIsSaidWithWhatToDo() {
        gateway.stop(0);

        assertThat(run("ps")).isEqualTo(Main.FAILED);

        assertThat(err.toString()).contains("no gateway answers at", "./tw serve");
    }
}
