package dev.tierwise.verify;

import dev.tierwise.verify.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A calculation with its value.
///
/// @param value the result
/// @param size how many numbers are in it
/// @param first the number it begins with
/// @param decimals digits behind the point of a lone number; -1 when it is more than one
/// @param rounded whether a number in it has digits behind a point
/// @param percent whether a percentage is in it
record Expression(
        double value, int size, double first, int decimals, boolean rounded, boolean percent) {
    private static final int MOST_TERMS = 300;
    private static final int DEEPEST = 24;

    /// The calculation at the end of these terms; null when there is none to trust.
    static @Nullable Expression ending(List<Term> terms) {
        int end = terms.size();
        while (end > 1 && terms.get(end - 1).kind() == Kind.WORD && terms.size() - end < 3) {
            end--;
        }
        if (end == 0 || !terms.get(end - 1).calculates()) {
            return null;
        }
        int start = end;
        int deep = 0;
        while (start > 0 && end - start < MOST_TERMS) {
            Term term = terms.get(start - 1);
            deep += term.kind() == Kind.CLOSE ? 1 : term.kind() == Kind.OPEN ? -1 : 0;
            boolean unit = term.kind() == Kind.WORD && isUnit(terms, start - 1);
            if (deep < 0 || !(term.calculates() || unit)) {
                break;
            }
            start--;
        }
        if (start == end) {
            return null;
        }
        Kind before = start == 0 ? Kind.BREAK : deep < 0 ? Kind.BREAK : terms.get(start - 1).kind();
        boolean sign = terms.get(start).kind() == Kind.OPERATOR;
        boolean trusted = before == Kind.BREAK || (before == Kind.WORD && !sign);
        return trusted ? value(terms.subList(start, end)) : null;
    }

    /// The calculation at the beginning of these terms; null when there is none to trust.
    static @Nullable Expression beginning(List<Term> terms) {
        int end = 0;
        int deep = 0;
        while (end < terms.size() && end < MOST_TERMS) {
            Term term = terms.get(end);
            deep += term.kind() == Kind.OPEN ? 1 : term.kind() == Kind.CLOSE ? -1 : 0;
            boolean unit = term.kind() == Kind.WORD && isUnit(terms, end);
            if (deep < 0 || !(term.calculates() || unit)) {
                break;
            }
            end++;
        }
        Kind after = end == terms.size() || deep < 0 ? Kind.BREAK : terms.get(end).kind();
        boolean trusted = after == Kind.BREAK || after == Kind.WORD;
        return trusted && end > 0 ? value(terms.subList(0, end)) : null;
    }

    /// Whether this word stands behind a number and before a sign, as in `3 apples * 4`.
    private static boolean isUnit(List<Term> terms, int at) {
        boolean number = at > 0 && terms.get(at - 1).isNumber();
        boolean sign = at + 1 < terms.size() && terms.get(at + 1).kind() == Kind.OPERATOR;
        return number && sign;
    }

    private static @Nullable Expression value(List<Term> terms) {
        var plain = new ArrayList<Term>(terms.size());
        int size = 0;
        boolean rounded = false;
        boolean percent = false;
        double first = Double.NaN;
        int decimals = -1;
        for (Term term : terms) {
            if (term.kind() != Kind.WORD) {
                plain.add(term);
            }
            if (term.isNumber()) {
                first = size++ == 0 ? term.value() : first;
                rounded |= term.decimals() > 0;
                percent |= term.kind() == Kind.PERCENT;
                decimals = term.decimals();
            }
        }
        double value = new Walk(plain).all();
        return size == 0 || Double.isNaN(value) || Double.isInfinite(value)
                ? null
                : new Expression(value, size, first, size == 1 ? decimals : -1, rounded, percent);
    }

    /// Recursive descent; not a number where the terms are no calculation.
    private static final class Walk {
        private final List<Term> terms;
        private int at;
        private int deep;

        Walk(List<Term> terms) {
            this.terms = terms;
        }

        double all() {
            double value = sum();
            return at == terms.size() ? value : Double.NaN;
        }

        private double sum() {
            double value = product();
            while (isOperator('+') || isOperator('-')) {
                char sign = terms.get(at++).sign();
                double next = product();
                value = sign == '+' ? value + next : value - next;
            }
            return value;
        }

        private double product() {
            double value = factor();
            while (at < terms.size()) {
                if (isOperator('*')) {
                    at++;
                    value *= factor();
                } else if (isOperator('/')) {
                    at++;
                    value /= factor();
                } else if (terms.get(at).kind() == Kind.OPEN) {
                    value *= factor(); // 3(4)
                } else {
                    return value;
                }
            }
            return value;
        }

        private double factor() {
            if (isOperator('-')) {
                at++;
                return -atom();
            }
            return atom();
        }

        private double atom() {
            if (at >= terms.size()) {
                return Double.NaN;
            }
            Term term = terms.get(at++);
            double value = Double.NaN;
            if (term.isNumber()) {
                value = term.value();
            } else if (term.kind() == Kind.OPEN && ++deep < DEEPEST) {
                value = sum();
                boolean closed = at < terms.size() && terms.get(at).kind() == Kind.CLOSE;
                value = closed ? value : Double.NaN;
                at++;
                deep--;
            }
            while (at < terms.size() && terms.get(at).kind() == Kind.POWER) {
                value = Math.pow(value, terms.get(at++).value());
            }
            return value;
        }

        private boolean isOperator(char sign) {
            return at < terms.size()
                    && terms.get(at).kind() == Kind.OPERATOR
                    && terms.get(at).sign() == sign;
        }
    }
}
