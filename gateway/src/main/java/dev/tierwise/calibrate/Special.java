package dev.tierwise.calibrate;

import java.util.function.DoubleUnaryOperator;

/// Distribution functions, to about nine digits.
final class Special {
    private static final double TINY = 1e-300;

    private Special() {}

    /// The chance that `trials` tries with chance `p` each succeed `successes` times at most.
    static double binomialAtMost(double successes, double trials, double p) {
        if (successes < 0) {
            return 0;
        }
        return successes >= trials ? 1 : 1 - beta(p, successes + 1, trials - successes);
    }

    /// The regularised incomplete beta function I_x(a, b): continued fraction 8.17.22 of the NIST
    /// Digital Library of Mathematical Functions, evaluated by Lentz's method.
    static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front =
                Math.exp(
                        logGamma(a + b)
                                - logGamma(a)
                                - logGamma(b)
                                + a * Math.log(x)
                                + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * fraction(x, a, b) / a
                : 1 - front * fraction(1 - x, b, a) / b;
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < 10_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-14) {
                break;
            }
        }
        return h;
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /// The logarithm of the gamma function: Stirling's series, for a number that was moved up to
    /// where it is exact.
    static double logGamma(double x) {
        double moved = x;
        double product = 1;
        for (; moved < 10; moved++) {
            product *= moved;
        }
        double inverse = 1 / (moved * moved);
        double series = 1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680));
        return (moved - 0.5) * Math.log(moved)
                - moved
                + Math.log(2 * Math.PI) / 2
                + series / moved
                - Math.log(product);
    }

    /// The chance that a standard normal number is below `x`, by the incomplete gamma function.
    static double normal(double x) {
        double half = gamma(0.5, x * x / 2) / 2;
        return x < 0 ? 0.5 - half : 0.5 + half;
    }

    /// The regularised lower incomplete gamma function P(a, x), by its series.
    static double gamma(double a, double x) {
        if (x <= 0) {
            return 0;
        }
        if (x > a + 700) {
            return 1;
        }
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < 10_000 && term > sum * 1e-16; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return Math.min(1, sum * Math.exp(a * Math.log(x) - x - logGamma(a)));
    }

    /// The number that a standard normal one is below with chance `p`.
    static double normalQuantile(double p) {
        return crossing(x -> normal(x) - p, -40, 40);
    }

    /// The number that a chi-squared one with so many degrees of freedom is below with chance `p`.
    static double chiSquaredQuantile(double p, double degrees) {
        return crossing(x -> gamma(degrees / 2, x / 2) - p, 0, 1400);
    }

    /// Where a rising function comes to 0, by halving.
    static double crossing(DoubleUnaryOperator rising, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < 100 && high - low > 1e-13 * Math.max(1, Math.abs(low)); i++) {
            double middle = (low + high) / 2;
            if (rising.applyAsDouble(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
