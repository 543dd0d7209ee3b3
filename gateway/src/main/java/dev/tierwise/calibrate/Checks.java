package dev.tierwise.calibrate;

/// Refuses numbers that are not what their name says.
final class Checks {
    private Checks() {}

    /// A share lies between 0 and 1.
    static double share(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("not a share from 0 to 1: " + value);
        }
        return value;
    }

    /// A finite number.
    static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a finite number: " + value);
        }
        return value;
    }

    /// A finite number above 0.
    static double positive(double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("not a number above 0: " + value);
        }
        return value;
    }

    /// Two columns of the same rows.
    static void sameLength(int one, int other) {
        if (one != other) {
            throw new IllegalArgumentException("columns of " + one + " and " + other + " rows");
        }
    }
}
