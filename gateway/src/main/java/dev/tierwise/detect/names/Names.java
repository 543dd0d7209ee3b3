package dev.tierwise.detect.names;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import java.util.Locale;

/// Finds people and places by lists and by what stands around them. A name or a city alone, in a
/// text that does not speak of patients, gets a low score.
public final class Names implements Recogniser {
    private static final int MOST_WORDS = 5;

    /// Makes one; all share the lists.
    public Names() {}

    @Override
    public void find(Plain text, String field, Hits hits) {
        Tokens tokens = Tokens.of(text);
        if (wholeField(tokens, field, hits)) {
            return;
        }
        boolean medical = medical(tokens);
        for (int i = 0; i < tokens.count(); ) {
            int next = i;
            if (tokens.capital(i)) {
                next = place(tokens, i, medical, hits);
                if (next == i) {
                    next = person(tokens, i, medical, hits);
                }
            } else if (tokens.shape(i) == Tokens.LOWER) {
                next = smallLetters(tokens, i, hits);
            }
            i = Math.max(i + 1, next);
        }
    }

    private static boolean wholeField(Tokens tokens, String field, Hits hits) {
        int bits = field.isEmpty() ? 0 : fieldBits(field);
        if ((bits & (Lexicon.LABEL | Lexicon.PLACE_LABEL)) == 0
                || tokens.count() == 0
                || tokens.count() > 8
                || !tokens.word(0)) {
            return false;
        }
        // "name" also names models and functions: only what could be a person's counts
        boolean person = (bits & Lexicon.LABEL) != 0;
        if (person && !tokens.capital(0) && (tokens.bits(0) & Gazetteer.FIRST) == 0) {
            return false;
        }
        boolean bare = field.equals("name");
        boolean known = (tokens.bits(0) & (Gazetteer.FIRST | Gazetteer.LAST)) != 0;
        float score = !person || !bare ? .9f : known && written(tokens) ? .85f : .4f;
        hits.add(
                tokens.start(0),
                tokens.end(tokens.count() - 1),
                person ? Kind.NAME : Kind.PLACE,
                score);
        return true;
    }

    /// Whether it is written as people's names are, `Ana Ruiz` or `Ruiz, Ana`, and not as those of
    /// functions and files.
    private static boolean written(Tokens tokens) {
        boolean apart = tokens.sign(1, ',');
        for (int i = 0; i < tokens.count(); i++) {
            apart |= i > 0 && tokens.gap(i) == 1;
            boolean sign =
                    tokens.sign(i, '.')
                            || tokens.sign(i, ',')
                            || tokens.sign(i, '-')
                            || tokens.sign(i, '\'');
            if (!sign && !tokens.word(i)) {
                return false;
            }
        }
        return apart;
    }

    private static int fieldBits(String field) {
        String plain = field.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        return Lexicon.shipped().bits(Tokens.hash(plain));
    }

    private static boolean medical(Tokens tokens) {
        for (int i = 0; i < tokens.count(); i++) {
            if ((tokens.bits(i) & Lexicon.MEDICAL) != 0) {
                return true;
            }
        }
        return false;
    }

    /// The end of the run of words with capitals from `from`: initials, particles and hyphens too.
    private static int run(Tokens tokens, int from) {
        int end = from + 1;
        for (int words = 1; words < MOST_WORDS; words++) {
            int at = end;
            boolean dotted = tokens.sign(at, '.') && tokens.shape(end - 1) == Tokens.INITIAL;
            at += dotted ? 1 : 0;
            if (tokens.gap(at) == 0 && (tokens.sign(at, '-') || tokens.sign(at, '\''))) {
                at++;
            }
            int particles = at;
            while (particles < at + 2
                    && tokens.shape(particles) == Tokens.LOWER
                    && (tokens.bits(particles) & Lexicon.PARTICLE) != 0) {
                particles++;
            }
            if (!tokens.capital(particles) || tokens.gap(at) == 2 || tokens.gap(particles) == 2) {
                return dotted ? end + 1 : end;
            }
            end = particles + 1;
        }
        return end;
    }

