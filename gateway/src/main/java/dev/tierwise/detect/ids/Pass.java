package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser.Hits;
import dev.tierwise.detect.text.Letters;

/// One pass over one text: walks from word to number to sign and lets the others look.
final class Pass {
    /// No value is longer than this.
    static final int LONGEST = 64;

    final char[] chars;
    final int length;
    final Label label = new Label();
    long steps;
    int lastDateCue = -LONGEST;
    int lastBirthCue = -LONGEST;
    int lastAddress = -LONGEST;

    private final Hits hits;
    private final Numbers numbers;
    private final Codes codes;
    private final Dates dates;
    private final Addresses addresses;
    private final Nets nets;
    private int at;

    Pass(Plain text, Hits hits) {
        chars = text.chars();
        length = text.length();
        this.hits = hits;
        dates = new Dates(this);
        addresses = new Addresses(this);
        numbers = new Numbers(this, dates, addresses);
        codes = new Codes(this);
        nets = new Nets(this);
    }

    /// The words of the field's name come before the text.
    void field(String field) {
        if (!field.isEmpty()) {
            new Pass(Plain.same(field), hits).words(this);
        }
    }

    private void words(Pass into) {
        while (at < length) {
            if (Letters.letter(chars[at])) {
                int end = wordEnd(at);
                if (Cues.role(into.say(chars, at, end)) == Cues.BIRTH) {
                    into.lastBirthCue = 0;
                }
                at = end;
            } else {
                at++;
            }
        }
    }

    void run() {
        while (at < length) {
            char c = chars[at];
            steps++;
            at =
                    switch (Letters.kind(c)) {
                        case Letters.LOWER, Letters.UPPER -> word();
                        case Letters.DIGIT -> number();
                        default -> sign(c);
                    };
        }
    }

    private int word() {
        int end = wordEnd(at);
        char next = end < length ? chars[end] : ' ';
        int cue = say(chars, at, end);
        int to =
                cue != 0
                        ? cued(cue, end)
                        : addresses.named(at, end) ? addresses.prefixed(at, end) : 0;
        // `PESEL-204…`: the number is looked at by itself, with its check digit
        boolean name = Cues.role(cue) == Cues.STRONG && !Letters.wordly(next);
        if (to == 0
                && !name
                && ((next > ' ' && next != ',' && next != ')') || codes.spaced(at, end))) {
            to = nets.word(at, end);
            to = to > 0 ? to : codes.look(at);
        } else if (to == 0
                && (label.is(Kind.BIC) || label.is(Kind.PLATE) || label.is(Kind.POSTCODE))) {
            to = codes.look(at);
        }
        if (cue == 0) {
            // only now: the letters of a code are no word between it and its name
            label.word(0);
        }
        return to > 0 ? to : end;
    }

    private int cued(int cue, int end) {
        switch (Cues.role(cue)) {
            case Cues.MONTH -> {
                return dates.month(at, end, Cues.month(cue));
            }
            case Cues.PREFIX -> {
                return addresses.prefixed(at, end);
            }
            case Cues.DATE -> lastDateCue = end;
            case Cues.BIRTH -> {
                lastDateCue = end;
                lastBirthCue = end;
            }
            default -> {}
        }
        return 0;
    }

    private int number() {
        int to = nets.number(at);
        if (to <= 0) {
            to = numbers.look(at);
        }
        if (to <= 0) {
            to = codes.look(at);
        }
        if (to <= 0) {
            to = at + 1;
            while (to < length && Letters.digit(chars[to])) {
                to++;
                steps++;
            }
        }
        return to;
    }

    private int sign(char c) {
        switch (c) {
            case '@' -> {
                return nets.mail(at);
            }
            case '\n' -> label.stop();
            case ';', '!', '?', '{', '}' -> label.end();
            case ')' -> label.parenthesis();
            case '#' -> label.mark(false);
            case '.' -> {
                if (at + 1 < length && chars[at + 1] <= ' ') {
                    label.stop();
                }
            }
            case ':' -> {
                return nets.sign(at);
            }
            default -> {}
        }
        return at + 1;
    }

    /// Looks a word up and lets the label know; words of camelCase one by one.
    private int say(char[] from, int start, int end) {
        int hump = -1;
        boolean small = Letters.kind(from[start]) == Letters.LOWER;
        boolean name = end - start <= LONGEST;
        for (int i = start + 1; name && i < end && hump < 0; i++) {
            boolean lower =
                    (from[i] >= 'a' && from[i] <= 'z') || Letters.kind(from[i]) == Letters.LOWER;
            hump = small && !lower ? i : -1;
            small = lower;
        }
        steps += end - start;
        boolean may = end - start < 2 || Cues.may(from[start], from[start + 1]);
        int cue = may ? Cues.of(Letters.hash(from, start, end)) : 0;
        if (cue == 0 && hump > 0) {
            say(from, start, hump);
            return say(from, hump, end);
        }
        if (cue != 0) {
            label.word(cue);
        }
        return cue;
    }

    int wordEnd(int from) {
        int end = from;
        while (end < length && Letters.letter(chars[end])) {
            end++;
        }
        return end;
    }

    /// The cue of the word at `from`, which is not told to the label.
    int cue(int from) {
        int end = Math.min(wordEndWithin(from), length);
        return end == from ? 0 : Cues.of(Letters.hash(chars, from, end));
    }

    /// The end of a word, not farther than a word can be.
    int wordEndWithin(int from) {
        int end = from;
        int limit = Math.min(length, from + LONGEST);
        while (end < limit && Letters.letter(chars[end])) {
            end++;
        }
        steps += end - from;
        return end;
    }

    /// Whether the whole text is this value.
    boolean alone(int start, int end) {
        return length - (end - start) <= 3;
    }

    char charAt(int index) {
        return index >= 0 && index < length ? chars[index] : ' ';
    }

    void add(int start, int end, Kind kind, double score) {
        hits.add(start, end, kind, (float) score);
    }
}
