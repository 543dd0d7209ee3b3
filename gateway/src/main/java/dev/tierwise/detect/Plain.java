package dev.tierwise.detect;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Text made plain for scanning: compatibility forms, digits of other scripts, look-alike letters
/// and invisible characters are undone, and each character knows where it came from. Its text never
/// changes.
public final class Plain {
    private final char[] chars;
    private final int @Nullable [] starts;
    private final int @Nullable [] ends;
    private final int length;
    private @Nullable Object made;

    /// Takes the arrays over.
    ///
    /// @param chars the plain characters
    /// @param origins for each of them and for the end the offset in the text as it was, UTF-16
    /// @param length how many of them count
    public Plain(char[] chars, int[] origins, int length) {
        this(chars, origins, null, length);
    }

    private Plain(char[] chars, int @Nullable [] starts, int @Nullable [] ends, int length) {
        this.chars = chars;
        this.starts = starts;
        this.ends = ends;
        this.length = length;
    }

    /// The text as it is.
    public static Plain same(String text) {
        return same(text.toCharArray(), text.length());
    }

    /// Characters that all stand where they stood. Takes the array over.
    public static Plain same(char[] chars, int length) {
        return new Plain(chars, null, null, length);
    }

    /// Characters of which each came from a stretch of text. Takes the arrays over.
    ///
    /// @param chars the plain characters
    /// @param starts where the stretch of each begins
    /// @param ends where it ends, exclusive
    /// @param length how many of them count
    public static Plain of(char[] chars, int[] starts, int[] ends, int length) {
        return new Plain(chars, starts, ends, length);
    }

    /// What some recognisers make of it and share, made once. For the one thread that scans it.
    ///
    /// @param type what is made; one type at a time is kept
    public <T> T once(Class<T> type, Function<Plain, T> make) {
        if (!type.isInstance(made)) {
            made = make.apply(this);
        }
        return type.cast(made);
    }

    /// The characters; not to be changed, and only the first [#length] count.
    public char[] chars() {
        return chars;
    }

    /// How many characters there are.
    public int length() {
        return length;
    }

    /// Where character `at` came from; `at` may be the length.
    public int origin(int at) {
        if (starts == null) {
            return at;
        }
        if (at < length || ends == null) {
            return starts[at];
        }
        return length == 0 ? 0 : ends[length - 1];
    }

    /// Where the stretch that character `end - 1` came from ends, exclusive.
    public int originEnd(int end) {
        if (starts == null) {
            return end;
        }
        if (ends == null) {
            return starts[end];
        }
        return end == 0 ? starts[0] : ends[end - 1];
    }
}
