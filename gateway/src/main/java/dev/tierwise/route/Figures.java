package dev.tierwise.route;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as explanations show them; [String#format] would cost more than a decision.
final class Figures {
    private static final MathContext DIGITS = new MathContext(3);

    private Figures() {}

    /// A number from 0 to 1 with two digits.
    static String hundredths(double value) {
        long rounded = Math.round(value * 100);
        return rounded / 100 + "." + rounded / 10 % 10 + rounded % 10;
    }

    /// A share in whole percents.
    static String percent(double share) {
        return Long.toString(Math.round(share * 100));
    }

    /// A positive number with three digits that count, such as `0.0021`.
    static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString()
                : "unknown";
    }
}
