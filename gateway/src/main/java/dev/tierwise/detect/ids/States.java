package dev.tierwise.detect.ids;

import dev.tierwise.detect.text.Letters;

/// The two letters of a state of the US before a postal code.
final class States {
    private static final String ALL =
            " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV"
                    + " NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR ";

    private States() {}

    /// Whether a state's letters stand before the number at `start`.
    static boolean before(Pass pass, int start) {
        int at = start - 1;
        while (at >= 0 && start - at < 4 && (pass.charAt(at) == ' ' || pass.charAt(at) == ',')) {
            at--;
        }
        if (at == start - 1 || at < 1 || Letters.wordly(pass.charAt(at - 2))) {
            return false;
        }
        char a = pass.charAt(at - 1);
        char b = pass.charAt(at);
        for (int i = 0; i + 3 < ALL.length(); i += 3) {
            if (ALL.charAt(i + 1) == a && ALL.charAt(i + 2) == b) {
                return true;
            }
        }
        return false;
    }
}
