package dev.tierwise.verify;

/// One token of a line of prose with calculations in it.
///
/// @param kind what it is
/// @param value of a number, or of the power that [Kind#POWER] raises to
/// @param decimals digits behind the point of a number; -1 when it was not written as one
/// @param sign of an operator
record Term(Kind kind, double value, int decimals, char sign) {
    /// What a token is.
    enum Kind {
        NUMBER,
        PERCENT,
        OPERATOR,
        POWER,
        OPEN,
        CLOSE,
        /// A word that may be a unit behind a number.
        WORD,
        /// A word that calculates, such as "of" or "twice": nothing behind it can be trusted.
        ACTS,
        /// A variable, a function, a sign that is not understood: nothing beside it can be trusted.
        UNKNOWN,
        /// A stop, a comma, an arrow: an expression may begin or end here.
        BREAK
    }

    static Term of(Kind kind) {
        return new Term(kind, 0, -1, ' ');
    }

    static Term operator(char sign) {
        return new Term(Kind.OPERATOR, 0, -1, sign);
    }

    boolean isNumber() {
        return kind == Kind.NUMBER || kind == Kind.PERCENT;
    }

    /// Whether it can be part of a calculation.
    boolean calculates() {
        return isNumber()
                || kind == Kind.OPERATOR
                || kind == Kind.POWER
                || kind == Kind.OPEN
                || kind == Kind.CLOSE;
    }
}
