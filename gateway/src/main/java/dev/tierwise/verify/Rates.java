package dev.tierwise.verify;

/// How often answers with a finding are good, given that finding alone.
///
/// Measured means the plain mean of three sets (MMLU-Pro, MATH level 5, half of CRUXEval), each
/// over the answers of its small models (2 to 9 billion parameters, eight in all), with the
/// benchmarks' own scores; docs/decisions/0018-verifiers.md has the figures and the command. These
/// sets are hard: where answers are good more often, all of these are too low by about as much as
/// [#BASE] is. By hand means that no data was at hand, and the figure only says how bad the finding
/// is beside others.
final class Rates {
    /// Measured: all answers.
    static final double BASE = 0.36;

    /// By hand: a client cannot use it at all.
    static final double NEVER = 0.02;

    /// By hand.
    static final double REFUSED = 0.05;

    /// By hand.
    static final double HALF_REFUSED = 0.25;

    /// Measured: three words of doubt or more.
    static final double DOUBTED = 0.05;

    /// Measured: one or two.
    static final double SOME_DOUBT = 0.16;

    /// Measured.
    static final double HEDGED = 0.19;

    /// Measured: answers that end before they are done.
    static final double CUT = 0.09;

    /// Measured.
    static final double LOOPED = 0.04;

    /// Measured.
    static final double REPEATED = 0.06;

    /// By hand.
    static final double FOREIGN = 0.05;

    /// By hand.
    static final double HALF_FOREIGN = 0.3;

    /// By hand: a form that could have been missed was met.
    static final double FITS = 0.45;

    /// By hand.
    static final double UNLISTED = 0.1;

    /// Measured on CRUXEval alone.
    static final double BROKEN = 0.33;

    /// By hand: most facts are not in the input.
    static final double INVENTED = 0.1;

    /// By hand: some are not.
    static final double PARTLY_INVENTED = 0.25;

    /// Measured: one calculation is wrong.
    static final double ONE_WRONG = 0.16;

    /// Measured: more are.
    static final double MORE_WRONG = 0.11;

    /// Measured: all are right.
    static final double RIGHT = 0.37;

    /// Measured.
    static final double NO_FINAL_ANSWER = 0.02;

    /// Measured: the last number or letter of the text.
    static final double GUESSED = 0.04;

    /// Measured.
    static final double STATED = 0.36;

    /// Measured: another small model has the same final answer.
    static final double AGREED = 0.69;

    /// Measured: it has another.
    static final double DISAGREED = 0.21;

    private Rates() {}

    /// By hand: a line from 0.1 for a token that was a surprise to 0.6 for one that was certain.
    /// There is no public set of answers with log-probabilities and scores.
    static double ofProbability(double probability) {
        return 0.1 + 0.5 * probability;
    }
}
