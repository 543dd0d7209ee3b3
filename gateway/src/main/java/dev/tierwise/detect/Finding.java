package dev.tierwise.detect;

/// One thing that was found. Printing it shows no text.
///
/// @param start where it begins in the text that was scanned, in UTF-16 units
/// @param end where it ends, exclusive
/// @param kind what it is
/// @param score how sure this is, 0..1
public record Finding(int start, int end, Kind kind, float score) {
    /// Whether it stands for a person; topics and secrets do not.
    public boolean identifies() {
        return kind.identifies();
    }
}
