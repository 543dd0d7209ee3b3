package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import org.jspecify.annotations.Nullable;

/// What the last words said about the next number.
final class Label {
    private static final int STRONG = 2;
    private static final int FAR = 9;

    private @Nullable Kind kind;
    private boolean strong;
    private boolean bare;
    private int gap;
    private boolean fresh;

    /// Takes the next word into account.
    void word(int cue) {
        switch (Cues.role(cue)) {
            case Cues.STRONG -> noun(Cues.kind(cue), true);
            case Cues.WEAK -> noun(Cues.kind(cue), false);
            case Cues.MARK -> mark(true);
            case Cues.NUMBER -> mark(false);
            case Cues.LINK -> fresh = false;
            default -> {
                gap++;
                fresh = false;
            }
        }
    }

    private void noun(Kind noun, boolean named) {
        boolean near = kind != null && gap == 0 && fresh;
        if (near && strong && !named) {
            return;
        }
        if (near && !named && noun == Kind.OTHER_ID) {
            return;
        }
        kind = noun;
        strong = named;
        bare = false;
        gap = 0;
        fresh = true;
    }

    /// A word such as `id`, which makes the noun before it sure, or stands alone.
    void mark(boolean alone) {
        if (kind != null && gap <= 1 && !bare) {
            strong = true;
            gap = 0;
        } else if (alone) {
            kind = Kind.OTHER_ID;
            strong = true;
            bare = true;
            gap = 0;
        }
        fresh = true;
    }

    /// A sign between words that ends what they say; right after a noun (`No.`, `Tel.`) it does
    /// not.
    void stop() {
        if (!fresh) {
            gap = FAR;
        }
    }

    /// The end of a line or sentence.
    void end() {
        gap = FAR;
    }

    void parenthesis() {
        gap += STRONG;
    }

    /// What the next number is said to be; null for nothing.
    @Nullable Kind kind() {
        return kind != null && gap <= (strong ? bare ? 1 : 3 : 1) ? kind : null;
    }

    boolean strong() {
        return strong;
    }

    /// Whether only `id` or the like says it.
    boolean bare() {
        return bare;
    }

    int gap() {
        return gap;
    }

    boolean is(Kind wanted) {
        return kind() == wanted;
    }
}
