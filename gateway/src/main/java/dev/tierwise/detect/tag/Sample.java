package dev.tierwise.detect.tag;

import dev.tierwise.detect.Kind;
import java.util.List;

/// A labelled text to learn from. Printing it shows no text.
///
/// @param id what tells it from others; `asq-00001` and `asq-00001-only3` fall on one side of a
///   split
/// @param text the text
/// @param spans what is in it, without overlaps, in order
public record Sample(String id, String text, List<Mark> spans) {
    /// Copies.
    public Sample {
        spans = List.copyOf(spans);
    }

    /// One thing in a text.
    ///
    /// @param start where it begins, UTF-16
    /// @param end where it ends, exclusive
    /// @param kind what it is
    public record Mark(int start, int end, Kind kind) {}

    /// Where it falls when samples are split, 0..1, by the hash of its id.
    public double place() {
        String family = id.replaceFirst("^([a-z]+-[0-9]+)-.*$", "$1");
        var sum = new java.util.zip.CRC32();
        sum.update(family.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return sum.getValue() / 4294967296.0;
    }

    @Override
    public String toString() {
        return "Sample[" + id + ", " + text.length() + " characters, " + spans.size() + " spans]";
    }
}
