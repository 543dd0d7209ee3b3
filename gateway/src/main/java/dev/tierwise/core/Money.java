package dev.tierwise.core;

import java.math.BigDecimal;

/// An amount in US dollars, exact to a billionth.
///
/// @param nanos billionths of a dollar; overflow throws [ArithmeticException]
public record Money(long nanos) implements Comparable<Money> {
    /// Nothing.
    public static final Money ZERO = new Money(0);

    /// The sum of two amounts.
    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, other.nanos));
    }

    /// The difference of two amounts.
    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, other.nanos));
    }

    /// The amount in dollars as a plain decimal without needless zeros, such as `0.00042`.
    public String dollars() {
        return nanos == 0 ? "0" : BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }

    @Override
    public String toString() {
        return "$" + dollars();
    }
}
