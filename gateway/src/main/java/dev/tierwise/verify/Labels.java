package dev.tierwise.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the closed list of labels that a prompt names: "one of: a, b, c", "as a, b or c",
/// "(a/b/c)", "yes or no", or a bulleted list after such words.
final class Labels {
    private static final int WINDOW = 8_000;
    private static final int MOST = 64;
    private static final int LONGEST = 40;
    private static final int LONGEST_LIST = 1_200;

    private static final String[] CUES = {
        "one of the following labels",
        "one of the following categories",
        "one of the following classes",
        "one of the following",
        "one of these",
        "one of:",
        "into one of",
        "possible labels",
        "possible categories",
        "possible values",
        "labels:",
        "categories:",
        "classes:",
        "label it as",
        "answer with",
        "respond with",
        "reply with",
        "answer only",
        "classify as",
        "eine der folgenden",
        "eine von",
        "einer von",
        "kategorien:",
        "una de las siguientes",
        "categorías:",
        "l'une des",
        "catégories:",
        "una delle",
    };

    private Labels() {}

    /// The labels as they stand in the prompt; empty when no closed list was found.
    static List<String> of(String text) {
        String end = text.substring(Math.max(0, text.length() - WINDOW));
        String low = end.toLowerCase(Locale.ROOT);
        if (low.length() != end.length()) {
            return List.of(); // places would not fit; rare letters only
        }
        for (String cue : CUES) {
            int at = low.indexOf(cue);
            if (at >= 0) {
                List<String> labels = after(end, at + cue.length());
                if (labels.size() > 1) {
                    return labels;
                }
            }
        }
        return classified(end, low);
    }

    /// "Classify … as a, b or c", "… into a, b and c".
    private static List<String> classified(String text, String low) {
        int verb = low.indexOf("classif");
        verb = verb < 0 ? low.indexOf("categori") : verb;
        if (verb < 0) {
            return List.of();
        }
        int stop = Math.min(low.length(), verb + 200);
        for (String word : new String[] {" as ", " into ", " als "}) {
            int at = low.indexOf(word, verb);
            if (at >= 0 && at < stop) {
                List<String> labels = after(text, at + word.length());
                if (labels.size() > 1) {
                    return labels;
                }
            }
        }
        return List.of();
    }

    private static List<String> after(String text, int from) {
        int at = from;
        while (at < text.length() && " :*\"'`([".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            return bullets(text, at);
        }
        int stop = at;
        int most = Math.min(text.length(), at + LONGEST_LIST);
        while (stop < most && !ends(text, stop)) {
            stop++;
        }
        return split(text.substring(at, stop));
    }

    private static boolean ends(String text, int at) {
        char c = text.charAt(at);
        boolean sentence =
                c == '.'
                        && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)));
        return sentence || c == '\n' || c == ';' || c == '?' || c == ')' || c == ']' || c == ':';
    }

    private static List<String> bullets(String text, int from) {
        var labels = new ArrayList<String>();
        for (String line : text.substring(from).strip().split("\n", MOST + 1)) {
            String bare = line.strip();
            boolean bullet =
                    bare.startsWith("- ") || bare.startsWith("* ") || bare.startsWith("• ");
            if (!bullet || !add(labels, bare.substring(2))) {
                break;
            }
        }
        return distinct(labels);
    }

    private static List<String> split(String list) {
        var labels = new ArrayList<String>();
        String commas = list;
        for (String word :
                new String[] {" or ", " and ", " oder ", " und ", " ou ", " et ", " o "}) {
            commas = commas.replace(word, ",");
        }
        for (String part : commas.split("[,/|]", MOST + 1)) {
            if (!part.isBlank() && !add(labels, part)) {
                return List.of();
            }
        }
        return distinct(labels);
    }

    private static List<String> distinct(List<String> labels) {
        List<String> distinct = labels.stream().distinct().toList();
        return distinct.size() > 1 && distinct.size() <= MOST ? distinct : List.of();
    }

    /// False when this cannot be a label: too long, or a sentence.
    private static boolean add(List<String> labels, String part) {
        String label = bare(part);
        if (label.startsWith("either ")) {
            label = label.substring(7);
        }
        int words = label.split(" ", -1).length;
        if (label.isEmpty() || label.length() > LONGEST || words > 4 || isFormula(label)) {
            return false;
        }
        labels.add(label);
        return true;
    }

    private static boolean isFormula(String label) {
        return label.indexOf('$') >= 0 || label.indexOf('\\') >= 0;
    }

    /// Without quotes, emphasis and marks around it.
    static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isTrim(text.charAt(from))) {
            from++;
        }
        while (to > from && isTrim(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isTrim(char c) {
        return Character.isWhitespace(c) || "\"'`*_.!,;:()[]{}“”‘’«»".indexOf(c) >= 0;
    }
}
