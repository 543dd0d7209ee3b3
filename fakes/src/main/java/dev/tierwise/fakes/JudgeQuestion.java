package dev.tierwise.fakes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The question whether an answer is good, as a gateway asks it: the answer stands between a line
/// `ANSWER mark` and a line `END mark`.
final class JudgeQuestion {
    private static final Pattern ANSWER =
            Pattern.compile("^ANSWER (\\w+)\n(.*)\nEND \\1$", Pattern.DOTALL | Pattern.MULTILINE);

    private JudgeQuestion() {}

    /// The verdict, if `message` is such a question: good where the answer holds `right`.
    static Optional<String> verdict(String message, String right) {
        Matcher question = ANSWER.matcher(message);
        return question.find()
                ? Optional.of(Json.text(Json.object("good", question.group(2).contains(right))))
                : Optional.empty();
    }
}
