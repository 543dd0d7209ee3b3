package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.Letters;

/// Codes that are known by their form alone, most of them with a check digit.
final class Forms {
    private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String VIN = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
    private static final int[] FISCAL = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

    /// Countries and lengths of their accounts (ISO 13616 registry).
    private static final String COUNTRIES =
            " AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18"
                    + " DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28"
                    + " IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25"
                    + " MC27 MD24 ME22 MK19 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25"
                    + " QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29"
                    + " VA22 VG24 XK20 ";

    private static final int LONGEST_IBAN = 34;
    private static final int SHORTEST_IBAN = 15;

    private final Pass pass;
    private final char[] buffer = new char[Pass.LONGEST];
    private int size;

    Forms(Pass pass) {
        this.pass = pass;
    }

    /// A national insurance number in pairs, `AA 12 34 56 B`; the end or 0.
    private int spaced(int start) {
        int at = start;
        int n = 0;
        while (at < pass.length && n < 9) {
            char c = pass.chars[at];
            boolean pair = n == 2 || n == 4 || n == 6 || n == 8;
            if (c == ' ' && pair && at > start && pass.chars[at - 1] != ' ') {
                at++;
            } else if ((n < 2 || n == 8) ? c < 128 && Letters.letter(c) : Letters.digit(c)) {
                buffer[n] = Letters.digit(c) ? c : (char) (c & ~32);
                n++;
                at++;
            } else {
                break;
            }
        }
        int kept = size;
        size = 9;
        boolean is = n == 9 && at - start > 9 && !Letters.wordly(pass.charAt(at)) && nino();
        size = kept;
        return is ? at : 0;
    }

    /// Looks at a code with digits: the end or 0.
    int look(int start, int end, int letters, int digits) {
        if (letters == 0) {
            return mac(start, end) ? found(start, end, Kind.MAC, .9) : 0;
        }
        int spaced = spaced(start);
        if (spaced > 0) {
            return found(start, spaced, Kind.UK_NINO, .85);
        }
        compact(start, end);
        if (size < 7) {
            return 0;
        }
        boolean named = pass.label.kind() != null;
        boolean upper = upper(start, end) || named || pass.alone(start, end);
        Kind kind =
                switch (size) {
                    case 8, 9 -> upper ? nine(named || pass.alone(start, end)) : null;
                    case 10 -> upper ? ten(start, end) : null;
                    case 11 -> upper && mbi() ? Kind.MBI : hetu(start, end) ? Kind.FI_HETU : null;
                    case 12 -> mac(start, end) ? Kind.MAC : null;
                    case 16 -> digits > 0 && fiscal() ? Kind.IT_CODICE_FISCALE : null;
                    case 17 -> vin(digits) ? Kind.VIN : null;
                    default -> null;
                };
        if (kind == null && size >= 26) {
            kind = Coins.is(pass.chars, start, end) ? Kind.CRYPTO : null;
        }
        if (kind == null && size >= SHORTEST_IBAN && size <= LONGEST_IBAN && backwards()) {
            kind = Kind.IBAN;
        }
        return kind == null ? 0 : found(start, end, kind, .85);
    }

    private void compact(int start, int end) {
        size = 0;
        for (int i = start; i < end; i++) {
            char c = pass.chars[i];
            if (Letters.wordly(c)) {
                buffer[size++] = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
            }
        }
    }

    private boolean upper(int start, int end) {
        for (int i = start; i < end; i++) {
            if (Letters.kind(pass.chars[i]) == Letters.LOWER) {
                return false;
            }
        }
        return true;
    }

