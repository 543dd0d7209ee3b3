package dev.tierwise.trainer.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Makes short messages in which a name, an order number and an amount may stand.
final class Messages {
    /// A message and what should be read from it.
    record Message(String text, String answer) {}

    private static final List<String> ONSETS =
            List.of(
                    "b", "br", "c", "ch", "cz", "d", "dh", "dr", "f", "fl", "g", "gr", "gw", "h",
                    "j", "k", "kh", "kr", "l", "m", "n", "p", "pf", "qu", "r", "s", "sch", "sh",
                    "st", "str", "t", "th", "tr", "v", "w", "wh", "x", "y", "z", "");
    private static final List<String> NUCLEI =
            List.of(
                    "a", "e", "i", "o", "u", "a", "e", "i", "o", "u", "ai", "au", "ay", "ea", "ee",
                    "ei", "ey", "ia", "ie", "io", "oe", "oi", "oo", "ou", "ue", "y");
    private static final List<String> CODAS =
            List.of(
                    "", "", "", "", "b", "ck", "d", "ff", "g", "k", "l", "ld", "ll", "m", "n", "nd",
                    "ng", "nn", "nt", "p", "r", "rd", "rg", "rn", "rt", "s", "ss", "st", "t", "th",
                    "tt", "tz", "v", "w", "x", "z");

    private final Phrases phrases;
    private final Random random;

    Messages(Phrases phrases, Random random) {
        this.phrases = phrases;
        this.random = random;
    }

    Message next(boolean held) {
        boolean hasName = random.nextInt(100) < 65;
        boolean hasOrder = random.nextInt(100) < 68;
        boolean hasAmount = random.nextInt(100) < 62;
        var parts = new ArrayList<String>();
        boolean joint = hasOrder && hasAmount && random.nextInt(3) == 0;
        if (joint) {
            parts.add(phrases.frame("order-amount", held, random));
        } else {
            if (hasOrder) {
                parts.add(phrases.frame("order-say", held, random));
            }
            if (hasAmount) {
                parts.add(phrases.frame("amount-say", held, random));
            }
        }
        for (int n = random.nextInt(3); n > 0 || parts.isEmpty(); n--) {
            parts.add(phrases.say("message-filler", random));
        }
        Collections.shuffle(parts, random);
        boolean late = false;
        if (hasName) {
            late = random.nextInt(5) < 2;
            parts.add(
                    late
                            ? parts.size()
                            : random.nextInt(4) == 0 ? random.nextInt(parts.size() + 1) : 0,
                    phrases.frame(late ? "name-sign" : "name-say", held, random));
        }
        if (random.nextInt(4) == 0) {
            parts.addFirst(phrases.say("greeting", random));
        }
        String frame = joined(parts, late);
        return filled(frame, hasName, hasOrder, hasAmount);
    }

