package dev.tierwise.verify;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads which language an answer is wished in: "in Spanish", "auf Deutsch", "translate to French".
final class LanguageWish {
    private static final int WINDOW = 1_500;

    private static final Set<String> BEFORE =
            Set.of("in", "into", "to", "auf", "ins", "en", "em", "na", "po", "al", "naar", "till");

    /// Languages that [Language] cannot tell.
    private static final Set<String> OTHERS =
            Set.of(
                    "latin",
                    "danish",
                    "norwegian",
                    "finnish",
                    "czech",
                    "slovak",
                    "hungarian",
                    "romanian",
                    "vietnamese",
                    "thai",
                    "indonesian",
                    "malay",
                    "catalan",
                    "galician",
                    "basque",
                    "welsh",
                    "irish",
                    "icelandic",
                    "bulgarian",
                    "serbian",
                    "croatian",
                    "persian",
                    "farsi",
                    "urdu",
                    "bengali",
                    "tamil",
                    "swahili",
                    "esperanto",
                    "yiddish",
                    "dänisch",
                    "tschechisch",
                    "ungarisch",
                    "latein",
                    "danois",
                    "danés",
                    "pirate");

    private static final Map<String, Language> NAMES = names();

    private LanguageWish() {}

    /// The one language that the text's ends wish for; unknown when none or several.
    static Language of(String text) {
        if (text.length() <= 2 * WINDOW) {
            return of(text, 0, text.length());
        }
        Language last = of(text, text.length() - WINDOW, text.length());
        return last == Language.UNKNOWN ? of(text, 0, WINDOW) : last;
    }

    /// Whether the text's ends name any language, so that an answer may well be in another than the
    /// text itself.
    static boolean isNamed(String text) {
        String ends = Texts.ends(text, WINDOW);
        int start = -1;
        for (int i = 0; i <= ends.length(); i++) {
            if (i < ends.length() && Character.isLetter(ends.charAt(i))) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                String word = i - start > 16 ? "" : ends.substring(start, i);
                if (OTHERS.contains(word) || NAMES.containsKey(word)) {
                    return true;
                }
                start = -1;
            }
        }
        return false;
    }

    private static Language of(String text, int from, int to) {
        Language wish = Language.UNKNOWN;
        String before = "";
        int start = -1;
        for (int i = from; i <= to; i++) {
            boolean letter = i < to && Character.isLetter(text.charAt(i));
            if (letter) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                String word =
                        i - start > 16 ? "" : text.substring(start, i).toLowerCase(Locale.ROOT);
                Language named = NAMES.get(word);
                if (named != null && BEFORE.contains(before) && !isVerb(before, word)) {
                    if (wish != Language.UNKNOWN && wish != named) {
                        return Language.UNKNOWN;
                    }
                    wish = named;
                }
                before = word;
                start = -1;
            }
        }
        return wish;
    }

    /// "To polish" is work on a text, not a language.
    private static boolean isVerb(String before, String word) {
        return word.equals("polish") && before.equals("to");
    }

    private static Map<String, Language> names() {
        var names = new HashMap<String, Language>();
        put(
                names,
                Language.ENGLISH,
                "english englisch anglais inglés ingles inglese inglês engels");
        put(names, Language.GERMAN, "german deutsch deutsche allemand alemán tedesco alemão duits");
        put(names, Language.FRENCH, "french französisch français francés francese francês frans");
        put(names, Language.SPANISH, "spanish spanisch espagnol español spagnolo espanhol spaans");
        put(names, Language.ITALIAN, "italian italienisch italien italiano");
        put(names, Language.PORTUGUESE, "portuguese portugiesisch portugais portugués português");
        put(names, Language.DUTCH, "dutch niederländisch néerlandais neerlandés nederlands");
        put(names, Language.POLISH, "polish polnisch polonais polaco polsku polski");
        put(names, Language.SWEDISH, "swedish schwedisch suédois sueco svenska");
        put(names, Language.TURKISH, "turkish türkisch turc turco türkçe");
        put(names, Language.RUSSIAN, "russian russisch russe ruso russo");
        put(names, Language.UKRAINIAN, "ukrainian ukrainisch ukrainien ucraniano");
        put(names, Language.CHINESE, "chinese chinesisch chinois chino cinese chinês mandarin");
        put(names, Language.JAPANESE, "japanese japanisch japonais japonés giapponese japonês");
        put(names, Language.KOREAN, "korean koreanisch coréen coreano");
        put(names, Language.ARABIC, "arabic arabisch arabe árabe arabo");
        put(names, Language.HEBREW, "hebrew hebräisch hébreu hebreo");
        put(names, Language.GREEK, "greek griechisch grec griego greco grego");
        put(names, Language.HINDI, "hindi");
        return Map.copyOf(names);
    }

    private static void put(Map<String, Language> names, Language language, String words) {
        for (String word : words.split(" ", -1)) {
            names.put(word, language);
        }
    }
}
