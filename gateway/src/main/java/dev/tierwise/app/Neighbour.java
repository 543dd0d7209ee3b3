package dev.tierwise.app;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.config.Config;
import dev.tierwise.config.ServerSettings;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The gateway that runs on this machine, asked by a command of another process. A mixin: it brings
/// the options that say where it is.
final class Neighbour {
    /// Loading reads a whole file from the disk.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// What a gateway says when it is asked of something that is not there.
    private static final Set<String> NOT_THERE = Set.of("model_not_found", "request_not_found");

    private static final String KEY_VARIABLE = "TIERWISE_KEY";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where the gateway is. Default: what the configuration says, else"
                            + " http://127.0.0.1:7020.")
    private @Nullable URI url;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    /// What asking came to.
    sealed interface Said {
        record Yes(JsonNode body) implements Said {}

        record No(int code, String message) implements Said {}
    }

    /// Asks it. The body is JSON, or empty for a `GET`.
    Said ask(String path, String body, PrintWriter err) {
        Optional<Config> config = configuration.read(err);
        if (config.isEmpty()) {
            return new Said.No(Main.FAILED, "the configuration cannot be used");
        }
        URI base = url == null ? here(config.get().server()) : url;
        if (base.getHost() == null || base.getScheme() == null) {
            return new Said.No(
                    Main.USAGE,
                    "--url takes scheme, host and port, such as " + here(ServerSettings.DEFAULT));
        }
        var headers = new HashMap<String, String>();
        key(config.get(), base).ifPresent(key -> headers.put("authorization", "Bearer " + key));
        if (!body.isEmpty()) {
            headers.put("content-type", "application/json");
        }
        String method = body.isEmpty() ? "GET" : "POST";
        return switch (fetch(
                new Fetch.Request(method, base.resolve(path), headers, body, PATIENCE))) {
            case Fetch.Reply.Unreachable _ ->
                    new Said.No(
                            Main.FAILED,
                            "no gateway answers at " + base + "; start one with ./tw serve");
            case Fetch.Reply.Silent _ ->
                    new Said.No(
                            Main.FAILED,
                            base + " did not answer within " + PATIENCE.toMinutes() + " minutes");
            case Fetch.Reply.Answered(int status, String text) -> said(base, status, text);
        };
    }

    private static Fetch.Reply fetch(Fetch.Request request) {
        Vertx vertx = Gateway.newVertx();
        try {
            return new HttpFetch(vertx, LocalOnlyFile::holds).fetch(request);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /// The variable's key, else the first of the file, which whoever can read it may use: but only
    /// with the gateway that the file speaks of, or one of this machine.
    private Optional<String> key(Config config, URI base) {
        String given = System.getenv(KEY_VARIABLE);
        if (given != null && !given.isBlank()) {
            return Optional.of(given.strip());
        }
        return url == null || ServerSettings.isLoopback(base.getHost())
                ? config.keys().stream().map(key -> key.key().reveal()).findFirst()
                : Optional.empty();
    }

    private static URI here(ServerSettings server) {
        // every address of this machine is reached by the loopback one
        String host =
                switch (server.host()) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::" -> "[::1]";
                    default ->
                            server.host().contains(":") ? "[" + server.host() + "]" : server.host();
                };
        return URI.create("http://" + host + ":" + server.port());
    }

    static Said said(URI base, int status, String text) {
        JsonNode body = tree(text);
        if (status == 200 && body.isObject()) {
            return new Said.Yes(body);
        }
        JsonNode error = body.path("error");
        String message = error.path("message").asString("");
        boolean nothing = NOT_THERE.contains(error.path("code").asString(""));
        if (status == 404 && !nothing) {
            return new Said.No(
                    Main.FAILED,
                    "what answers at "
                            + base
                            + " does not know this: it is another server, or another version of"
                            + " Tierwise");
        }
        if (status == 401) {
            return new Said.No(
                    Main.FAILED,
                    "the gateway wants a key: set " + KEY_VARIABLE + " to one of its keys");
        }
        return new Said.No(
                nothing ? Main.NOT_FOUND : Main.FAILED,
                message.isEmpty() ? base + " answered " + status : message);
    }

    private static JsonNode tree(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException _) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
