package dev.tierwise.route;

/// How well a look at an answer tells good from bad: the chances that it finds nothing against a
/// good answer and against a bad one. Enough to reckon beforehand what looking is worth.
///
/// @param good that it speaks for a good answer
/// @param bad that it speaks for a bad one
record Power(double good, double bad) {
    /// The checks alone, on a whole answer with a final answer. From the columns of answers alone
    /// in docs/decisions/0018-verifiers.md.
    static final Power CHECKS = new Power(.92, .65);

    /// The checks on prose, of which most is a matter of taste. By hand.
    static final Power PROSE = new Power(.98, .93);

    /// The final answer of another model, or of another try. From agreement on MMLU-Pro (.64, .21)
    /// and GSM8K (.89, .06), rather at the low end.
    static final Power AGREEMENT = new Power(.75, .18);

    /// A model's judgement. By hand.
    static final Power JUDGEMENT = new Power(.8, .4);

    /// The chance that it speaks for an answer.
    double speaksFor(double chance) {
        return good * chance + bad * (1 - chance);
    }

    /// The chance that an answer is good of which it spoke well.
    double after(double chance) {
        double all = speaksFor(chance);
        return all <= 0 ? chance : good * chance / all;
    }

    /// The chance that an answer is good of which it did not.
    double afterDoubt(double chance) {
        double none = 1 - speaksFor(chance);
        return none <= 0 ? chance : (1 - good) * chance / none;
    }
}
