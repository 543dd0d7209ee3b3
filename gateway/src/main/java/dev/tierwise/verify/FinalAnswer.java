package dev.tierwise.verify;

import java.util.List;
import java.util.Optional;

/// The final answer of a free-form answer: a letter, a number, a label, a literal. Printing it
/// shows its form only.
///
/// @param value as it stands in the answer, without the marks around it
/// @param form how it was found
/// @param start first character of it in the answer, about
/// @param end the character after its last, about
public record FinalAnswer(String value, Form form, int start, int end) {
    /// How a final answer was found, surest first.
    public enum Form {
        /// The field `answer` of JSON, also broken or in a code block.
        JSON,
        /// `#### 18`
        HASHES,
        /// `\boxed{…}`
        BOXED,
        /// After words such as "the answer is".
        PHRASE,
        /// A lone letter, number or label.
        WHOLE,
        /// The last that stands out: bold, in brackets.
        MARKED,
        /// The last number or letter of the text: a guess.
        LAST
    }

    /// Finds the final answer of an answer to this question. Linear in the answer; of one longer
    /// than 100,000 characters the end counts.
    public static Optional<FinalAnswer> of(String answer, Question question) {
        return Optional.ofNullable(new Extraction(answer, question).find());
    }

    /// Whether two final answers mean the same: numbers by value (`1,234.50` and `1234.5`, `3/4`
    /// and `\frac{3}{4}`), units, currency, percent signs, TeX, case, quotes and spaces aside.
    /// `50%` is `50`, not `0.5`. Reflexive, symmetric and transitive.
    public static boolean same(String one, String other) {
        return one.equals(other) || Canonical.of(one).equals(Canonical.of(other));
    }

    /// Whether two final answers to this question mean the same: a letter is also the text of its
    /// option; in an answer about code, case and spaces within quotes count.
    public static boolean same(String one, String other, Question question) {
        return one.equals(other) || normal(one, question).equals(normal(other, question));
    }

    /// The form of a final answer in which equal ones are equal strings: for counting votes.
    public static String normal(String value, Question question) {
        return switch (question.task()) {
            case CHOICE -> choice(value, question.options());
            case CODE -> Canonical.code(value);
            case CLASSIFICATION, EXTRACTION, SUMMARY, TRANSLATION, MATHS, STRUCTURED, CHAT ->
                    Canonical.of(value);
        };
    }

    private static String choice(String value, List<String> options) {
        int letter = Extraction.letter(value, options.size());
        if (letter >= 0) {
            return "option " + letter;
        }
        String wanted = Canonical.of(value);
        for (int i = 0; i < options.size(); i++) {
            if (Canonical.of(options.get(i)).equals(wanted)) {
                return "option " + i;
            }
        }
        return wanted;
    }

    @Override
    public String toString() {
        return "FinalAnswer[" + form + ", " + value.length() + " characters]";
    }
}
