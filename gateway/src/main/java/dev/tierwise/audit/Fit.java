package dev.tierwise.audit;

/// What a text field of a record may hold. A text that does not fit is not an error, since a record
/// must be made all the same; it is replaced as a whole, so that nothing of it is kept.
final class Fit {
    private static final String UNFIT = "unfit";
    private static final int NAME = 128;
    private static final int WORD = 32;
    private static final int DIGITS_OF_A_WORD = 4;
    private static final int LABEL = 300;

    private Fit() {}

    /// A name that the configuration or the gateway gives: letters and digits of any script and
    /// `._:/@+-=,#`, no blank.
    static String name(String text) {
        return fits(text, NAME, "._:/@+-=,#()") ? text : UNFIT;
    }

    /// A word that a client may have chosen.
    static String word(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            digits += digit ? 1 : 0;
            if (!digit && (c < 'a' || c > 'z') && "-_.".indexOf(c) < 0) {
                return "other";
            }
        }
        return text.isEmpty() || text.length() > WORD || digits > DIGITS_OF_A_WORD ? "other" : text;
    }

    /// A hash in hexadecimal or Base64, with the name of its algorithm before it or not.
    static String hash(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!plain && ":-_+/=.".indexOf(c) < 0) {
                return UNFIT;
            }
        }
        return text.isEmpty() || text.length() > NAME ? UNFIT : text;
    }

    /// Words of the operator: cut to length, with blanks in the place of control characters.
    static String label(String text) {
        String cut = text.length() <= LABEL ? text : text.substring(0, LABEL);
        for (int i = 0; i < cut.length(); i++) {
            if (odd(cut.charAt(i))) {
                return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]", " ");
            }
        }
        return cut;
    }

    private static boolean odd(char c) {
        return c < ' ' || c > '~';
    }

    private static boolean fits(String text, int longest, String further) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && further.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= longest;
    }
}
