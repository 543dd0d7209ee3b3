package dev.tierwise.verify;

import dev.tierwise.core.Body;
import dev.tierwise.core.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is asked, read once from a prompt, so that many answers can be examined against it.
/// Immutable and thread-safe. Printing it shows sizes only, never words.
///
/// @param user the text of the last user message
/// @param input all text of the conversation, oldest first: what an answer may quote
/// @param isWhole whether `input` is all of it; false when it was cut at 200,000 characters
/// @param task the kind of work, guessed
/// @param options texts of the lettered options; empty unless `task` is [Task#CHOICE]
/// @param labels the closed list that the prompt names; empty when none was found
/// @param json whether the request's own fields demand JSON
/// @param schema the JSON schema that the request demands, if any
/// @param maxTokens the most tokens that the answer may have; 0 when not limited
/// @param language the language of the last user message
/// @param wish the language in which the prompt wishes the answer
/// @param body the request as it came, for the schemas of its tools
public record Question(
        String user,
        String input,
        boolean isWhole,
        Task task,
        List<String> options,
        List<String> labels,
        boolean json,
        @Nullable JsonNode schema,
        long maxTokens,
        Language language,
        Language wish,
        Body body) {

    public Question {
        options = List.copyOf(options);
        labels = List.copyOf(labels);
    }

    /// Reads what a request asks for. Linear in its text.
    public static Question of(Prompt prompt) {
        return QuestionReader.read(prompt);
    }

    /// The question that these words alone ask.
    public static Question of(String user) {
        var body = new Body("{}".getBytes(StandardCharsets.UTF_8));
        return QuestionReader.read(new QuestionReader.Words(user, "", user, true), body, 0);
    }

    @Override
    public String toString() {
        return "Question["
                + task
                + ", "
                + input.length()
                + " characters, options="
                + options.size()
                + ", labels="
                + labels.size()
                + ", json="
                + json
                + "]";
    }
}