    private static int place(Tokens tokens, int i, boolean medical, Hits hits) {
        int end = Lexicon.shipped().placeEnd(tokens, i);
        int run = run(tokens, i);
        for (int k = i; k < run; k++) {
            boolean house = (tokens.bits(k) & Lexicon.HOUSE) != 0;
            if (house && (k > i || run > k + 1)) {
                hits.add(tokens.start(i), tokens.end(run - 1), Kind.PLACE, medical ? .8f : .6f);
                return run;
            }
        }
        boolean centre =
                run >= i + 3
                        && (tokens.fold(run - 2, 0) == 'm' || tokens.fold(run - 2, 0) == 'h')
                        && (tokens.hash(run - 1) == CENTRE || tokens.hash(run - 1) == CENTER)
                        && (tokens.hash(run - 2) == MEDICAL || tokens.hash(run - 2) == HEALTH);
        if (centre) {
            hits.add(tokens.start(i), tokens.end(run - 1), Kind.PLACE, .8f);
            return run;
        }
        if (end == i) {
            return i;
        }
        boolean before =
                (tokens.bits(i - 1) & Lexicon.AT) != 0 || labelled(tokens, i, Lexicon.PLACE_LABEL);
        boolean title = (tokens.bits(i - 1) & Lexicon.TITLE) != 0 || tokens.sign(i - 1, '.');
        if (title && !before) {
            return i;
        }
        float score = medical ? before ? .85f : .55f : before ? .35f : .25f;
        hits.add(tokens.start(i), tokens.end(end - 1), Kind.PLACE, score);
        return end;
    }

    private static final long CENTRE = Tokens.hash("centre");
    private static final long CENTER = Tokens.hash("center");
    private static final long MEDICAL = Tokens.hash("medical");
    private static final long HEALTH = Tokens.hash("health");

    /// Whether a label such as `"name":` stands before token `i`.
    private static boolean labelled(Tokens tokens, int i, int label) {
        int at = i - 1;
        if (tokens.sign(at, '"')) {
            at--;
        }
        if (!tokens.sign(at, ':') && !tokens.sign(at, '=')) {
            return false;
        }
        at--;
        if (tokens.sign(at, '"')) {
            at--;
        }
        return (tokens.bits(at) & label) != 0;
    }

    private static int person(Tokens tokens, int i, boolean medical, Hits hits) {
        int begin = i;
        boolean title = titled(tokens, i);
        if (!title && (tokens.bits(i) & Lexicon.TITLE) != 0) {
            int after = tokens.sign(i + 1, '.') ? i + 2 : i + 1;
            if (!tokens.capital(after) || tokens.gap(after) == 2) {
                return i;
            }
            begin = after;
            title = true;
        }
        if ((tokens.bits(begin) & (Lexicon.NOT_NAME | Lexicon.HOUSE)) != 0
                && !labelled(tokens, begin, Lexicon.LABEL)) {
            return i;
        }
        int end = run(tokens, begin);
        end = withoutCommon(tokens, begin, end);
        float score = score(tokens, begin, end, title);
        int comma = lastFirst(tokens, begin, end);
        if (comma > end) {
            end = comma;
            score = Math.max(score, .75f);
        }
        if (medical && score >= .3f && score < .6f) {
            score += .15f;
        }
        if (score == 0) {
            return i;
        }
        hits.add(tokens.start(begin), tokens.end(end - 1), Kind.NAME, score);
        return end;
    }

    /// Cuts words off the end that are no part of a name.
    private static int withoutCommon(Tokens tokens, int begin, int end) {
        int last = end;
        while (last > begin + 1) {
            int bits = tokens.bits(last - 1);
            boolean names = (bits & (Gazetteer.FIRST | Gazetteer.LAST)) != 0;
            boolean no = (bits & (Lexicon.NOT_NAME | Lexicon.HOUSE)) != 0;
            boolean common = !names && (bits & Gazetteer.COMMON) != 0;
            boolean cut = tokens.word(last - 1) && tokens.shape(last - 1) != Tokens.INITIAL;
            if (!cut || !(no || common)) {
                break;
            }
            last--;
        }
        return last;
    }

