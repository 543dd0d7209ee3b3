package dev.tierwise.verify;

import dev.tierwise.core.Body;
import dev.tierwise.core.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a [Question] out of a prompt.
final class QuestionReader {
    /// Most characters of input kept for comparisons: a long report, about 50,000 tokens.
    private static final int MOST_INPUT = 200_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private QuestionReader() {}

    /// What the request's fields demand of the answer.
    record Demand(boolean json, @Nullable JsonNode schema) {
        static final Demand NONE = new Demand(false, null);
        static final Demand JSON = new Demand(true, null);
    }

    static Question read(Prompt prompt) {
        var user = "";
        var system = new StringBuilder();
        var input = new StringBuilder();
        boolean whole = true;
        for (Prompt.Message message : prompt.messages()) {
            String text = text(message);
            boolean instructs =
                    message.role().equals("system") || message.role().equals("developer");
            if (instructs) {
                system.append(text).append('\n');
            }
            if (message.role().equals("user")) {
                user = text;
            }
            int room = MOST_INPUT - input.length();
            whole &= text.length() <= room;
            input.append(text, 0, Math.clamp(room, 0, text.length())).append('\n');
        }
        var words = new Question.Words(user, system.toString(), input.toString(), whole);
        return read(words, prompt.body(), prompt.maxOutput());
    }

    static Question read(Question.Words words, Body body, long maxTokens) {
        Demand demand = demand(body);
        List<String> options = Options.of(words.user());
        List<String> labels = options.isEmpty() ? Labels.of(words.user()) : List.of();
        if (options.isEmpty() && labels.isEmpty()) {
            labels = Labels.of(words.system());
        }
        String asked = words.system().isEmpty() ? words.user() : words.system() + words.user();
        return new Question(
                words,
                TaskGuess.of(asked, options, labels, demand.json()),
                new Question.Closed(options, labels),
                demand,
                maxTokens,
                body);
    }

    private static String text(Prompt.Message message) {
        if (message.content().size() == 1
                && message.content().getFirst() instanceof Prompt.Content.Text(String only)) {
            return only;
        }
        var text = new StringBuilder();
        for (Prompt.Content content : message.content()) {
            if (content instanceof Prompt.Content.Text(String value)) {
                text.append(value).append('\n');
            }
        }
        return text.toString();
    }

    /// `response_format` of the OpenAI API, also with `schema` beside `type` as llama.cpp takes it.
    private static Demand demand(Body body) {
        JsonNode format = field(body, "response_format");
        String type = format == null ? "" : format.path("type").asString("");
        if (format == null || (!type.equals("json_object") && !type.equals("json_schema"))) {
            return Demand.NONE;
        }
        JsonNode inner = format.path("json_schema").path("schema");
        JsonNode schema = inner.isMissingNode() ? format.path("schema") : inner;
        return schema.isObject() ? new Demand(true, schema) : Demand.JSON;
    }

    /// A top-level field of the request; null when it has none or it cannot be read.
    static @Nullable JsonNode field(Body body, String name) {
        return body.field(name).map(span -> parse(body, span)).orElse(null);
    }

    @SuppressWarnings("NullAway") // Optional.map takes a null for nothing
    private static @Nullable JsonNode parse(Body body, Body.Span span) {
        try {
            return MAPPER.readTree(body.bytes(), span.start(), span.end() - span.start());
        } catch (JacksonException malformed) {
            return null; // the door has read this request; what it cannot read is no demand
        }
    }
}
