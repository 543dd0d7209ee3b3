package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Examines answers, cheapest checks first. Pure and thread-safe; linear in the answer, which may
/// be of any length and content.
public final class Examiner {
    /// Characters of prose that a stream is held for: [#examinePrefix] says all it can with these.
    public static final int PREFIX = 240;

    /// Below this share of readable characters a text is garbage.
    private static final double READABLE = 0.7;

    private static final String EMPTY = "empty";

    private Examiner() {}

    /// Examines a whole answer. What makes all further checks pointless, such as emptiness, ends
    /// the examination.
    public static Examination examine(Question question, Reply reply) {
        var sheet = new Sheet();
        if (isBlank(reply)) {
            sheet.add(Finding.fail(EMPTY, Rates.NEVER, "the answer is empty"));
            return sheet.done();
        }
        if (isGarbage(reply.text())) {
            sheet.add(Finding.fail(EMPTY, Rates.NEVER, "the answer is not readable text"));
            return sheet.done();
        }
        Refusal.examine(question, reply, sheet);
        Truncation.examine(question, reply, sheet);
        JsonCheck.examine(question, reply, sheet);
        ToolCheck.examine(question, reply, sheet);
        Repetition.examine(question, reply, sheet);
        LanguageCheck.examine(question, reply, sheet);
        LabelCheck.examine(question, reply, sheet);
        Hedges.examine(reply, sheet);
        CodeCheck.examine(question, reply, sheet);
        Optional<FinalAnswer> answer = FinalAnswer.of(reply.text(), question);
        Shape.examine(question, reply, answer, sheet);
        Arithmetic.examine(question, reply, sheet);
        Grounding.examine(question, reply, sheet);
        Confidence.examine(reply, answer, sheet);
        return sheet.done();
    }

    /// Examines the beginning of a streamed answer, to say whether the rest may be shown as it
    /// comes. Only failures are handed out; whatever continues it, an examination of the whole
    /// answer has a failure or a doubt as well.
    public static Examination examinePrefix(Question question, String prefix) {
        var sheet = new Sheet();
        if (prefix.length() >= PREFIX && isGarbage(prefix)) {
            sheet.add(Finding.fail(EMPTY, Rates.NEVER, "the answer is not readable text"));
        }
        if (Refusal.refuses(prefix, question, false)) {
            sheet.add(
                    Finding.fail(Refusal.NAME, Rates.REFUSED, "the answer begins with a refusal"));
        }
        if (LanguageCheck.startsWrong(question, prefix)) {
            sheet.add(
                    Finding.fail(
                            LanguageCheck.NAME,
                            Rates.FOREIGN,
                            "the answer begins in another language"));
        }
        if (Repetition.startsInLoop(prefix)) {
            sheet.add(Finding.fail(Repetition.NAME, Rates.LOOPED, "the answer begins with a loop"));
        }
        return sheet.done();
    }

    /// Compares the final answer with those of other models or further samples of the same. Empty
    /// when there is nothing to compare: no final answer here, or none there.
    public static Optional<Finding> compare(Question question, Reply reply, List<Reply> others) {
        Optional<FinalAnswer> own = FinalAnswer.of(reply.text(), question);
        var theirs = new ArrayList<FinalAnswer>();
        for (Reply other : others) {
            FinalAnswer.of(other.text(), question).ifPresent(theirs::add);
        }
        if (own.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        String normal = FinalAnswer.normal(own.get().value(), question);
        long same =
                theirs.stream()
                        .filter(it -> FinalAnswer.normal(it.value(), question).equals(normal))
                        .count();
        double share = (double) same / theirs.size();
        double good = Rates.DISAGREED + share * (Rates.AGREED - Rates.DISAGREED);
        String reason = same + " of " + theirs.size() + " other answers agree";
        return Optional.of(
                share > 0.5
                        ? Finding.pass("agreement", good, reason)
                        : Finding.warn("agreement", good, reason));
    }

    private static boolean isBlank(Reply reply) {
        return reply.calls().isEmpty()
                && !reply.finish().equals("content_filter")
                && reply.text().isBlank();
    }

    /// Control characters, replacement characters and lone surrogates, judged by the beginning.
    private static boolean isGarbage(String text) {
        int end = Math.min(text.length(), PREFIX);
        int strange = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean control = Character.isISOControl(c) && !Character.isWhitespace(c);
            boolean lone =
                    Character.isSurrogate(c)
                            && !(Character.isHighSurrogate(c)
                                    ? i + 1 >= text.length()
                                            || Character.isLowSurrogate(text.charAt(i + 1))
                                    : i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
            strange += control || lone || c == '\uFFFD' ? 1 : 0;
        }
        return strange > (1 - READABLE) * end;
    }
}
