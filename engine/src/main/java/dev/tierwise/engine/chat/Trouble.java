package dev.tierwise.engine.chat;

/// What stops a template, on its way from where it is found to where it becomes a value. Never
/// leaves the package.
final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final boolean raised;

    private Trouble(String problem, int line, boolean raised) {
        super(problem, null, false, false);
        this.line = line;
        this.raised = raised;
    }

    /// At a place that whoever evaluates the line adds.
    Trouble(String problem) {
        this(problem, 0, false);
    }

    Trouble(String problem, int line) {
        this(problem, line, false);
    }

    /// What the template itself says by `raise_exception`.
    static Trouble raised(String message) {
        return new Trouble(message, 0, true);
    }

    Trouble at(int line) {
        return this.line > 0 || raised ? this : new Trouble(problem(), line, false);
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    int line() {
        return line;
    }

    boolean isRaised() {
        return raised;
    }
}