    private String joined(List<String> parts, boolean signed) {
        var out = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            String part = parts.get(i);
            if (!out.isEmpty()) {
                out.append(last && signed && random.nextBoolean() ? "\n" : " ");
            }
            out.append(part);
            if ((!last && Character.isLetterOrDigit(part.charAt(part.length() - 1)))
                    || part.endsWith("}")) {
                out.append(last && random.nextBoolean() ? "" : random.nextInt(6) == 0 ? "," : ".");
            }
        }
        String text = out.toString();
        if (random.nextInt(4) == 0) {
            text =
                    text.replaceAll(
                            "(?<!\\{)\\b[A-Z](?=[a-z])", "$0"); // casing stays where names are
        }
        return text;
    }

    private Message filled(String frame, boolean hasName, boolean hasOrder, boolean hasAmount) {
        String style = frame;
        if (random.nextInt(4) == 0) {
            style = lowered(frame);
        }
        if (random.nextInt(5) == 0) {
            style = slipped(style);
        }
        String name = random.nextInt(12) == 0 ? name().toLowerCase(Locale.ROOT) : name();
        String order = order();
        String amount = amount();
        String text =
                style.replace("{NAME}", name)
                        .replace("{ORDER}", (random.nextInt(3) == 0 ? "#" : "") + order)
                        .replace("{AMOUNT}", amount)
                        .replace("##", "#");
        String answer =
                "{\"name\":"
                        + quoted(hasName, name)
                        + ",\"order\":"
                        + quoted(hasOrder, order)
                        + ",\"amount\":"
                        + quoted(hasAmount, amount)
                        + "}";
        return new Message(text, answer);
    }

    private static String quoted(boolean there, String value) {
        return there ? "\"" + value + "\"" : "null";
    }

    private static String lowered(String frame) {
        return frame.toLowerCase(Locale.ROOT)
                .replace("{name}", "{NAME}")
                .replace("{order}", "{ORDER}")
                .replace("{amount}", "{AMOUNT}");
    }

    private String slipped(String frame) {
        String out = Noise.slips(frame, 2, random);
        for (String slot : List.of("{NAME}", "{ORDER}", "{AMOUNT}")) {
            if (frame.contains(slot) != out.contains(slot)) {
                return frame;
            }
        }
        return out.contains("{") && !out.matches("(?s)[^{]*(\\{(NAME|ORDER|AMOUNT)}[^{]*)+")
                ? frame
                : out;
    }

    /// A name, known or made up.
    String name() {
        String first = random.nextInt(5) < 3 ? made() : phrases.say("first", random);
        String last = random.nextInt(3) < 2 ? made() : phrases.say("last", random);
        return switch (random.nextInt(12)) {
            case 0, 1 -> first;
            case 2 -> phrases.say("title", random) + " " + last;
            case 3 -> first.charAt(0) + ". " + last;
            case 4 -> first + " " + last + "-" + phrases.say("last", random);
            case 5 -> first + " " + (char) ('A' + random.nextInt(26)) + ". " + last;
            default -> first + " " + last;
        };
    }

    private String made() {
        var out = new StringBuilder();
        for (int n = 1 + random.nextInt(3); n >= 0; n--) {
            out.append(ONSETS.get(random.nextInt(ONSETS.size())));
            out.append(NUCLEI.get(random.nextInt(NUCLEI.size())));
            out.append(CODAS.get(random.nextInt(CODAS.size())));
        }
        return out.substring(0, 1).toUpperCase(Locale.ROOT) + out.substring(1);
    }

    private String digits(int count) {
        var out = new StringBuilder().append((char) ('1' + random.nextInt(9)));
        while (out.length() < count) {
            out.append((char) ('0' + random.nextInt(10)));
        }
        return out.toString();
    }

    private String letters(int count) {
        var out = new StringBuilder();
        while (out.length() < count) {
            out.append((char) ('A' + random.nextInt(26)));
        }
        return out.toString();
    }

    /// An order number in one of the forms that shops use.
    String order() {
        return switch (random.nextInt(14)) {
            case 0 -> letters(2) + digits(6);
            case 1 -> letters(1) + "-" + digits(4 + random.nextInt(3));
            case 2 -> "ORD-" + digits(4 + random.nextInt(4));
            case 3 -> letters(3) + "-" + digits(4);
            case 4 -> digits(3) + "-" + digits(4);
            case 5 -> "20" + (20 + random.nextInt(8)) + "-" + digits(5);
            case 6 -> letters(2) + "-20" + (20 + random.nextInt(8)) + "-" + digits(4);
            case 7 -> digits(4) + "/" + digits(2);
            case 8 -> letters(1) + digits(2) + letters(1) + digits(3);
            default -> digits(3 + random.nextInt(8));
        };
    }

    /// A sum of money as people write it.
    String amount() {
        boolean whole = random.nextInt(3) == 0;
        String main = digits(1 + random.nextInt(4));
        String cents = whole ? "" : String.format(Locale.ROOT, "%02d", random.nextInt(100));
        boolean comma = random.nextInt(4) == 0;
        if (main.length() == 4 && random.nextBoolean()) {
            main = main.charAt(0) + (comma ? "." : ",") + main.substring(1);
        }
        String number = whole ? main : main + (comma ? "," : ".") + cents;
        return switch (random.nextInt(10)) {
            case 0, 1 -> "$" + number;
            case 2 -> "€" + number;
            case 3 -> "£" + number;
            case 4 -> number + "€";
            case 5 -> number + " €";
            case 6 -> phrases.say("currency", random) + " " + number;
            case 7 -> number + " " + phrases.say("currency", random);
            case 8 -> number + " " + phrases.say("money-word", random);
            default -> "$" + number;
        };
    }
}
