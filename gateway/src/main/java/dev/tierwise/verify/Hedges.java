package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;

/// Counts words of doubt. Said on purpose or not, they go with wrong answers.
final class Hedges {
    private static final int WINDOW = 20_000;

    private static final String[] HEDGES = {
        "i'm not sure",
        "i am not sure",
        "not certain",
        "i don't know",
        "i think",
        "i believe",
        "it is unclear",
        "it's unclear",
        "hard to say",
        "difficult to determine",
        "possibly",
        "might be",
        "i guess",
        "ich bin nicht sicher",
        "bin mir nicht sicher",
        "no estoy seguro",
        "je ne suis pas sûr",
        "non sono sicuro",
        "não tenho certeza",
        "more information is needed",
        "without more information",
        "cannot be determined",
        "cannot determine",
        "assume",
        "assuming",
    };

    private static final String[] DOUBTS = {
        "wait,",
        "let me re",
        "let's re",
        "let's try again",
        "i made a mistake",
        "made a mistake",
        "made an error",
        "there seems to be",
        "there might be an error",
        "is incorrect",
        "not correct",
        "not among",
        "not an option",
        "not one of the",
        "not listed",
        "none of the options",
        "none of the above",
        "none of the given",
        "closest to",
        "closest option",
        "seems to be a mistake",
        "contradiction",
        "not possible",
        "no solution",
        "does not match",
        "doesn't match",
        "however, this",
    };

    private Hedges() {}

    static void examine(Reply reply, Sheet sheet) {
        String text = Texts.ends(reply.text(), WINDOW);
        int hedges = Texts.count(text, HEDGES);
        int doubts = Texts.count(text, DOUBTS);
        sheet.count(Signal.HEDGES, hedges);
        sheet.count(Signal.DOUBTS, doubts);
        if (doubts > 0) {
            sheet.add(
                    Finding.warn(
                            "hedge",
                            doubts > 2 ? Rates.DOUBTED : Rates.SOME_DOUBT,
                            "the answer doubts itself or the question in " + doubts + " places"));
        } else if (hedges > 0) {
            sheet.add(
                    Finding.warn(
                            "hedge", Rates.HEDGED, "the answer hedges in " + hedges + " places"));
        } else {
            sheet.add(Finding.pass("hedge", Rates.BASE, "no words of doubt"));
        }
    }
}
