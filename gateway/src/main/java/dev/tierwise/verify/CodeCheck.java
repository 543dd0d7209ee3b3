package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.Locale;

/// A look at the code blocks of an answer: brackets and quotes close, Python's indentation fits,
/// JSON parses. Not a parser: it says nothing of languages that it does not know, nor of blocks
/// with quotes that it cannot follow.
final class CodeCheck {
    private static final String NAME = "code";
    private static final int MOST_BLOCKS = 40;

    private CodeCheck() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        String text = reply.text();
        int sound = 0;
        int broken = 0;
        String what = "";
        int at = text.indexOf("```");
        for (int i = 0; i < MOST_BLOCKS && at >= 0; i++) {
            int line = text.indexOf('\n', at);
            int close = line < 0 ? -1 : text.indexOf("```", line);
            if (close < 0) {
                break;
            }
            String language = text.substring(at + 3, line).strip().toLowerCase(Locale.ROOT);
            boolean aside = language.equals("json") && !isAbout(question.task());
            Code.Verdict verdict =
                    aside
                            ? Code.Verdict.UNSURE
                            : Code.look(language, text.substring(line + 1, close));
            sound += verdict == Code.Verdict.SOUND ? 1 : 0;
            if (verdict.isBroken()) {
                broken++;
                what = verdict.words();
            }
            at = text.indexOf("```", close + 3);
        }
        sheet.set(Signal.BROKEN_CODE, broken > 0);
        if (broken > 0) {
            int all = sound + broken;
            sheet.add(
                    Finding.warn(
                            NAME, Rates.BROKEN, broken + " of " + all + " code blocks: " + what));
        } else if (sound > 0) {
            sheet.add(Finding.pass(NAME, Rates.BASE, "nothing against " + sound + " code blocks"));
        }
    }

    /// JSON around prose, as some prompts ask for it, breaks on TeX and says nothing of the prose.
    private static boolean isAbout(Task task) {
        return switch (task) {
            case CODE, STRUCTURED, EXTRACTION -> true;
            case CHOICE, CLASSIFICATION, SUMMARY, TRANSLATION, MATHS, CHAT -> false;
        };
    }
}
