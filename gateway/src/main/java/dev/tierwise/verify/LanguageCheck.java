package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;

/// Whether the answer is in the language that was wished for, or else in the user's.
final class LanguageCheck {
    static final String NAME = "language";

    private LanguageCheck() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        if (!applies(question)) {
            return;
        }
        String text = reply.text();
        boolean begins = isWrong(question, Language.of(beginning(text)));
        Language whole = Language.of(text);
        boolean wrong = isWrong(question, whole);
        sheet.set(Signal.WRONG_LANGUAGE, wrong || (begins && whole == Language.UNKNOWN));
        if (wrong || (begins && whole == Language.UNKNOWN)) {
            sheet.add(Finding.fail(NAME, Rates.FOREIGN, "the answer is in another language"));
        } else if (begins && text.length() >= Examiner.PREFIX) {
            sheet.add(
                    Finding.warn(
                            NAME, Rates.HALF_FOREIGN, "the answer begins in another language"));
        } else {
            sheet.add(Finding.pass(NAME, Rates.BASE, "nothing against its language"));
        }
    }

    /// Whether the beginning of an answer is already in the wrong language.
    static boolean startsWrong(Question question, String text) {
        return applies(question)
                && text.length() >= Examiner.PREFIX
                && isWrong(question, Language.of(beginning(text)));
    }

    /// Code and data have no language. Where the user names one and wishes none that is known, any
    /// may be meant.
    private static boolean applies(Question question) {
        if (question.wish() == Language.UNKNOWN
                && (question.language() == Language.UNKNOWN
                        || LanguageWish.isNamed(question.user()))) {
            return false;
        }
        return switch (question.task()) {
            case CODE, STRUCTURED, EXTRACTION -> false;
            case CHOICE, CLASSIFICATION, SUMMARY, TRANSLATION, MATHS, CHAT -> !question.json();
        };
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), Examiner.PREFIX));
    }

    /// A translation must be in the wished language; elsewhere the user's own will do as well,
    /// since "in German" may speak of the text that the prompt holds.
    private static boolean isWrong(Question question, Language said) {
        if (said == Language.UNKNOWN) {
            return false;
        }
        Language wish = question.wish();
        if (question.task() == Task.TRANSLATION || question.task() == Task.SUMMARY) {
            return wish != Language.UNKNOWN && !said.mayBe(wish) && isOwn(question, said);
        }
        boolean wished = wish != Language.UNKNOWN && said.mayBe(wish);
        return !wished && !said.mayBe(question.language());
    }

    /// A summary in the language of its text is a doubt only where another was wished.
    private static boolean isOwn(Question question, Language said) {
        return question.task() == Task.TRANSLATION || said.mayBe(question.language());
    }
}
