package dev.tierwise.route;

import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;

/// What routers of tests decide with.
final class Brains {
    private static final Prior PRIOR = Prior.shipped();
    private static final AnswerHead HEAD = AnswerHead.shipped();

    private Brains() {}

    static Wits wits(Aim aim) {
        return wits(aim, Lessons.NONE, Wits.Checks.USUAL);
    }

    static Wits wits(Aim aim, Lessons lessons, Wits.Checks checks) {
        return new Wits(aim, PRIOR, HEAD, lessons, checks);
    }

    static Judge judge(Lessons lessons) {
        return new Judge(HEAD, PRIOR, lessons);
    }

    static Foresight foresight() {
        return new Foresight(PRIOR, Lessons.NONE);
    }
}
