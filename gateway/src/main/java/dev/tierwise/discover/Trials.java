package dev.tierwise.discover;

import dev.tierwise.call.Fetch;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Tries with one request of one token what a server does not say of a loaded model. The request is
/// always the same and holds nothing of anybody; what came of it is kept as long as the server's
/// version stays. Safe for use by many threads.
public final class Trials {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    private final Map<String, Outcome> known = new ConcurrentHashMap<>();

    /// What came of trying one thing.
    enum Verdict {
        YES,
        NO,
        UNDECIDED
    }

    /// What came of a trial.
    record Outcome(Verdict tools, Verdict chances) {
        static final Outcome UNDECIDED = new Outcome(Verdict.UNDECIDED, Verdict.UNDECIDED);

        private boolean decided() {
            return chances != Verdict.UNDECIDED;
        }
    }

    /// A model that is loaded.
    ///
    /// @param chat where it answers
    /// @param headers sent with every request
    /// @param model its name there
    /// @param version the server's version
    record Loaded(URI chat, Map<String, String> headers, String model, String version) {
        private String key() {
            return chat + "\n" + model + "\n" + version;
        }

        @Override
        public String toString() {
            return "Loaded[" + model + "]";
        }
    }

    /// What a loaded model can do: whether it tells the chances of its tokens, and where `tools` is
    /// set, whether it takes tools.
    Outcome of(Eyes eyes, Loaded model, boolean tools) {
        Outcome before = known.get(model.key());
        if (before != null) {
            return before;
        }
        Outcome outcome = tools ? withTools(eyes, model) : plain(eyes, model, Verdict.UNDECIDED);
        if (outcome.decided()) {
            known.put(model.key(), outcome);
        }
        return outcome;
    }

    private static Outcome withTools(Eyes eyes, Loaded model) {
        ObjectNode body = body(model.model());
        ObjectNode tool = body.putArray("tools").addObject().put("type", "function");
        ObjectNode function = tool.putObject("function").put("name", "noted");
        function.putObject("parameters").put("type", "object").putObject("properties");
        body.put("tool_choice", "auto");
        return switch (ask(eyes, model, body)) {
            case Fetch.Reply.Answered(int status, String text) when status == OK ->
                    new Outcome(Verdict.YES, chances(text));
            case Fetch.Reply.Answered(int status, _) when refuses(status) ->
                    plain(eyes, model, Verdict.NO);
            case Fetch.Reply _ -> Outcome.UNDECIDED;
        };
    }

    private static Outcome plain(Eyes eyes, Loaded model, Verdict tools) {
        return switch (ask(eyes, model, body(model.model()))) {
            case Fetch.Reply.Answered(int status, String text) when status == OK ->
                    new Outcome(tools, chances(text));
            case Fetch.Reply.Answered(int status, _) when refuses(status) ->
                    new Outcome(Verdict.UNDECIDED, Verdict.NO);
            case Fetch.Reply _ -> Outcome.UNDECIDED;
        };
    }

    private static boolean refuses(int status) {
        return status == BAD_REQUEST || status == UNPROCESSABLE;
    }

    private static Fetch.Reply ask(Eyes eyes, Loaded model, ObjectNode body) {
        var headers = new TreeMap<>(model.headers());
        headers.put("content-type", "application/json");
        var request =
                new Fetch.Request(
                        "POST", model.chat(), headers, body.toString(), eyes.deadline().left());
        return eyes.fetch().fetch(request);
    }

    private static ObjectNode body(String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", false);
        body.put("max_tokens", 1).put("temperature", 0).put("logprobs", true);
        body.putArray("messages").addObject().put("role", "user").put("content", "1");
        return body;
    }

    private static Verdict chances(String text) {
        try {
            JsonNode choice = JSON.readTree(text).path("choices").path(0);
            if (choice.isMissingNode()) {
                return Verdict.UNDECIDED;
            }
            return choice.path("logprobs").path("content").isEmpty() ? Verdict.NO : Verdict.YES;
        } catch (JacksonException notJson) {
            return Verdict.UNDECIDED;
        }
    }
}
