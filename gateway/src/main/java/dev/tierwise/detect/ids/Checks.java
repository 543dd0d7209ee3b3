package dev.tierwise.detect.ids;

import dev.tierwise.detect.Kind;

/// Check digits of numbers. Digits come as values 0-9.
final class Checks {
    private static final int[] PESEL = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    private static final int[] NIP = {6, 5, 7, 2, 3, 4, 5, 6, 7};
    private static final int[] REGON = {8, 9, 2, 3, 4, 5, 6, 7};
    private static final int[] TFN = {1, 4, 3, 7, 5, 8, 6, 9, 10};
    private static final int[] ABN = {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
    private static final int[] MEDICARE = {1, 3, 7, 9, 1, 3, 7, 9};
    private static final int[] ABA = {3, 7, 1, 3, 7, 1, 3, 7, 1};
    private static final int[] BRN = {1, 3, 7, 1, 3, 7, 1, 3, 5};
    private static final String VERHOEFF =
            "0123456789123406789523401789563401289567401239567859876043216598710432"
                    + "765982104387659321049876543210";
    private static final String SHUFFLE =
            "01234567891576283094580379614289160435279453126870428657390127938064157046913258";

    private Checks() {}

    /// 1 when these digits are a number of the kind, 0 when they cannot be, -1 when there is no
    /// check for the kind at this length.
    static int of(Kind kind, byte[] d, int n) {
        if (n < 9) {
            return -1;
        }
        return switch (kind) {
            case SSN -> n == 9 ? yes(ssn(d)) : -1;
            case ITIN -> n == 9 ? yes(itin(d)) : -1;
            case CARD -> n >= 13 && n <= 19 ? yes(card(d, n)) : -1;
            case IMEI -> n == 15 ? yes(luhn(d, 0, n)) : -1;
            case NPI -> n == 10 ? yes((d[0] == 1 || d[0] == 2) && luhn(d, 0, n, 24)) : -1;
            case ROUTING -> n == 9 ? yes(sum(d, ABA, 9) % 10 == 0 && prefix(d)) : -1;
            case UK_NHS -> n == 10 ? yes(nhs(d)) : -1;
            case DE_TAX_ID -> n == 11 ? yes(d[0] != 0 && iso7064(d, 11)) : -1;
            case FR_NIR -> n == 15 ? yes(nir(d)) : -1;
            case AU_TFN -> n == 9 ? yes(sum(d, TFN, 9) % 11 == 0) : -1;
            case AU_MEDICARE ->
                    n == 10 ? yes(d[0] >= 2 && d[0] <= 6 && sum(d, MEDICARE, 8) % 10 == d[8]) : -1;
            case AU_ABN -> n == 11 ? yes(abn(d)) : n == 9 ? yes(acn(d)) : -1;
            case CA_SIN -> n == 9 ? yes(d[0] != 0 && d[0] != 8 && luhn(d, 0, 9)) : -1;
            case KR_RRN -> n == 13 ? yes(rrn(d)) : -1;
            case ZA_ID -> n == 13 ? yes(day(d, 2) && d[10] <= 1 && luhn(d, 0, 13)) : -1;
            case TH_TNIN -> n == 13 ? yes(thai(d)) : -1;
            case IN_AADHAAR -> n == 12 ? yes(d[0] >= 2 && verhoeff(d, 12)) : -1;
            case TR_TCKN -> n == 11 ? yes(turkish(d)) : -1;
            default -> ofPolesAndSwedes(kind, d, n);
        };
    }

    private static int ofPolesAndSwedes(Kind kind, byte[] d, int n) {
        return switch (kind) {
            case PL_PESEL ->
                    n == 11 ? yes((10 - sum(d, PESEL, 10) % 10) % 10 == d[10] && pesel(d)) : -1;
            case PL_NIP -> n == 10 ? yes(d[0] != 0 && sum(d, NIP, 9) % 11 == d[9]) : -1;
            case PL_REGON -> n == 9 ? yes(sum(d, REGON, 8) % 11 % 10 == d[8]) : -1;
            case SE_PERSONNUMMER ->
                    n == 10 ? yes(luhn(d, 0, 10)) : n == 12 ? yes(luhn(d, 2, 12) && day(d, 4)) : -1;
            case NATIONAL_ID -> n == 10 ? yes(brn(d)) : -1;
            default -> -1;
        };
    }

    /// Whether a wrong check digit rules the kind out even where a word names it: written down
    /// wrongly it is nobody's number. Numbers of the US have no check digit worth the name.
    static boolean decides(Kind kind) {
        return switch (kind) {
            case CARD,
                    PL_PESEL,
                    PL_NIP,
                    PL_REGON,
                    UK_NHS,
                    DE_TAX_ID,
                    CA_SIN,
                    AU_TFN,
                    AU_ABN,
                    AU_MEDICARE,
                    IN_AADHAAR,
                    KR_RRN,
                    ZA_ID,
                    TH_TNIN,
                    TR_TCKN,
                    NPI,
                    ROUTING,
                    FR_NIR,
                    SE_PERSONNUMMER ->
                    true;
            default -> false;
        };
    }

    private static int yes(boolean is) {
        return is ? 1 : 0;
    }

    static boolean ssn(byte[] d) {
        int area = d[0] * 100 + d[1] * 10 + d[2];
        return area != 0
                && area != 666
                && area < 900
                && (d[3] | d[4]) != 0
                && (d[5] | d[6] | d[7] | d[8]) != 0;
    }

    static boolean itin(byte[] d) {
        int group = d[3] * 10 + d[4];
        return d[0] == 9
                && ((group >= 50 && group <= 65)
                        || (group >= 70 && group <= 88)
                        || (group >= 90 && group <= 92)
                        || group >= 94);
    }

    static boolean card(byte[] d, int n) {
        int two = d[0] * 10 + d[1];
        boolean network =
                d[0] == 4
                        || (two >= 50 && two <= 69)
                        || (two >= 34 && two <= 39)
                        || (two >= 22 && two <= 27)
                        || two == 30;
        return network && luhn(d, 0, n) && !same(d, n);
    }

    static boolean luhn(byte[] d, int from, int n) {
        return luhn(d, from, n, 0);
    }

    /// Luhn's sum, begun with that of a fixed prefix (80840 for NPI makes 24).
    private static boolean luhn(byte[] d, int from, int n, int begun) {
        int sum = begun;
        for (int i = n - 1, twice = 0; i >= from; i--, twice ^= 1) {
            int value = d[i] << twice;
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }

    static boolean same(byte[] d, int n) {
        for (int i = 1; i < n; i++) {
            if (d[i] != d[0]) {
                return false;
            }
        }
        return true;
    }

    private static int sum(byte[] d, int[] weights, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += d[i] * weights[i];
        }
        return sum;
    }

    private static boolean prefix(byte[] d) {
        int two = d[0] * 10 + d[1];
        return (two <= 12 && two + d[2] > 0)
                || (two >= 21 && two <= 32)
                || (two >= 61 && two <= 72);
    }

    private static boolean nhs(byte[] d) {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += d[i] * (10 - i);
        }
        return (11 - sum % 11) % 11 == d[9] && !same(d, 10);
    }

