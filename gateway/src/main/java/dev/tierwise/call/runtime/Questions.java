package dev.tierwise.call.runtime;

import dev.tierwise.call.Fetch;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The questions to one runtime that have to be answered by one deadline. For one thread.
final class Questions {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final int LONGEST_COMPLAINT = 200;

    private final Fetch fetch;
    private final RuntimeServer server;
    private final long end;
    private Duration pause = FIRST_PAUSE;

    Questions(Fetch fetch, RuntimeServer server, Duration patience) {
        this.fetch = fetch;
        this.server = server;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /// What was heard.
    sealed interface Heard {
        /// An answer with status 200 that is a JSON object or array.
        ///
        /// @param root the body
        record Json(JsonNode root) implements Heard {}

        /// None of use.
        ///
        /// @param failure why
        /// @param status the HTTP status; 0 where there was none
        record No(Failure failure, int status) implements Heard {}
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// How much time is left; a millisecond when none is, for there is no timeout of nothing.
    Duration left() {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /// What a `GET` of a path shows.
    Heard get(String path) {
        return json("GET", path, "");
    }

    /// What a `POST` of `body` to a path shows.
    Heard post(String path, ObjectNode body) {
        return json("POST", path, body.toString());
    }

    /// A `GET` of what is no JSON; null where it cannot be had.
    @Nullable String text(String path) {
        return ask("GET", path, "") instanceof Fetch.Reply.Answered(int status, String text)
                        && status == OK
                ? text
                : null;
    }

    private Heard json(String method, String path, String body) {
        String what = method + " " + path;
        return switch (ask(method, path, body)) {
            case Fetch.Reply.Answered(int status, String text) when status == OK -> {
                JsonNode root = read(text);
                yield root == null ? garbled(what) : new Heard.Json(root);
            }
            case Fetch.Reply.Answered(int status, String text) ->
                    new Heard.No(refused(server, what, status, text), status);
            case Fetch.Reply.Unreachable(String message) ->
                    new Heard.No(unreachable(server, message), 0);
            case Fetch.Reply.Silent() -> new Heard.No(silent(server, what), 0);
        };
    }

    /// The JSON object or array that a text is; null for anything else.
    static @Nullable JsonNode read(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root != null && root.isContainer() ? root : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private Fetch.Reply ask(String method, String path, String body) {
        Map<String, String> headers = new TreeMap<>(server.headers());
        if (!body.isEmpty()) {
            headers.put("content-type", "application/json");
        }
        return fetch.fetch(new Fetch.Request(method, server.at(path), headers, body, left()));
    }

    /// Waits a little, each time longer, for something to change at the runtime.
    ///
    /// @return false where the time is over or the thread was interrupted, whose flag is then set
    boolean pause() {
        if (System.nanoTime() - end >= 0) {
            return false;
        }
        try {
            Thread.sleep(pause.compareTo(left()) > 0 ? left() : pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        return true;
    }

    /// Why something did not come to its end in time.
    Failure unfinished(String what) {
        return Thread.currentThread().isInterrupted()
                ? new Failure.Abandoned("Nobody waits any more for " + server.name() + ".")
                : silent(server, what);
    }

    Heard.No garbled(String what) {
        return new Heard.No(garbled(server, what), OK);
    }

    static Failure garbled(RuntimeServer server, String what) {
        return new Failure.Broken(
                server
                        + ": `"
                        + what
                        + "` was answered with something else than is documented; check that it is"
                        + " this kind of server and update it.",
                Failure.Fault.GARBLED);
    }

    static Failure unreachable(RuntimeServer server, String message) {
        return new Failure.Broken(
                server + ": nothing answers there (" + message + "); start it.",
                Failure.Fault.REFUSED);
    }

    static Failure silent(RuntimeServer server, String what) {
        return new Failure.Timeout(
                server + ": `" + what + "` did not end in time; look at its log.",
                Failure.Phase.TOTAL);
    }

    static Failure refused(RuntimeServer server, String what, int status, String text) {
        String message =
                server + ": `" + what + "` ended with status " + status + complaint(text) + ".";
        if (status == 401 || status == 403) {
            return new Failure.Broken(
                    message + " Set its key in the configuration.", Failure.Fault.CREDENTIALS);
        }
        if (status == 404) {
            return new Failure.Broken(message, Failure.Fault.MODEL_MISSING);
        }
        if (status == 429 || status == 503) {
            return new Failure.Overloaded(message, null);
        }
        if (status < 400 || status >= 500) {
            return new Failure.Broken(message + " Its log says more.", Failure.Fault.SERVER_ERROR);
        }
        return new Failure.Rejected(message, status, new Body(error(message)));
    }

    private static byte[] error(String message) {
        return object().put("error", message).toString().getBytes(StandardCharsets.UTF_8);
    }

    /// What a server says in an error body, cut short; it was asked nothing that is private.
    private static String complaint(String text) {
        JsonNode root = read(text);
        if (root == null) {
            return "";
        }
        JsonNode error = root.path("error");
        String said = error.isObject() ? error.path("message").asString("") : error.asString("");
        String plain = said.replaceAll("\\p{Cntrl}+", " ").strip();
        if (plain.isEmpty()) {
            return "";
        }
        int most = Math.min(plain.length(), LONGEST_COMPLAINT);
        return " (" + plain.substring(0, most) + (most < plain.length() ? "…" : "") + ")";
    }

    Failure vetoed(String message, String code) {
        return vetoed(server, message, code);
    }

    static Failure vetoed(RuntimeServer server, String message, String code) {
        return new Failure.Vetoed(server + ": " + message, code);
    }

    /// A whole number that is not negative; null for anything else.
    static @Nullable Long number(JsonNode node) {
        return node.isNumber() && node.asDouble(-1) >= 0 && node.asDouble(-1) < 9e18
                ? Long.valueOf((long) node.asDouble())
                : null;
    }

    /// As [#number], where it fits; null for 0, which servers write for what they do not know.
    static @Nullable Integer count(JsonNode node) {
        Long number = number(node);
        return number == null || number == 0 || number > Integer.MAX_VALUE
                ? null
                : number.intValue();
    }
}
