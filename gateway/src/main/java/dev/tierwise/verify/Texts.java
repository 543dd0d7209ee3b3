package dev.tierwise.verify;

/// Pieces of texts in a form that phrases can be looked up in.
final class Texts {
    private Texts() {}

    /// A piece in small letters with plain apostrophes; as long as the piece, so places stay.
    static String lower(String text, int from, int to) {
        int end = Math.min(text.length(), to);
        var low = new char[Math.max(0, end - from)];
        for (int i = 0; i < low.length; i++) {
            char c = text.charAt(from + i);
            low[i] = c == '’' ? '\'' : c < 0x80 ? ascii(c) : Character.toLowerCase(c);
        }
        return new String(low);
    }

    private static char ascii(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    /// Both ends of a text in small letters, at most `window` characters of each.
    static String ends(String text, int window) {
        return text.length() <= 2 * window
                ? lower(text, 0, text.length())
                : lower(text, 0, window)
                        + "\n"
                        + lower(text, text.length() - window, text.length());
    }

    /// How often any of the phrases stands in a text.
    static int count(String text, String[] phrases) {
        int count = 0;
        for (String phrase : phrases) {
            for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
                count++;
            }
        }
        return count;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