    private static boolean iso7064(byte[] d, int n) {
        int product = 10;
        for (int i = 0; i < n - 1; i++) {
            int sum = (d[i] + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == d[n - 1];
    }

    private static boolean nir(byte[] d) {
        long value = 0;
        for (int i = 0; i < 13; i++) {
            value = value * 10 + d[i];
        }
        return (d[0] == 1 || d[0] == 2) && 97 - value % 97 == d[13] * 10 + d[14];
    }

    private static boolean abn(byte[] d) {
        return d[0] > 0 && (sum(d, ABN, 11) - 10) % 89 == 0;
    }

    private static boolean acn(byte[] d) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += d[i] * (8 - i);
        }
        return (10 - sum % 10) % 10 == d[8] && !same(d, 9);
    }

    /// Month and day at `at`.
    private static boolean day(byte[] d, int at) {
        int month = d[at] * 10 + d[at + 1];
        int day = d[at + 2] * 10 + d[at + 3];
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static boolean rrn(byte[] d) {
        return day(d, 2) && d[6] >= 1 && d[6] <= 8;
    }

    private static boolean thai(byte[] d) {
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += d[i] * (13 - i);
        }
        return d[0] > 0 && (11 - sum % 11) % 10 == d[12];
    }

    private static boolean verhoeff(byte[] d, int n) {
        int check = 0;
        for (int i = 0; i < n; i++) {
            int shuffled = SHUFFLE.charAt(i % 8 * 10 + d[n - 1 - i]) - '0';
            check = VERHOEFF.charAt(check * 10 + shuffled) - '0';
        }
        return check == 0;
    }

    private static boolean turkish(byte[] d) {
        int odd = d[0] + d[2] + d[4] + d[6] + d[8];
        int even = d[1] + d[3] + d[5] + d[7];
        int sum = odd + even + d[9];
        return d[0] != 0 && Math.floorMod(odd * 7 - even, 10) == d[9] && sum % 10 == d[10];
    }

    private static boolean pesel(byte[] d) {
        int month = (d[2] * 10 + d[3]) % 20;
        int day = d[4] * 10 + d[5];
        return (month >= 1 && month <= 12 && day >= 1 && day <= 31) || same(d, 11);
    }

    private static boolean brn(byte[] d) {
        int sum = sum(d, BRN, 9) + d[8] * 5 / 10;
        return (10 - sum % 10) % 10 == d[9];
    }
}
