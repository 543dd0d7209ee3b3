package dev.tierwise.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Reads numbers as people and models write them: `$1,234.50`, `-3/4`, `1 1/2`, `2.5e-3`,
/// `1.2*10^5`.
final class Numerals {
    private static final MathContext DIVISION = new MathContext(20, RoundingMode.HALF_EVEN);
    private static final int LARGEST_POWER = 300;
    private static final int LONGEST = 60;

    private Numerals() {}

    /// Where the number at the beginning of `text` ends; 0 when there is none.
    static int end(String text) {
        var scan = new Scan(text);
        scan.number();
        return scan.at;
    }

    /// The value of a text that is a number and nothing else; else null.
    static @Nullable BigDecimal read(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        var scan = new Scan(text);
        BigDecimal value = scan.number();
        return scan.at == text.length() ? value : null;
    }

    /// One walk over a text. `at` stays at 0 when no number is there.
    private static final class Scan {
        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        @Nullable BigDecimal number() {
            boolean minus = sign();
            skip(' ');
            if (!currency()) {
                skip(' ');
            }
            minus |= sign();
            BigDecimal value = decimal();
            if (value == null) {
                at = 0;
                return null;
            }
            value = mixed(value);
            value = fraction(value);
            value = power(value);
            return minus ? value.negate() : value;
        }

        private boolean sign() {
            if (at < text.length() && "-−–+".indexOf(text.charAt(at)) >= 0) {
                return text.charAt(at++) != '+';
            }
            return false;
        }

        private boolean currency() {
            if (at < text.length() && "$€£¥".indexOf(text.charAt(at)) >= 0) {
                at++;
                return true;
            }
            return false;
        }

        private void skip(char what) {
            while (at < text.length() && text.charAt(at) == what) {
                at++;
            }
        }

        /// Digits with commas between thousands, and a fraction; bracketed too, as TeX leaves it.
        private @Nullable BigDecimal decimal() {
            boolean bracket = at < text.length() && text.charAt(at) == '(';
            int start = at;
            at += bracket ? 1 : 0;
            boolean minus = bracket && sign();
            BigDecimal value = digits();
            if (value != null && bracket) {
                if (at < text.length() && text.charAt(at) == ')') {
                    at++;
                } else {
                    value = null;
                }
            }
            if (value == null) {
                at = start;
                return null;
            }
            return minus ? value.negate() : value;
        }

        private @Nullable BigDecimal digits() {
            var digits = new StringBuilder();
            boolean point = false;
            int start = at;
            while (at < text.length() && digits.length() < LONGEST) {
                char c = text.charAt(at);
                if (c >= '0' && c <= '9') {
                    digits.append(c);
                } else if (c == '.' && !point && isDigit(at + 1)) {
                    point = true;
                    digits.append(c);
                } else if (c != ',' || point || at == start || !isThousand()) {
                    break;
                }
                at++;
            }
            return digits.isEmpty() || digits.length() >= LONGEST
                    ? null
                    : new BigDecimal(digits.toString());
        }

        private boolean isDigit(int place) {
            return place < text.length() && text.charAt(place) >= '0' && text.charAt(place) <= '9';
        }

        /// Whether exactly three digits follow the comma here.
        private boolean isThousand() {
            return isDigit(at + 1) && isDigit(at + 2) && isDigit(at + 3) && !isDigit(at + 4);
        }

        /// `1 1/2` is one and a half; so is `1(1)/(2)`, as TeX leaves it.
        private BigDecimal mixed(BigDecimal whole) {
            int start = at;
            boolean apart =
                    at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '(');
            skip(' ');
            BigDecimal top = apart && whole.scale() <= 0 ? decimal() : null;
            if (top != null && at < text.length() && text.charAt(at) == '/') {
                at++;
                BigDecimal bottom = decimal();
                if (bottom != null && bottom.signum() != 0) {
                    return whole.add(top.divide(bottom, DIVISION));
                }
            }
            at = start;
            return whole;
        }

        private BigDecimal fraction(BigDecimal top) {
            int start = at;
            skip(' ');
            if (at < text.length() && text.charAt(at) == '/') {
                at++;
                skip(' ');
                BigDecimal bottom = decimal();
                boolean more = at < text.length() && text.charAt(at) == '/'; // a date
                if (bottom != null && bottom.signum() != 0 && !more) {
                    return top.divide(bottom, DIVISION);
                }
            }
            at = start;
            return top;
        }

        private BigDecimal power(BigDecimal value) {
            int start = at;
            boolean e = at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E');
            if (e) {
                at++;
            } else {
                skip(' ');
                boolean times = at < text.length() && "*×".indexOf(text.charAt(at)) >= 0;
                at += times ? 1 : 0;
                skip(' ');
                if (!times || !text.startsWith("10^", at)) {
                    at = start;
                    return value;
                }
                at += 3;
            }
            boolean bracket = at < text.length() && text.charAt(at) == '(';
            at += bracket ? 1 : 0;
            boolean minus = sign();
            BigDecimal power = digits();
            boolean sane =
                    power != null
                            && power.scale() <= 0
                            && power.compareTo(BigDecimal.valueOf(LARGEST_POWER)) <= 0;
            if (power == null || !sane) {
                at = start;
                return value;
            }
            skip(')');
            return value.scaleByPowerOfTen(minus ? -power.intValue() : power.intValue());
        }
    }
}
