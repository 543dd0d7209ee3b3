package dev.tierwise.prove;

import java.util.Random;

/// Something that must stay: an identifier that nobody has, in a sentence with a mark by which it
/// is known wherever it turns up.
///
/// @param mark a word of letters that stands beside it, unique in a run
/// @param value the identifier
/// @param lead the words before it
record Canary(String mark, String value, String lead) {
    /// The beginning of every mark.
    static final String PREFIX = "kanari";

    private static final int LETTERS = 10;

    /// The sorts of identifiers.
    enum Sort {
        SSN,
        MRN,
        EMAIL,
        PHONE,
        CARD,
        IBAN,
        BIRTH_DATE,
        TOKEN
    }

    /// The whole sentence, with `shown` in the identifier's place.
    String sentence(String shown) {
        return "Case " + mark + ": " + lead + " " + shown + " so please look into it";
    }

    /// A new one.
    static Canary of(Sort sort, Random random) {
        String mark = mark(random);
        return switch (sort) {
            case SSN -> new Canary(mark, ssn(random), "the social security number is");
            case MRN -> new Canary(mark, "MRN" + digits(random, 8), "the medical record number is");
            case EMAIL -> new Canary(mark, letters(random, 9) + "@mail.example.org", "write to");
            case PHONE ->
                    new Canary(
                            mark,
                            "(" + (201 + random.nextInt(700)) + ") 555-01" + digits(random, 2),
                            "the patient's phone number is");
            case CARD -> new Canary(mark, card(random), "the credit card is");
            case IBAN -> new Canary(mark, iban(random), "the bank account is IBAN");
            case BIRTH_DATE ->
                    new Canary(
                            mark,
                            (1 + random.nextInt(12))
                                    + "/"
                                    + (10 + random.nextInt(18))
                                    + "/"
                                    + (1930 + random.nextInt(70)),
                            "the date of birth is");
            case TOKEN -> new Canary(mark, "ghp_" + mixed(random, 36), "the token is");
        };
    }

    private static String mark(Random random) {
        return PREFIX + letters(random, LETTERS);
    }

    static String letters(Random random, int count) {
        var letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    private static String mixed(Random random, int count) {
        String from = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        var made = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            made.append(from.charAt(random.nextInt(from.length())));
        }
        return made.toString();
    }

    private static String digits(Random random, int count) {
        var digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    /// In the ranges that are given out (Social Security Administration: no 000, 666, 9xx areas, no
    /// 00 group, no 0000 serial).
    private static String ssn(Random random) {
        int area = 1 + random.nextInt(665);
        return "%03d-%02d-%04d".formatted(area, 1 + random.nextInt(99), 1 + random.nextInt(9999));
    }

    /// With a Luhn digit (ISO/IEC 7812-1).
    private static String card(Random random) {
        String body = "4" + digits(random, 14);
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int twice = i % 2 == 0 ? 2 * digit : digit;
            sum += twice > 9 ? twice - 9 : twice;
        }
        String whole = body + (10 - sum % 10) % 10;
        return whole.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /// With check digits modulo 97 (ISO 13616).
    private static String iban(Random random) {
        String account = digits(random, 18);
        int rest = 0;
        for (char c : (account + "131400").toCharArray()) { // D = 13, E = 14
            rest = (rest * 10 + (c - '0')) % 97;
        }
        return "DE%02d%s".formatted(98 - rest, account);
    }
}
