package dev.tierwise.verify;

/// What one check found. Holds no word of the prompt or the answer.
///
/// @param check which check, a stable word: `empty`, `refusal`, `hedge`, `truncated`, `repetition`,
///   `language`, `json`, `schema`, `enum`, `tools`, `code`, `grounded`, `arithmetic`,
///   `final-answer`, `confidence`, `agreement`
/// @param outcome what it means
/// @param good probability, 0 to 1, that the answer is good given this finding alone; where the
///   figure comes from stands in `Rates`
/// @param reason one plain sentence for people
public record Finding(String check, Outcome outcome, double good, String reason) {
    /// What a finding means for the answer.
    public enum Outcome {
        /// Nothing against the answer.
        PASS,
        /// A doubt, to be weighed with others.
        WARN,
        /// The answer cannot be accepted.
        FAIL
    }

    public Finding {
        if (!(good >= 0 && good <= 1)) {
            throw new IllegalArgumentException("a probability is 0 to 1, not " + good);
        }
    }

    static Finding pass(String check, double good, String reason) {
        return new Finding(check, Outcome.PASS, good, reason);
    }

    static Finding warn(String check, double good, String reason) {
        return new Finding(check, Outcome.WARN, good, reason);
    }

    static Finding fail(String check, double good, String reason) {
        return new Finding(check, Outcome.FAIL, good, reason);
    }
}
