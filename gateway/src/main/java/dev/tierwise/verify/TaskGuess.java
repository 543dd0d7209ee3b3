package dev.tierwise.verify;

import java.util.List;
import java.util.Locale;

/// Guesses the kind of task from the words at both ends of what is asked. Instructions stand at the
/// ends, pasted material in the middle.
final class TaskGuess {
    private static final int WINDOW = 700;

    private static final String[] TRANSLATE = {
        "translat",
        "übersetz",
        "tradui",
        "traduc",
        "traduz",
        "tradur",
        "vertaal",
        "przetłumacz",
        "переведи",
        "翻译",
        "翻譯",
        "翻訳"
    };
    private static final String[] SUMMARISE = {
        "summar",
        "tl;dr",
        "tldr",
        "zusammenfass",
        "fasse ",
        "résum",
        "resum",
        "riassu",
        "in one sentence",
        "condense",
        "samenvat",
        "摘要",
        "总结"
    };
    private static final String[] EXTRACT = {
        "extract",
        "extrahier",
        "extrai",
        "extrae",
        "estrai",
        "pull out",
        "find all the",
        "list all the",
        "named entit",
        "key-value",
        "invoice number",
        "according to the text",
        "according to the passage",
        "from the text",
        "based on the text",
        "based on the passage"
    };
    private static final String[] CLASSIFY = {
        "classif", "categori", "sentiment", "label", "which category", "klassifizier", "intent"
    };

    /// A program stands in the prompt.
    private static final String[] PROGRAM = {
        "```", "[python]", "\ndef ", "#include", "public class"
    };

    private static final String[] CODE = {
        "function that",
        "python",
        "javascript",
        "typescript",
        " java ",
        "sql quer",
        "a query",
        "bash",
        "regex",
        "c++",
        "rust",
        "implement a",
        "write a program",
        "write a script",
        "write a function",
        "unit test",
        "refactor",
        "stack trace",
        "bug in"
    };
    private static final String[] MATHS = {
        "how many",
        "how much",
        "calculate",
        "compute",
        "solve",
        "equation",
        "what is the value",
        "find the",
        "evaluate",
        "probability",
        "prove",
        "remainder",
        "integer",
        "polynomial",
        "percent",
        "what is",
        "determine",
        "express ",
        "sum of",
        "simplify",
        "wie viele",
        "berechne",
        "cuánt",
        "combien",
        "quanti"
    };

    /// Words of sums told as stories; they speak only beside two numbers.
    private static final String[] STORY = {
        "how long",
        "how old",
        "how far",
        "how fast",
        "how tall",
        "how heavy",
        "total",
        "average",
        "altogether",
        "what number",
        "what fraction",
        "dollars",
        "half",
        "which number",
        "each"
    };

    private TaskGuess() {}

    static Task of(String text, List<String> options, List<String> labels, boolean json) {
        if (options.size() > 1) {
            return Task.CHOICE;
        }
        String ends = ends(text);
        if (has(ends, PROGRAM)) {
            return Task.CODE;
        }
        if (has(ends, TRANSLATE)) {
            return Task.TRANSLATION;
        }
        if (!labels.isEmpty() && (has(ends, CLASSIFY) || labels.size() <= 12)) {
            return Task.CLASSIFICATION;
        }
        if (has(ends, EXTRACT) && !has(ends, CODE)) {
            return Task.EXTRACTION;
        }
        if (has(ends, SUMMARISE)) {
            return Task.SUMMARY;
        }
        if (has(ends, CODE)) {
            return Task.CODE;
        }
        if (json) {
            return Task.STRUCTURED;
        }
        return isMaths(text, ends) ? Task.MATHS : Task.CHAT;
    }

    /// TeX, or words of calculation and something to calculate with.
    private static boolean isMaths(String text, String ends) {
        int dollar = ends.indexOf('$');
        boolean formula = dollar >= 0 && ends.indexOf('$', dollar + 1) > dollar + 1;
        boolean tex = ends.contains("\\frac") || ends.contains("\\[") || ends.contains("\\(");
        int numbers = numbers(ends);
        boolean digits = numbers > 0;
        return tex
                || (formula && text.indexOf('\\') >= 0)
                || ((digits || formula) && has(ends, MATHS))
                || (numbers > 1 && has(ends, STORY));
    }

    private static int numbers(String text) {
        int numbers = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean begins = i == 0 || !Texts.isDigit(text.charAt(i - 1));
            numbers += begins && Texts.isDigit(text.charAt(i)) ? 1 : 0;
        }
        return numbers;
    }

    private static boolean has(String text, String[] cues) {
        for (String cue : cues) {
            if (text.contains(cue)) {
                return true;
            }
        }
        return false;
    }

    private static String ends(String text) {
        String ends =
                text.length() <= 2 * WINDOW
                        ? text
                        : text.substring(0, WINDOW) + "\n" + text.substring(text.length() - WINDOW);
        return ends.toLowerCase(Locale.ROOT);
    }
}
