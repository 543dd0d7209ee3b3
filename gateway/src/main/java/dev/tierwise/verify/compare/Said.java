package dev.tierwise.verify.compare;

import dev.tierwise.core.reply.Reply;
import dev.tierwise.verify.Examination;
import dev.tierwise.verify.Examiner;
import dev.tierwise.verify.FinalAnswer;
import dev.tierwise.verify.Question;
import org.jspecify.annotations.Nullable;

/// What one model said to a question, as far as it is known: its words, or only the final answer
/// that somebody else read out of them.
///
/// @param reply its words; null when they are not known
/// @param examination of its words; null when they are not known
/// @param answer its final answer in the form in which equal ones are equal; null when it gave none
/// @param read the final answer as somebody else read it: empty when he found none; null when
///   nobody did
public record Said(
        @Nullable Reply reply,
        @Nullable Examination examination,
        @Nullable String answer,
        @Nullable String read) {
    /// What is known of a model's words.
    ///
    /// @param read the final answer as somebody else read it, if anybody did
    public static Said of(Question question, Reply reply, @Nullable String read) {
        String own =
                FinalAnswer.of(reply.text(), question)
                        .map(answer -> FinalAnswer.normal(answer.value(), question))
                        .orElse(null);
        return new Said(
                reply,
                Examiner.examine(question, reply),
                own,
                read == null ? null : normal(read, question));
    }

    /// Of a model whose words are not known.
    ///
    /// @param read its final answer as somebody else read it; empty when he found none
    public static Said read(Question question, String read) {
        String normal = normal(read, question);
        return new Said(null, null, normal.isEmpty() ? null : normal, normal);
    }

    private static String normal(String read, Question question) {
        return read.isBlank() ? "" : FinalAnswer.normal(read, question);
    }

    /// Its words; empty when they are not known.
    String text() {
        return reply == null ? "" : reply.text();
    }

    /// Whether both gave a final answer, and the same.
    public boolean agrees(Said other) {
        return answer != null && answer.equals(other.answer);
    }

    @Override
    public String toString() {
        return "Said[" + text().length() + " characters]";
    }
}
