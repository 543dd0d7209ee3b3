package dev.tierwise.wire.anthropic;

import dev.tierwise.core.Failure;

/// Ends the reading of a request; never leaves this package.
final class Bad extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Failure.Malformed problem;

    Bad(String message, String field) {
        super(message, null, false, false);
        this.problem = new Failure.Malformed(message, field);
    }

    /// A field that would change the answer and cannot be followed.
    static Bad cannot(String field) {
        return new Bad(
                "`"
                        + field
                        + "` cannot be followed here and would change the answer, so it is not"
                        + " passed over: leave it out.",
                field);
    }

    static Bad must(String field, String wanted) {
        return new Bad("`" + field + "` must be " + wanted + ".", field);
    }

    Failure.Malformed problem() {
        return problem;
    }
}
