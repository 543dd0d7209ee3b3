package dev.tierwise.predict;

import java.util.Locale;

/// What is measured of a prompt beside its words.
public enum Shape {
    /// Natural logarithm of its characters.
    LENGTH,
    /// Natural logarithm of the characters before the first lettered option.
    QUESTION_LENGTH,
    /// Natural logarithm of its words.
    WORDS,
    /// Share of digits among its characters.
    DIGITS,
    /// Share of capitals.
    CAPITALS,
    /// Share of signs of mathematics and code.
    SIGNS,
    /// Line breaks for every ten characters.
    LINES,
    /// Lettered options.
    OPTIONS,
    /// Mean length of an option.
    OPTION_LENGTH,
    /// Options that are numbers.
    NUMBER_OPTIONS,
    /// Whether code stands in it.
    CODE,
    /// Whether LaTeX stands in it.
    LATEX,
    /// Natural logarithm of its numbers.
    NUMBERS,
    /// Natural logarithm of the largest number.
    LARGEST,
    /// Numbers with a fraction.
    FRACTIONS,
    /// Sums of money.
    MONEY,
    /// Mean length of a word.
    WORD_LENGTH,
    /// Sentences.
    SENTENCES,
    /// Words in a sentence.
    SENTENCE_LENGTH,
    /// Share of different words.
    VARIETY,
    /// Whether it asks.
    QUESTION,
    /// Whether it negates.
    NEGATION,
    /// Whether it has a gap to be filled.
    GAP,
    /// Words such as `calculate` and `solve`.
    MATHS_WORDS,
    /// Words such as `def` and `return`.
    CODE_WORDS,
    /// Words such as `why` and `prove`.
    DEEP_WORDS,
    /// Words such as `classify` and `extract`.
    NARROW_WORDS,
    /// Words such as `each` and `per`.
    RATE_WORDS,
    /// Words such as `twice` and `than`.
    COMPARING_WORDS,
    /// Words such as `if` and `then`.
    CONDITION_WORDS,
    /// Personal pronouns.
    PRONOUNS,
    /// Words such as `statement` and `scenario`.
    STATEMENT_WORDS,
    /// Share of characters outside of Latin script.
    FOREIGN,
    /// Natural logarithm of the conversation's turns.
    TURNS,
    /// Natural logarithm of all characters that the model has to read.
    CONTEXT,
    /// Natural logarithm of the tools on offer.
    TOOLS,
    /// Whether the answer has to keep to a schema.
    SCHEMA,
    /// Pictures, sounds and documents.
    MEDIA,
    /// Natural logarithm of the longest answer allowed; 0 when no limit is named.
    ANSWER_LIMIT;

    /// How many there are.
    public static final int COUNT = values().length;

    /// Those that a text alone has: the first ones.
    public static final int OF_TEXT = TURNS.place();

    private static final Shape[] ALL = values();

    /// That of a place.
    static Shape at(int place) {
        return ALL[place];
    }

    /// Its place among all.
    @SuppressWarnings("EnumOrdinal") // the order is the order of the columns
    public int place() {
        return ordinal();
    }

    /// The word in explanations, such as `number-options`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
