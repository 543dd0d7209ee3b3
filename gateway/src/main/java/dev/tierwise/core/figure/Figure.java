package dev.tierwise.core.figure;

/// A number together with where it comes from, so that nobody takes a guess for a reading.
///
/// @param value in the unit that its holder says
/// @param origin how it came about
/// @param source what said so, in words for people: a tool, a page with its date, a formula
public record Figure(double value, Origin origin, String source) {
    /// How a figure came about, surest first.
    public enum Origin {
        /// Read or measured on this machine.
        MEASURED,
        /// Said by whoever asks.
        GIVEN,
        /// Measured or published by others.
        PUBLISHED,
        /// Computed from other figures.
        ESTIMATED
    }

    /// Read or measured here.
    public static Figure measured(double value, String source) {
        return new Figure(value, Origin.MEASURED, source);
    }

    /// Said by whoever asks.
    public static Figure given(double value) {
        return new Figure(value, Origin.GIVEN, "given");
    }

    /// Measured or published by others.
    public static Figure published(double value, String source) {
        return new Figure(value, Origin.PUBLISHED, source);
    }

    /// Computed.
    public static Figure estimated(double value, String source) {
        return new Figure(value, Origin.ESTIMATED, source);
    }

    /// The value as a whole number, rounded.
    public long whole() {
        return Math.round(value);
    }
}
