package dev.tierwise.verify;

import dev.tierwise.core.reply.Reply;
import java.util.HashSet;
import java.util.Set;

/// Whether what an extraction or a summary states stands in its input: numbers with two digits or
/// more (dates are such numbers), e-mail addresses, quoted words.
final class Grounding {
    private static final String NAME = "grounded";
    private static final int LONGEST_ANSWER = 60_000;
    private static final int MOST_QUOTES = 200;

    private Grounding() {}

    static void examine(Question question, Reply reply, Sheet sheet) {
        boolean applies = question.task() == Task.EXTRACTION || question.task() == Task.SUMMARY;
        if (!applies || !question.isWhole()) {
            return;
        }
        String text = reply.text();
        String answer = text.substring(0, Math.min(text.length(), LONGEST_ANSWER));
        Set<String> there = numbers(question.input(), new HashSet<>());
        Set<String> said = numbers(answer, new HashSet<>());
        long strange = said.stream().filter(number -> !there.contains(number)).count();
        var quotes = new Quotes(question.input(), answer);
        int facts = said.size() + quotes.said;
        long missing = strange + quotes.missing;
        double share = facts == 0 ? 0 : (double) missing / facts;
        sheet.set(Signal.UNGROUNDED, share);
        if (missing > 0) {
            sheet.add(
                    Finding.warn(
                            NAME,
                            share > 0.5 ? Rates.INVENTED : Rates.PARTLY_INVENTED,
                            missing
                                    + " of "
                                    + facts
                                    + " numbers, addresses and quotes are not in the input"));
        } else if (facts > 0) {
            sheet.add(Finding.pass(NAME, Rates.FITS, "all " + facts + " facts are in the input"));
        }
    }

    /// Numbers without separators between thousands, signs, currency and zeros at their ends.
    private static Set<String> numbers(String text, Set<String> into) {
        int i = 0;
        while (i < text.length()) {
            if (!Texts.isDigit(text.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            while (i < text.length() && i - start < 40 && isInside(text, i)) {
                i++;
            }
            String number = plain(text.substring(start, i));
            if (number.length() > 1) {
                into.add(number);
            }
        }
        return into;
    }

    private static boolean isInside(String text, int at) {
        char c = text.charAt(at);
        boolean mark = (c == '.' || c == ',') && at + 1 < text.length();
        return Texts.isDigit(c) || (mark && Texts.isDigit(text.charAt(at + 1)));
    }

    /// `1,234.50` and `1.234,50` are `1234.5`; a mark with three digits behind it parts thousands.
    private static String plain(String number) {
        int last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
        boolean thousands = last >= 0 && number.length() - last == 4;
        var digits = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            if (Texts.isDigit(number.charAt(i))) {
                digits.append(number.charAt(i));
            } else if (i == last && !thousands) {
                digits.append('.');
            }
        }
        int end = digits.length();
        boolean point = digits.indexOf(".") >= 0;
        while (point && end > 0 && digits.charAt(end - 1) == '0') {
            end--;
        }
        end -= point && end > 0 && digits.charAt(end - 1) == '.' ? 1 : 0;
        int start = 0;
        while (start < end - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start, end);
    }

    /// Quoted words and e-mail addresses of an answer, and how many of them are not in the input.
    private static final class Quotes {
        private final String input;
        private int said;
        private int missing;

        Quotes(String input, String answer) {
            this.input = squeeze(input);
            addresses(answer);
            quoted(answer);
        }

        private void quoted(String answer) {
            int at = 0;
            while (at < answer.length() && said < MOST_QUOTES) {
                int open = next(answer, at);
                char shut = open < 0 ? 0 : answer.charAt(open) == '“' ? '”' : '"';
                int close = open < 0 ? -1 : answer.indexOf(shut, open + 1);
                if (close < 0) {
                    return;
                }
                String quote = squeeze(answer.substring(open + 1, Math.min(close, open + 300)));
                boolean name = close + 1 < answer.length() && answer.charAt(close + 1) == ':';
                boolean words = quote.indexOf(' ') > 0 && quote.length() > 5;
                if (words && !name && close - open < 300) {
                    look(quote);
                }
                at = close + 1;
            }
        }

        private static int next(String answer, int from) {
            for (int i = from; i < answer.length(); i++) {
                if (answer.charAt(i) == '"' || answer.charAt(i) == '“') {
                    return i;
                }
            }
            return -1;
        }

        private void addresses(String answer) {
            int at = answer.indexOf('@');
            while (at >= 0 && said < MOST_QUOTES) {
                int start = at;
                while (start > 0 && at - start < 64 && isAddress(answer.charAt(start - 1))) {
                    start--;
                }
                int end = at + 1;
                while (end < answer.length() && end - at < 128 && isAddress(answer.charAt(end))) {
                    end++;
                }
                end -= answer.charAt(end - 1) == '.' ? 1 : 0;
                if (start < at && answer.indexOf('.', at) > 0 && answer.indexOf('.', at) < end) {
                    look(squeeze(answer.substring(start, end)));
                }
                at = answer.indexOf('@', at + 1);
            }
        }

        private static boolean isAddress(char c) {
            return Character.isLetterOrDigit(c) || "._%+-".indexOf(c) >= 0;
        }

        private void look(String fact) {
            said++;
            missing += input.contains(fact) ? 0 : 1;
        }

        /// Small letters, one space for many, plain quotes, no stop at the end.
        private static String squeeze(String text) {
            var out = new StringBuilder(text.length());
            boolean space = true;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isWhitespace(c)) {
                    if (!space) {
                        out.append(' ');
                    }
                    space = true;
                } else {
                    out.append(c == '’' ? '\'' : Character.toLowerCase(c));
                    space = false;
                }
            }
            int end = out.length();
            while (end > 0 && " .,;".indexOf(out.charAt(end - 1)) >= 0) {
                end--;
            }
            return out.substring(0, end);
        }
    }
}
