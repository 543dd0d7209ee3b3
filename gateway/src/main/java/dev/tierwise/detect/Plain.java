package dev.tierwise.detect;

/// Text made plain for scanning: compatibility forms, digits of other scripts, look-alike letters
/// and invisible characters are undone, and each character knows where it came from. Immutable.
public final class Plain {
    private final char[] chars;
    private final int[] origins;
    private final int length;

    /// Takes the arrays over.
    ///
    /// @param chars the plain characters
    /// @param origins for each of them and for the end the offset in the text as it was, UTF-16
    /// @param length how many of them count
    public Plain(char[] chars, int[] origins, int length) {
        this.chars = chars;
        this.origins = origins;
        this.length = length;
    }

    /// The text as it is.
    public static Plain same(String text) {
        int[] origins = new int[text.length() + 1];
        for (int i = 0; i < origins.length; i++) {
            origins[i] = i;
        }
        return new Plain(text.toCharArray(), origins, text.length());
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
        return origins[at];
    }
}
