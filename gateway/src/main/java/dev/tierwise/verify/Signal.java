package dev.tierwise.verify;

import java.util.Locale;

/// The numbers that an examination hands to whoever combines them, in this order. New ones go to
/// the end: learned weights name places. Counts are ln(1 + count), so that all stay small.
public enum Signal {
    /// 1 when a final answer was found.
    FOUND,
    /// 1 when it is a field of JSON.
    FORM_JSON,
    /// 1 when it is boxed or behind `####`.
    FORM_BOXED,
    /// 1 when it follows such words as "the answer is".
    FORM_PHRASE,
    /// 1 when it is the whole answer.
    FORM_WHOLE,
    /// 1 when it only stands out.
    FORM_MARKED,
    /// 1 when it is only the last number or letter.
    FORM_LAST,
    /// Characters of the final answer, as a count.
    ANSWER_LENGTH,
    /// How often the final answer stands in the text, as a count.
    ANSWER_MENTIONS,
    /// 1 when the final answer stands in the question.
    ANSWER_ASKED,
    /// Calculations that could be done again, as a count.
    ARITHMETIC_CHECKED,
    /// Those that came out otherwise, as a count.
    ARITHMETIC_WRONG,
    /// Their share, 0 to 1.
    ARITHMETIC_WRONG_SHARE,
    /// Words of doubt, as a count.
    HEDGES,
    /// Words of starting over or of an answer that is not among the options, as a count.
    DOUBTS,
    /// 1 when the answer refuses.
    REFUSAL,
    /// 1 when the answer was cut off.
    TRUNCATED,
    /// Characters, as a count.
    LENGTH,
    /// Lines with something on them, as a count.
    LINES,
    /// Sentences and steps, as a count.
    STEPS,
    /// Numbers, as a count.
    NUMBERS,
    /// Share of the four-word sequences that came before, 0 to 1.
    REPETITION,
    /// Characters of a loop at the end, as a count.
    LOOP,
    /// 1 when the language is another than the wished.
    WRONG_LANGUAGE,
    /// Share of numbers and quotes that are not in the input, 0 to 1.
    UNGROUNDED,
    /// 1 when code in the answer is broken.
    BROKEN_CODE,
    /// 1 when log-probabilities came with the answer; without them the rest are 0.
    LOGPROB_PRESENT,
    /// Mean of the tokens' log-probabilities.
    LOGPROB_MEAN,
    /// Lowest 5 % of them.
    LOGPROB_Q05,
    /// Lowest 10 %.
    LOGPROB_Q10,
    /// Lowest quarter.
    LOGPROB_Q25,
    /// Median.
    LOGPROB_Q50,
    /// Mean of the distances to the likeliest other token.
    MARGIN_MEAN,
    /// Lowest 10 % of these distances.
    MARGIN_Q10,
    /// Log-probability of the final answer's first token; 0 when that was not found.
    ANSWER_LOGPROB,
    /// Its distance to the likeliest other token.
    ANSWER_MARGIN;

    /// The word for reports, such as `form-json`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
