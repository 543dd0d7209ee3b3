package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whether an answer is the JSON that the request's fields demand, and fits its schema.
final class JsonCheck {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private JsonCheck() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        if (!question.json() || !reply.calls().isEmpty()) {
            return;
        }
        JsonNode value = read(reply.text());
        if (value == null || value.isMissingNode()) {
            boolean fenced = reply.text().stripLeading().startsWith("```");
            String reason =
                    fenced ? "the JSON stands in a code block" : "the answer is not valid JSON";
            sheet.add(Finding.fail("json", Rates.NEVER, reason));
            return;
        }
        if (question.schema() == null && !value.isObject()) {
            sheet.add(Finding.fail("json", Rates.NEVER, "the JSON is not an object"));
            return;
        }
        sheet.add(Finding.pass("json", Rates.BASE, "valid JSON"));
        if (question.schema() != null) {
            Optional<String> complaint = new JsonSchema(question.schema()).complaint(value);
            sheet.add(
                    complaint
                            .map(what -> Finding.fail("schema", Rates.NEVER, what))
                            .orElseGet(() ->
                                    Finding.pass(
                                            "schema", Rates.FITS, "nothing against the schema")));
        }
    }

    /// The value that a text is; null when it is no JSON.
    static @Nullable JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            return null;
        }
    }

    /// The value that a text is or holds in its only code block; null when there is none.
    static @Nullable JsonNode find(String text) {
        int open = text.indexOf("```");
        int line = open < 0 ? -1 : text.indexOf('\n', open);
        int close = line < 0 ? -1 : text.indexOf("```", line);
        String inner = close < 0 ? text : text.substring(line + 1, close);
        String bare = inner.stripLeading();
        return bare.startsWith("{") || bare.startsWith("[") ? read(bare) : null;
    }
}
