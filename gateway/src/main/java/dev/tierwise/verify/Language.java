package dev.tierwise.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A language, told by its script or by its commonest little words.
public enum Language {
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    ITALIAN,
    PORTUGUESE,
    DUTCH,
    POLISH,
    SWEDISH,
    TURKISH,
    RUSSIAN,
    UKRAINIAN,
    CHINESE,
    JAPANESE,
    KOREAN,
    ARABIC,
    HEBREW,
    GREEK,
    HINDI,
    /// Too little text, a mixture, or a language that is not in this list.
    UNKNOWN;

    /// Characters looked at: stop words are so common that more would not change the guess.
    private static final int WINDOW = 3_000;

    private static final int LEAST_LETTERS = 12;
    private static final int LONGEST_STOP_WORD = 8;
    private static final int LATIN = 10;

    /// Places in the counts of letters; from [#OWN] on, scripts that speak for one language.
    private static final int OTHER = 0;

    private static final int HAN = 1;
    private static final int KANA = 2;
    private static final int CYRILLIC = 3;
    private static final int UKRAINIAN_ONLY = 4;
    private static final int OWN = 5;
    private static final Language[] OWN_SCRIPT = {KOREAN, ARABIC, HEBREW, GREEK, HINDI};
    private static final int SCRIPTS = OWN + 5;

    /// Commonest little words, chosen by hand; a word of several languages counts for each. None of
    /// a single letter: options, variables and enumerations are full of those.
    private static final String[] STOP_WORDS = {
        "the of and to in is that it was for on are with as this be you not have from by which"
                + " an or we can they but will my what how do does if your has there",
        "der die das und ist nicht ein eine zu den mit von für auf sich des dem auch es wird sind"
                + " im ich wie oder aber werden kann als bei sie wir einen was zum hat",
        "le la les de des et est un une du en que pour dans qui sur pas au par avec ce il ne se"
                + " sont plus vous nous je mais cette ou être aux ont leur comment",
        "el la los las de que en un una es por con para no se del al lo su como más pero está"
                + " son fue este esta ser cuando qué también hay muy sus cuál",
        "il lo la gli le di che in un una per con non del della sono si da al come più ma dei"
                + " questo nel alla anche delle ha essere quando perché molto cosa",
        "os as de que em um uma por com para não se do da no na ao como mais mas são foi"
                + " este está ser dos das pelo também muito quando você seu sua",
        "de het een en van is dat niet in op te zijn voor met die aan er ook als maar om bij was"
                + " dit naar wordt heeft kan uit door zij hoe wat deze",
        "na się nie to że do jest jak co po ale za od dla przez są być tym oraz czy które"
                + " który może lub tego jego już tylko",
        "och att det som en på är av för med till den har inte om ett men var de kan från jag"
                + " eller när vi så hur vad detta ska också",
        "ve bir bu için ile da de ne olarak daha çok olan var gibi en kadar sonra değil ama mi ben"
                + " nasıl her veya olur şey ki bunu",
    };

    private static final Map<String, Integer> WORDS = words();

    /// Guesses the language of a text from its first 3,000 characters outside of code blocks.
    /// [#UNKNOWN] unless one language is clearly ahead.
    public static Language of(String text) {
        var scripts = new int[SCRIPTS];
        var hits = new int[LATIN];
        var seen = new HashSet<String>();
        int letters = 0;
        int start = -1;
        boolean fenced = false;
        int end = Math.min(text.length(), WINDOW);
        for (int i = 0; i <= end; i++) {
            char c = i < end ? text.charAt(i) : ' ';
            if (c == '`' && text.startsWith("```", i)) {
                fenced = !fenced;
                i += 2;
                start = -1;
                continue;
            }
            boolean letter = !fenced && Character.isLetter(c);
            if (letter) {
                letters++;
                scripts[script(c)]++;
                start = start < 0 ? i : start;
            } else {
                if (start >= 0 && i - start <= LONGEST_STOP_WORD) {
                    count(text.substring(start, i).toLowerCase(Locale.ROOT), seen, hits);
                }
                start = -1;
            }
        }
        return letters < LEAST_LETTERS
                ? shortText(scripts, letters)
                : decide(scripts, hits, letters);
    }

    /// Whether a text in this language could be taken for one in the other: closely related or not
    /// known.
    boolean mayBe(Language other) {
        return this == other
                || this == UNKNOWN
                || other == UNKNOWN
                || (isSlavic() && other.isSlavic())
                || (isHan() && other.isHan());
    }

    private boolean isSlavic() {
        return this == RUSSIAN || this == UKRAINIAN;
    }

    private boolean isHan() {
        return this == CHINESE || this == JAPANESE;
    }

    /// A few signs of Chinese or Japanese are a sentence; a few Latin letters are nothing.
    private static Language shortText(int[] scripts, int letters) {
        int latin = scripts[OTHER];
        return letters >= 4 && latin == 0 ? decide(scripts, new int[LATIN], letters) : UNKNOWN;
    }

    private static Language decide(int[] scripts, int[] hits, int letters) {
        int han = scripts[HAN];
        int kana = scripts[KANA];
        if ((han + kana) * 2 > letters) {
            return kana * 10 > han ? JAPANESE : CHINESE;
        }
        int cyrillic = scripts[CYRILLIC] + scripts[UKRAINIAN_ONLY];
        if (cyrillic * 2 > letters) {
            return scripts[UKRAINIAN_ONLY] * 50 > cyrillic ? UKRAINIAN : RUSSIAN;
        }
        for (int i = 0; i < OWN_SCRIPT.length; i++) {
            if (scripts[OWN + i] * 2 > letters) {
                return OWN_SCRIPT[i];
            }
        }
        return latin(hits);
    }

    private static Language latin(int[] hits) {
        int best = 0;
        for (int i = 1; i < LATIN; i++) {
            best = hits[i] > hits[best] ? i : best;
        }
        int second = 0;
        for (int i = 0; i < LATIN; i++) {
            second = i == best ? second : Math.max(second, hits[i]);
        }
        boolean clear = hits[best] >= 3 && hits[best] * 3 >= second * 4;
        return clear ? values()[best] : UNKNOWN;
    }

    /// A word counts once: a text that says "per" ten times is not Italian for it.
    private static void count(String word, Set<String> seen, int[] hits) {
        Integer mask = WORDS.get(word);
        if (mask != null && seen.add(word)) {
            for (int i = 0; i < LATIN; i++) {
                hits[i] += (mask >> i) & 1;
            }
        }
    }

    /// The place of a letter's script in the counts.
    private static int script(char c) {
        if (c < 0x250) {
            return OTHER;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN -> HAN;
            case HIRAGANA, KATAKANA -> KANA;
            case CYRILLIC -> "іїєґІЇЄҐ".indexOf(c) >= 0 ? UKRAINIAN_ONLY : CYRILLIC;
            case HANGUL -> OWN;
            case ARABIC -> OWN + 1;
            case HEBREW -> OWN + 2;
            case GREEK -> OWN + 3;
            case DEVANAGARI -> OWN + 4;
            default -> OTHER;
        };
    }

    private static Map<String, Integer> words() {
        var words = new HashMap<String, Integer>();
        for (int i = 0; i < LATIN; i++) {
            for (String word : STOP_WORDS[i].split(" ", -1)) {
                words.merge(word, 1 << i, (a, b) -> a | b);
            }
        }
        return Map.copyOf(words);
    }
}
