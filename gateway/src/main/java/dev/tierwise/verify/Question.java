package dev.tierwise.verify;

import dev.tierwise.core.Body;
import dev.tierwise.core.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is asked, read once from a prompt, so that many answers can be examined against it.
/// Thread-safe; which languages are spoken is looked up when it is first asked for, because a
/// decision before any answer needs the rest only. Printing it shows sizes only, never words.
public final class Question {
    private final Words words;
    private final Task task;
    private final Closed closed;
    private final boolean json;
    private final @Nullable JsonNode schema;
    private final long maxTokens;
    private final Body body;
    private volatile @Nullable Language language;
    private volatile @Nullable Language wish;

    /// The words of a conversation.
    ///
    /// @param user the text of the last user message
    /// @param system what the instructions say
    /// @param input all of it, oldest first
    /// @param isWhole whether `input` is all
    record Words(String user, String system, String input, boolean isWhole) {}

    /// What an answer has to be taken from.
    ///
    /// @param options texts of lettered options
    /// @param labels a closed list
    record Closed(List<String> options, List<String> labels) {
        Closed {
            options = List.copyOf(options);
            labels = List.copyOf(labels);
        }
    }

    Question(
            Words words,
            Task task,
            Closed closed,
            QuestionReader.Demand demand,
            long maxTokens,
            Body body) {
        this.words = words;
        this.task = task;
        this.closed = closed;
        this.json = demand.json();
        this.schema = demand.schema();
        this.maxTokens = maxTokens;
        this.body = body;
    }

    /// Reads what a request asks for. Linear in its text.
    public static Question of(Prompt prompt) {
        return QuestionReader.read(prompt);
    }

    /// The question that these words alone ask.
    public static Question of(String user) {
        var body = new Body("{}".getBytes(StandardCharsets.UTF_8));
        return QuestionReader.read(new Words(user, "", user, true), body, 0);
    }

    /// The text of the last user message.
    public String user() {
        return words.user();
    }

    /// All text of the conversation, oldest first: what an answer may quote.
    public String input() {
        return words.input();
    }

    /// Whether [#input] is all of it; false when it was cut at 200,000 characters.
    public boolean isWhole() {
        return words.isWhole();
    }

    /// The kind of work, guessed.
    public Task task() {
        return task;
    }

    /// Words of the lettered options; empty unless the task is [Task#CHOICE].
    public List<String> options() {
        return closed.options();
    }

    /// The closed list that the prompt names; empty when none was found.
    public List<String> labels() {
        return closed.labels();
    }

    /// Whether the request's own fields demand JSON.
    public boolean json() {
        return json;
    }

    /// The JSON schema that the request demands, if any.
    public @Nullable JsonNode schema() {
        return schema;
    }

    /// The most tokens that the answer may have; 0 when not limited.
    public long maxTokens() {
        return maxTokens;
    }

    /// The language of the last user message.
    public Language language() {
        Language known = language;
        if (known == null) {
            known = Language.of(words.user());
            language = known;
        }
        return known;
    }

    /// The language in which the prompt wishes the answer.
    public Language wish() {
        Language known = wish;
        if (known == null) {
            known = LanguageWish.of(words.user());
            known = known == Language.UNKNOWN ? LanguageWish.of(words.system()) : known;
            wish = known;
        }
        return known;
    }

    /// The request as it came, for the schemas of its tools.
    public Body body() {
        return body;
    }

    @Override
    public String toString() {
        return "Question["
                + task
                + ", "
                + input().length()
                + " characters, options="
                + options().size()
                + ", labels="
                + labels().size()
                + ", json="
                + json
                + "]";
    }
}
