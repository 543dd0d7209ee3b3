package dev.tierwise.verify;

import java.util.List;

/// What an examination of one answer came to.
///
/// @param findings in the order of the checks, cheapest first
/// @param signals the same in numbers, for a learned combination
public record Examination(List<Finding> findings, Signals signals) {
    public Examination {
        findings = List.copyOf(findings);
    }

    /// Whether a hard check failed, so that the answer cannot be accepted whatever the others say.
    public boolean fatal() {
        for (Finding finding : findings) {
            if (finding.outcome() == Finding.Outcome.FAIL) {
                return true;
            }
        }
        return false;
    }
}