    private static boolean titled(Tokens tokens, int i) {
        int at = tokens.sign(i - 1, '.') ? i - 2 : i - 1;
        return (tokens.bits(at) & Lexicon.TITLE) != 0 && tokens.gap(i) < 2;
    }

    private static float score(Tokens tokens, int begin, int end, boolean title) {
        int bits = tokens.bits(begin);
        boolean first = (bits & Gazetteer.FIRST) != 0;
        boolean last = (bits & Gazetteer.LAST) != 0;
        boolean common = (bits & Gazetteer.COMMON) != 0;
        boolean person = (tokens.bits(begin - 1) & Lexicon.PERSON) != 0 && tokens.gap(begin) < 2;
        boolean initial = tokens.shape(begin) == Tokens.INITIAL;
        if (title && (!common || first || last || end > begin + 1 || initial)) {
            return .9f;
        }
        if (labelled(tokens, begin, Lexicon.LABEL) && (!common || first || last)) {
            return .85f;
        }
        if (end == begin + 1) {
            if (person && (first || last) && !initial) {
                return .75f;
            }
            return first && !common && tokens.shape(begin) == Tokens.TITLE ? .3f : 0;
        }
        return several(tokens, begin, end, (first && !common) || (person && (first || last)));
    }

    private static float several(Tokens tokens, int begin, int end, boolean sure) {
        int last = tokens.word(end - 1) ? end - 1 : end - 2;
        int bits = tokens.bits(last);
        boolean initial = tokens.shape(last) == Tokens.INITIAL && last > begin;
        boolean surname = (bits & Gazetteer.LAST) != 0;
        boolean unknown = (bits & (Gazetteer.COMMON | Gazetteer.FIRST)) == 0;
        if (tokens.shape(begin) == Tokens.INITIAL) {
            return tokens.sign(begin + 1, '.') && surname && (bits & Gazetteer.COMMON) == 0
                    ? .6f
                    : 0;
        }
        if (sure) {
            return initial ? .75f : surname || unknown ? .8f : .4f;
        }
        boolean first = (tokens.bits(begin) & Gazetteer.FIRST) != 0;
        return first && surname && (bits & Gazetteer.COMMON) == 0 ? .6f : 0;
    }

    /// The end of `Last, First` whose `Last` is the run up to `end`.
    private static int lastFirst(Tokens tokens, int begin, int end) {
        boolean last =
                end == begin + 1
                        && (tokens.bits(begin) & (Gazetteer.LAST | Gazetteer.COMMON))
                                == Gazetteer.LAST;
        int after = end + 1;
        boolean first =
                last
                        && tokens.sign(end, ',')
                        && tokens.capital(after)
                        && tokens.gap(after) == 1
                        && (tokens.bits(after) & (Gazetteer.FIRST | Gazetteer.COMMON))
                                == Gazetteer.FIRST
                        && (tokens.bits(after) & Lexicon.PLACE) == 0;
        return first && (tokens.bits(begin) & Lexicon.PLACE) == 0 ? after + 1 : end;
    }

    private static final long IS = Tokens.hash("is");
    private static final long NAME = Tokens.hash("name");

    /// `my name is john smith`, `patient john smith`.
    private static int smallLetters(Tokens tokens, int i, Hits hits) {
        if ((tokens.bits(i) & Gazetteer.FIRST) == 0) {
            return i;
        }
        boolean said = tokens.hash(i - 1) == IS && tokens.hash(i - 2) == NAME;
        boolean person = (tokens.bits(i - 1) & (Lexicon.PERSON | Lexicon.TITLE)) != 0;
        boolean common = (tokens.bits(i) & Gazetteer.COMMON) != 0;
        boolean more =
                (tokens.bits(i + 1) & Gazetteer.LAST) != 0
                        && (tokens.bits(i + 1) & Lexicon.NOT_NAME) == 0
                        && tokens.gap(i + 1) == 1;
        boolean surname = more && (tokens.bits(i + 1) & Gazetteer.COMMON) == 0;
        if ((said && (!common || more)) || (person && !common && surname)) {
            int end = more ? i + 2 : i + 1;
            hits.add(tokens.start(i), tokens.end(end - 1), Kind.NAME, .7f);
            return end;
        }
        return i;
    }
}