    /// Whether the buffer is digits (`9`), letters (`A`) in this order.
    private boolean like(String form) {
        if (size != form.length()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            char c = buffer[i];
            boolean fits =
                    switch (form.charAt(i)) {
                        case '9' -> Letters.digit(c);
                        case 'A' -> c >= 'A' && c <= 'Z';
                        default -> Letters.digit(c) || (c >= 'A' && c <= 'Z');
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private int number(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + buffer[i] - '0';
        }
        return value;
    }

    private @org.jspecify.annotations.Nullable Kind nine(boolean told) {
        if ((like("99999999A") && DNI.charAt(number(0, 8) % 23) == buffer[8])
                || (like("9999999A") && told && DNI.charAt(number(0, 7) % 23) == buffer[7])) {
            return Kind.ES_DNI;
        }
        if (like("A9999999A")) {
            int first = "XYZ".indexOf(buffer[0]);
            if (first >= 0 && DNI.charAt((first * 10_000_000 + number(1, 8)) % 23) == buffer[8]) {
                return Kind.ES_DNI;
            }
            return nric() ? Kind.SG_NRIC : null;
        }
        if (like("AA999999A") && nino()) {
            return Kind.UK_NINO;
        }
        if (told && like("AA9999999") && dea()) {
            return Kind.DEA;
        }
        return told && like("AAA999999") && polish() ? Kind.PL_ID_CARD : null;
    }

    private @org.jspecify.annotations.Nullable Kind ten(int start, int end) {
        if (like("AAAAA9999A") && "ABCFGHLJPT".indexOf(buffer[3]) >= 0) {
            return Kind.IN_PAN;
        }
        return hetu(start, end) ? Kind.FI_HETU : null;
    }

    private boolean nino() {
        return "DFIQUV".indexOf(buffer[0]) < 0
                && "DFIQUVO".indexOf(buffer[1]) < 0
                && buffer[8] <= 'D'
                && number(2, 8) > 0;
    }

    private boolean dea() {
        int sum =
                number(2, 3)
                        + number(4, 5)
                        + number(6, 7)
                        + 2 * (number(3, 4) + number(5, 6) + number(7, 8));
        return sum % 10 == buffer[8] - '0';
    }

    private boolean polish() {
        int sum = 0;
        int[] weights = {7, 3, 1, 0, 7, 3, 1, 7, 3};
        for (int i = 0; i < 9; i++) {
            sum += weights[i] * (i < 3 ? buffer[i] - 'A' + 10 : buffer[i] - '0');
        }
        return sum % 10 == buffer[3] - '0';
    }

    private boolean nric() {
        int[] weights = {2, 7, 6, 5, 4, 3, 2};
        int sum = 0;
        for (int i = 0; i < 7; i++) {
            sum += weights[i] * (buffer[i + 1] - '0');
        }
        char last = buffer[8];
        return switch (buffer[0]) {
            case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == last;
            case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == last;
            case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == last;
            case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == last;
            case 'M' -> "KLJNPQRTUWX".charAt(10 - (sum + 3) % 11) == last;
            default -> false;
        };
    }

    /// Medicare beneficiary identifiers have no S, L, O, I, B or Z (CMS, MBI format).
    private boolean mbi() {
        if (!like("9A*9A*9AA99") || buffer[0] == '0') {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if ("SLOIBZ".indexOf(buffer[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// `DDMMYY`, a sign of the century, three digits and a check character.
    private boolean hetu(int start, int end) {
        if (end - start != 11) {
            return false;
        }
        int value = 0;
        for (int i = start; i < start + 10; i++) {
            char c = pass.chars[i];
            if (i == start + 6) {
                if ("-+ABCDEFYXWVU".indexOf(c) < 0) {
                    return false;
                }
            } else if (!Letters.digit(c)) {
                return false;
            } else {
                value = (value * 10 + c - '0') % (31 * 1_000_000);
            }
        }
        int day = (pass.chars[start] - '0') * 10 + pass.chars[start + 1] - '0';
        int month = (pass.chars[start + 2] - '0') * 10 + pass.chars[start + 3] - '0';
        long whole = 0;
        for (int i = start; i < start + 10; i++) {
            whole = i == start + 6 ? whole : whole * 10 + pass.chars[i] - '0';
        }
        return day >= 1
                && day <= 31
                && month >= 1
                && month <= 12
                && value >= 0
                && HETU.charAt((int) (whole % 31)) == pass.chars[end - 1];
    }

    private boolean fiscal() {
        if (!like("AAAAAA**A**A***A")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Letters.digit(buffer[i]) ? buffer[i] - '0' : buffer[i] - 'A';
            sum += i % 2 == 0 ? FISCAL[value] : value;
        }
        return sum % 26 == buffer[15] - 'A';
    }

    /// ISO 3779 with the check digit of North America.
    private boolean vin(int digits) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            int at = VIN.indexOf(buffer[i]);
            if (at < 0) {
                return false;
            }
            sum += VIN_WEIGHTS[i] * (at % 10 == 0 && at > 9 ? 0 : value(buffer[i]));
        }
        int rest = sum % 11;
        return digits >= 3 && buffer[8] == (rest == 10 ? 'X' : (char) ('0' + rest));
    }

    private static int value(char c) {
        if (Letters.digit(c)) {
            return c - '0';
        }
        int at = c - 'A';
        return at < 9 ? at % 9 + 1 : at < 18 ? (at - 9) % 9 + 1 : at - 18 + 2;
    }

    /// Six pairs of hex digits with dashes.
    private boolean mac(int start, int end) {
        if (end - start != 17) {
            return false;
        }
        boolean zero = true;
        for (int i = 0; i < 17; i++) {
            char c = pass.chars[start + i];
            if (i % 3 == 2 ? c != '-' : Character.digit(c, 16) < 0) {
                return false;
            }
            zero &= c == '0' || c == '-';
        }
        return !zero;
    }

    /// Two letters and digits by mod 97 (ISO 13616), with or without spaces; the end or 0.
    int iban(int start) {
        if (!Letters.letter(pass.charAt(start)) || !Letters.letter(pass.charAt(start + 1))) {
            return 0;
        }
        int at = start + 2 + (pass.charAt(start + 2) == ' ' ? 1 : 0);
        if (!Letters.digit(pass.charAt(at)) || !Letters.digit(pass.charAt(at + 1))) {
            return 0;
        }
        size = 0;
        int best = 0;
        for (int i = start; i < pass.length && size < LONGEST_IBAN; i++) {
            char c = pass.chars[i];
            if (c < 128 && Letters.wordly(c)) {
                buffer[size++] = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
                if (size >= SHORTEST_IBAN && !Letters.wordly(pass.charAt(i + 1)) && mod97(false)) {
                    best = i + 1;
                }
            } else if ((c != ' ' && c != '-') || !Letters.wordly(pass.charAt(i + 1))) {
                break;
            }
        }
        pass.steps += size;
        return best == 0 ? 0 : found(start, best, Kind.IBAN, .97);
    }

    private boolean backwards() {
        boolean ends =
                Letters.letter(buffer[size - 1])
                        && Letters.letter(buffer[size - 2])
                        && Letters.digit(buffer[0]);
        return ends && mod97(true);
    }

    /// Whether the buffer begins with a country whose accounts have its length, and adds up.
    private boolean mod97(boolean backwards) {
        char first = buffer[backwards ? size - 1 : 0];
        char second = buffer[backwards ? size - 2 : 1];
        if (COUNTRIES.indexOf(" " + first + second + size + " ") < 0) {
            return false;
        }
        long rest = 0;
        for (int i = 0; i < size; i++) {
            int at = (i + 4) % size;
            char c = buffer[backwards ? size - 1 - at : at];
            rest = Letters.digit(c) ? rest * 10 + c - '0' : rest * 100 + c - 'A' + 10;
            rest %= 97;
        }
        return rest == 1;
    }

    /// Forms that need a word before them.
    int named(Kind kind, int start, int end) {
        compact(start, end);
        boolean is =
                switch (kind) {
                    case BIC -> upper(start, end) && (like("AAAAAA**") || like("AAAAAA*****"));
                    case PLATE -> pass.label.gap() <= 1 && plate(start, end);
                    default ->
                            size == 6
                                    && pass.label.gap() == 0
                                    && (like("A9A9A9") || like("AA99AA"));
                };
        if (is) {
            return found(start, end, kind, .7);
        }
        int to = end + 4;
        boolean second =
                pass.charAt(end) == ' '
                        && Letters.digit(pass.charAt(end + 1))
                        && Letters.letter(pass.charAt(end + 2))
                        && Letters.letter(pass.charAt(end + 3))
                        && !Letters.wordly(pass.charAt(to));
        return kind == Kind.POSTCODE && second && size <= 4 ? found(start, to, kind, .8) : 0;
    }

    private boolean plate(int start, int end) {
        boolean digit = false;
        boolean letter = false;
        for (int i = 0; i < size; i++) {
            digit |= Letters.digit(buffer[i]);
            letter |= !Letters.digit(buffer[i]);
        }
        return digit && letter && size >= 5 && size <= 9 && upper(start, end);
    }

    private int found(int start, int end, Kind kind, double score) {
        pass.add(start, end, kind, score);
        return end;
    }
}
