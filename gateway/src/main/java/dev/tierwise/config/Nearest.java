package dev.tierwise.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that somebody meant.
final class Nearest {
    private Nearest() {}

    /// The nearest of `known` to `word`, if one is near: at most a third of its letters (but two in
    /// short words, and never more than half) are wrong, missing, added or swapped. Case and `_`
    /// for `-` do not count.
    static Optional<String> of(String word, Collection<String> known) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(plain(word), plain(candidate));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        int limit = Math.max(2, word.length() / 3);
        return best == null || least > limit || least * 2 > best.length()
                ? Optional.empty()
                : Optional.of(best);
    }

    private static String plain(String word) {
        String start = word.length() > 100 ? word.substring(0, 100) : word;
        return start.replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }

    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int added = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
                steps[i][j] = Math.min(added, steps[i - 1][j - 1] + wrong);
                if (isSwap(a, i, b, j)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }

    private static boolean isSwap(String a, int i, String b, int j) {
        return i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
