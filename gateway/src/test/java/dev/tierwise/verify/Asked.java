package dev.tierwise.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Questions for the tests, and what examinations say to them.
final class Asked {
    private Asked() {}

    /// A question with further fields of the request, each a name and its JSON.
    static Question with(String user, String... fields) {
        var json = new StringBuilder("{");
        var spans = new LinkedHashMap<String, Body.Span>();
        for (int i = 0; i < fields.length; i += 2) {
            json.append(i == 0 ? "" : ",").append('"').append(fields[i]).append("\":");
            int start = json.toString().getBytes(StandardCharsets.UTF_8).length;
            json.append(fields[i + 1]);
            int end = json.toString().getBytes(StandardCharsets.UTF_8).length;
            spans.put(fields[i], new Body.Span(start, end));
        }
        byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        return Question.of(prompt(new Body(bytes, spans), "", user));
    }

    /// A question under a system message.
    static Question under(String system, String user) {
        var body = new Body("{}".getBytes(StandardCharsets.UTF_8));
        return Question.of(prompt(body, system, user));
    }

    /// A question whose answer must fit a schema.
    static Question schema(String schema) {
        return with(
                "Describe the order.",
                "response_format",
                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":"
                        + schema
                        + "}}");
    }

    private static Prompt prompt(Body body, String system, String user) {
        var text = new Prompt.Content.Text(user);
        var said = new Prompt.Message("user", List.of(text));
        var rule = new Prompt.Message("system", List.of(new Prompt.Content.Text(system)));
        var messages = system.isEmpty() ? List.of(said) : List.of(rule, said);
        return new Prompt("auto", messages, Set.of(), false, false, 0, 0, body);
    }

    /// The outcome of a check; empty when it said nothing.
    static String outcome(Question question, Reply reply, String check) {
        return Examiner.examine(question, reply).findings().stream()
                .filter(finding -> finding.check().equals(check))
                .map(finding -> finding.outcome().name())
                .findFirst()
                .orElse("");
    }

    static String outcome(Question question, String answer, String check) {
        return outcome(question, new Reply(answer, "stop"), check);
    }

    static void says(Question question, String answer, String check, String outcome) {
        assertThat(outcome(question, answer, check)).as(answer).isEqualTo(outcome);
    }
}
