package dev.tierwise.policy;

import java.time.LocalDate;

/// The contract under which data may go to a zone.
///
/// @param type what it is
/// @param expires its last day
/// @param reference its name in the operator's own files
public record Contract(Type type, LocalDate expires, String reference) {
    /// Sorts of contracts.
    public enum Type {
        /// Business associate agreement (45 CFR 164.504(e)).
        BAA,
        /// Data processing agreement (GDPR art. 28).
        DPA,
        /// Data processing agreement with standard contractual clauses (GDPR art. 46(2)(c)).
        SCC,
        /// Any other.
        OTHER
    }

    /// Whether it holds on `day`.
    public boolean holds(LocalDate day) {
        return !day.isAfter(expires);
    }
}
