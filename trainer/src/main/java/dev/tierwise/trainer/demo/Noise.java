package dev.tierwise.trainer.demo;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What people do to a text while they type it.
final class Noise {
    private static final String KEYS = "qwertyuiopasdfghjklzxcvbnm";

    private Noise() {}

    /// Casing, lost full stops and slips of the fingers.
    static String typed(String text, Random random) {
        String out = text;
        int style = random.nextInt(20);
        if (style < 5) {
            out = out.toLowerCase(Locale.ROOT);
        } else if (style == 5) {
            out = out.toUpperCase(Locale.ROOT);
        }
        if (random.nextInt(6) == 0) {
            out = out.replace("'", "");
        }
        if (random.nextInt(5) == 0) {
            out = out.replaceAll("[.,!]", "");
        } else if (random.nextInt(8) == 0) {
            out = out.replaceAll("[.!?]$", "").concat(random.nextBoolean() ? "!!" : "...");
        }
        if (random.nextInt(6) == 0) {
            out = slips(out, 1 + random.nextInt(1 + out.length() / 60), random);
        }
        return out;
    }

    /// Leaves out, doubles, swaps or replaces letters.
    static String slips(String text, int count, Random random) {
        var out = new StringBuilder(text);
        for (int n = 0; n < count && out.length() > 4; n++) {
            int at = random.nextInt(out.length() - 1);
            if (!Character.isLetter(out.charAt(at)) || !Character.isLetter(out.charAt(at + 1))) {
                continue;
            }
            switch (random.nextInt(4)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.insert(at, out.charAt(at));
                case 2 -> {
                    char c = out.charAt(at);
                    out.setCharAt(at, out.charAt(at + 1));
                    out.setCharAt(at + 1, c);
                }
                default -> out.setCharAt(at, KEYS.charAt(random.nextInt(KEYS.length())));
            }
        }
        return out.toString();
    }

    /// Leaves out some words, so that no answer hangs on a single one.
    static String thinned(String text, double share, Random random) {
        var out = new StringBuilder();
        for (String word : List.of(text.split(" ", -1))) {
            if (random.nextDouble() >= share || NEGATIONS.contains(word.toLowerCase(Locale.ROOT))) {
                out.append(out.isEmpty() ? "" : " ").append(word);
            }
        }
        return out.isEmpty() ? text : out.toString();
    }

    private static final List<String> NEGATIONS =
            List.of(
                    "not", "no", "never", "don't", "isn't", "wasn't", "didn't", "can't", "but",
                    "nothing");
}
