package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Log-probabilities as quantiles and margins, of all tokens and of the final answer's first. Never
/// their sum: it falls with the length of an answer, whatever its worth (Gupta et al. 2024, arXiv
/// 2404.10136).
final class Confidence {
    private static final String NAME = "confidence";
    private static final int MOST = 20_000;

    private Confidence() {}

    static void examine(Reply reply, Optional<FinalAnswer> answer, Sheet sheet) {
        List<Reply.Token> tokens = reply.tokens();
        int size = Math.min(MOST, tokens.size());
        if (size == 0) {
            return;
        }
        var logprobs = new double[size];
        var margins = new double[size];
        int known = 0;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            Reply.Token token = tokens.get(i);
            logprobs[i] = bounded(token.logprob());
            sum += logprobs[i];
            if (!Double.isNaN(token.runnerUp())) {
                margins[known++] = logprobs[i] - bounded(token.runnerUp());
            }
        }
        Arrays.sort(logprobs);
        sheet.set(Signal.LOGPROB_PRESENT, 1);
        sheet.set(Signal.LOGPROB_MEAN, sum / size);
        sheet.set(Signal.LOGPROB_Q05, quantile(logprobs, size, 0.05));
        sheet.set(Signal.LOGPROB_Q10, quantile(logprobs, size, 0.10));
        sheet.set(Signal.LOGPROB_Q25, quantile(logprobs, size, 0.25));
        sheet.set(Signal.LOGPROB_Q50, quantile(logprobs, size, 0.50));
        if (known > 0) {
            Arrays.sort(margins, 0, known);
            sheet.set(Signal.MARGIN_MEAN, Arrays.stream(margins, 0, known).sum() / known);
            sheet.set(Signal.MARGIN_Q10, quantile(margins, known, 0.10));
        }
        int at = answer.map(found -> token(reply, found.start(), found.end())).orElse(-1);
        if (at >= 0) {
            Reply.Token token = tokens.get(at);
            double logprob = bounded(token.logprob());
            sheet.set(Signal.ANSWER_LOGPROB, logprob);
            boolean rival = !Double.isNaN(token.runnerUp());
            sheet.set(Signal.ANSWER_MARGIN, rival ? logprob - bounded(token.runnerUp()) : 0);
        }
        find(
                at >= 0 ? bounded(tokens.get(at).logprob()) : quantile(logprobs, size, 0.10),
                at,
                sheet);
    }

    private static void find(double logprob, int at, Sheet sheet) {
        double probability = Math.exp(logprob);
        String what = at >= 0 ? "the final answer's first token" : "the lowest tenth of the tokens";
        String reason = "%s had a probability of %.2f".formatted(what, probability);
        double good = Rates.ofProbability(probability);
        sheet.add(
                probability < 0.5
                        ? Finding.warn(NAME, good, reason)
                        : Finding.pass(NAME, good, reason));
    }

    /// The first token with something to read within this part of the text; -1 when the tokens'
    /// texts do not tell.
    private static int token(Reply reply, int start, int end) {
        int at = 0;
        for (int i = 0; i < reply.tokens().size(); i++) {
            String text = reply.tokens().get(i).text();
            int stop = at + text.length();
            boolean said = text.chars().anyMatch(Character::isLetterOrDigit);
            if (stop > start && at < end && said) {
                return i;
            }
            if (at >= end) {
                return -1;
            }
            at = stop;
        }
        return -1;
    }

    /// Impossible tokens come as minus infinity or -9999; wrong ones above 0.
    private static double bounded(double logprob) {
        return Double.isNaN(logprob) ? -30 : Math.clamp(logprob, -30.0, 0.0);
    }

    private static double quantile(double[] sorted, int size, double share) {
        return sorted[Math.min(size - 1, (int) (share * size))];
    }
}
