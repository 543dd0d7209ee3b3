package dev.tierwise.detect.text;

import dev.tierwise.detect.Plain;
import org.jspecify.annotations.Nullable;

/// A second reading of text, for values that were taken apart or encoded: base64 and hex, digits as
/// words, `at` and `dot`, spaces between all characters, a line break or markup in the middle. It
/// has only the neighbourhood of such places, so ordinary text has none and costs one pass.
public final class Disguises {
    private static final int AROUND = 80;
    private static final int DEPTH = 3;

    private final char[] chars;
    private final int length;
    private final Output out;
    private final Pieces pieces;
    private int copied;
    private int windowEnd = -1;

    private Disguises(Plain text, int depth) {
        chars = text.chars();
        length = text.length();
        out = new Output(text, 0);
        pieces = new Pieces(text, depth);
    }

    /// The second reading; null when there is nothing to undo.
    public static @Nullable Plain removed(Plain text) {
        return removed(text, DEPTH);
    }

    static @Nullable Plain removed(Plain text, int depth) {
        var disguises = new Disguises(text, depth);
        return disguises.run() ? disguises.out.plain() : null;
    }

    private boolean run() {
        boolean any = false;
        int at = 0;
        while (at < length) {
            int end = pieces.at(at);
            if (pieces.found()) {
                any = true;
                upTo(pieces.start());
                out.addAll(pieces.text(), pieces.spanStart(), pieces.end());
                copied = pieces.end();
                windowEnd = Math.min(length, copied + AROUND);
            }
            at = Math.max(end, at + 1);
        }
        if (any) {
            out.copy(copied, Math.max(copied, windowEnd));
        }
        return any;
    }

    /// Copies what lies near: the rest of the last neighbourhood and the beginning of the next.
    private void upTo(int start) {
        int from = Math.max(copied, start - AROUND);
        if (windowEnd >= 0 && windowEnd < from) {
            out.copy(copied, windowEnd);
            out.addAll("\n\n", windowEnd, windowEnd + 1);
            out.copy(wordStart(from), start);
        } else {
            out.copy(windowEnd < 0 ? wordStart(from) : copied, start);
        }
    }

    /// Not in the middle of a word or number, which would look like another one.
    private int wordStart(int from) {
        int at = from;
        int limit = Math.min(length, from + AROUND);
        while (at > 0 && at < limit && chars[at - 1] > ' ') {
            at++;
        }
        return at >= limit ? from : at;
    }
}
