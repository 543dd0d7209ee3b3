package dev.tierwise.predict;

/// One pass over a text: words to hashes, signs to counts. For one thread.
final class Reader {
    private final Words words;
    private final double[] counts = new double[Shape.COUNT];
    private long letters;
    private int plainWords;
    private int capitals;
    private int digits;
    private int signs;
    private int lines;
    private int foreign;
    private int numbers;
    private int fractions;
    private int sentences;
    private int options;
    private int numberOptions;
    private int firstOption = -1;
    private int lastOption;
    private double largest;
    private boolean latex;
    private boolean code;
    private boolean asks;
    private boolean gap;
    private boolean lineBegins = true;
    private boolean hinting;

    Reader(int characters) {
        words = new Words(characters);
    }

    /// Reads only what a text hints at: the words that count for a [Shape].
    void hint(CharSequence text, int end) {
        hinting = true;
        int i = 0;
        while (i < end) {
            i = Character.isLetter(text.charAt(i)) ? word(text, i, end) : i + 1;
        }
        hinting = false;
    }

    /// Reads a text from its start to `end`.
    void read(CharSequence text, int end) {
        int i = 0;
        while (i < end) {
            char c = text.charAt(i);
            if (c <= ' ') {
                if (c == '\n') {
                    lines++;
                    lineBegins = true;
                }
                i++;
                continue;
            }
            if (lineBegins) {
                lineBegins = false;
                option(text, i, end);
            }
            if (Character.isLetter(c)) {
                i = word(text, i, end);
            } else if (c >= '0' && c <= '9') {
                i = number(text, i, end);
            } else {
                i = sign(text, i, end, c);
            }
        }
    }

    private int word(CharSequence text, int from, int end) {
        int hash = Words.start();
        int i = from;
        for (; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                hash = Words.next(hash, c);
            } else if (c >= 'A' && c <= 'Z') {
                capitals += hinting ? 0 : 1;
                hash = Words.next(hash, (char) (c + 32));
            } else if (c > 127 && Character.isLetter(c)) {
                foreign += c > 0x24F ? 1 : 0;
                hash = Words.next(hash, Character.toLowerCase(c));
            } else {
                break;
            }
        }
        if (!hinting) {
            letters += i - from;
            plainWords++;
            words.add(hash);
        }
        int kind = Lexis.kind(hash);
        if (kind >= 0) {
            counts[kind]++;
        }
        return i;
    }

    private int number(CharSequence text, int from, int end) {
        double value = 0;
        double place = 0;
        int i = from;
        for (; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                value = place == 0 ? value * 10 + (c - '0') : value + (c - '0') * place;
                place /= 10;
            } else if (c == '.' && place == 0 && i + 1 < end && isDigit(text.charAt(i + 1))) {
                place = .1;
            } else if (c != ',' || i + 1 >= end || !isDigit(text.charAt(i + 1))) {
                break;
            }
        }
        numbers++;
        fractions += place == 0 ? 0 : 1;
        largest = Math.max(largest, Math.min(value, 1e9));
        words.add('0');
        return i;
    }

    private int sign(CharSequence text, int i, int end, char c) {
        switch (c) {
            case '=', '+', '*', '/', '^', '<', '>', '{', '}' -> signs++;
            case '$' -> {
                signs++;
                counts[Shape.MONEY.place()]++;
            }
            case '\\' -> {
                signs++;
                latex = true;
            }
            case '?' -> {
                asks = true;
                sentences++;
            }
            case '.', '!' -> sentences += i + 1 >= end || text.charAt(i + 1) <= ' ' ? 1 : 0;
            case '`' -> code |= i + 2 < end && text.charAt(i + 1) == '`';
            case '_' -> gap |= i + 2 < end && text.charAt(i + 1) == '_';
            default -> foreign += c > 0x24F && c < 0x2000 ? 1 : 0;
        }
        words.add(c);
        return i + 1;
    }

    /// A line such as `B. 42` or `(c) both`.
    private void option(CharSequence text, int i, int end) {
        int at = text.charAt(i) == '(' ? i + 1 : i;
        if (at + 2 >= end) {
            return;
        }
        char letter = (char) (text.charAt(at) & ~32);
        char mark = text.charAt(at + 1);
        boolean marked = mark == '.' || mark == ')' || mark == ':';
        if (letter == 'A' + options && options < 26 && marked && text.charAt(at + 2) == ' ') {
            firstOption = options == 0 ? i : firstOption;
            lastOption = i;
            options++;
            int value = at + 3;
            char first = value < end ? text.charAt(value) : ' ';
            boolean signed = first == '-' || first == '$' || first == '.';
            char deciding = signed && value + 1 < end ? text.charAt(value + 1) : first;
            numberOptions += isDigit(deciding) ? 1 : 0;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// What was read.
    ///
    /// @param length characters in all
    Sight sight(int length) {
        double all = length + 1.0;
        set(Shape.LENGTH, Math.log(all));
        set(Shape.QUESTION_LENGTH, Math.log((firstOption > 0 ? firstOption : length) + 1.0));
        set(Shape.WORDS, Math.log(plainWords + 1.0));
        set(Shape.DIGITS, digits / all);
        set(Shape.CAPITALS, capitals / all);
        set(Shape.SIGNS, signs / all);
        set(Shape.LINES, 10 * lines / all);
        set(Shape.OPTIONS, options);
        set(
                Shape.OPTION_LENGTH,
                options < 2 ? 0 : Math.log1p((lastOption - firstOption) / (options - 1.0)));
        set(Shape.NUMBER_OPTIONS, numberOptions);
        set(Shape.CODE, code ? 1 : 0);
        set(Shape.LATEX, latex ? 1 : 0);
        set(Shape.NUMBERS, Math.log1p(numbers));
        set(Shape.LARGEST, Math.log1p(largest));
        set(Shape.FRACTIONS, Math.log1p(fractions));
        set(Shape.MONEY, Math.log1p(counts[Shape.MONEY.place()]));
        set(Shape.WORD_LENGTH, plainWords == 0 ? 0 : (double) letters / plainWords);
        set(Shape.SENTENCES, Math.log1p(sentences));
        set(Shape.SENTENCE_LENGTH, Math.log1p(plainWords / Math.max(1.0, sentences)));
        set(Shape.VARIETY, words.tokens() == 0 ? 0 : words.size() / (2.0 * words.tokens()));
        set(Shape.QUESTION, asks ? 1 : 0);
        set(Shape.GAP, gap ? 1 : 0);
        for (int kind = Shape.NEGATION.place(); kind <= Shape.STATEMENT_WORDS.place(); kind++) {
            if (kind != Shape.GAP.place()) {
                counts[kind] = Math.log1p(counts[kind]);
            }
        }
        set(Shape.FOREIGN, foreign / all);
        return new Sight(words.toArray(), words.counts(), counts);
    }

    private void set(Shape shape, double value) {
        counts[shape.place()] = value;
    }
}
