package dev.tierwise.detect;

/// Finds some kinds of things in plain text. Linear in the text, thread-safe, keeps nothing.
public interface Recogniser {
    /// Looks through `text`.
    ///
    /// @param text the text
    /// @param field the name of the JSON field that it stood in, such as `ssn`; empty for none
    /// @param hits gets what is found, in any order; finds may overlap
    void find(Plain text, String field, Hits hits);

    /// What this is and what it learned, such as a name and its data or their hash: the same word
    /// means the same finds. It goes into the bundle that the ledger pins.
    default String version() {
        return getClass().getName();
    }

    /// Takes what is found.
    interface Hits {
        /// Takes one find.
        ///
        /// @param start first character of the plain text
        /// @param end the character after the last
        /// @param kind what it is
        /// @param score how sure this is, 0..1
        void add(int start, int end, Kind kind, float score);
    }
}
