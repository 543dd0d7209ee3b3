package dev.tierwise.detect.text;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;

/// Finds text that was encoded more often than it is opened. What it says is not known, so it
/// counts as what it may hide.
public final class Wrapped implements Recogniser {
    /// Stands for such text once it is made plain: a private character of Unicode.
    static final char MARK = '\uEFFF';

    @Override
    public void find(Plain text, String field, Hits hits) {
        char[] chars = text.chars();
        for (int i = 0; i < text.length(); i++) {
            if (chars[i] == MARK) {
                hits.add(i, i + 1, Kind.WRAPPED, 1);
            }
        }
    }
}
