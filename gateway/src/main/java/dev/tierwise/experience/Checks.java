package dev.tierwise.experience;

/// Refuses numbers that are not what their name says.
final class Checks {
    private static final int LONGEST_NAME = 200;

    private Checks() {}

    /// A share lies between 0 and 1.
    static double share(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("not a share from 0 to 1: " + value);
        }
        return value;
    }

    /// A name of bearable length.
    static String name(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
