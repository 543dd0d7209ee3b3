package dev.tierwise.machine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Finds what somebody may have meant.
final class Near {
    private static final int MOST = 3;

    private Near() {}

    /// Up to three of the known names that are few letters away; the nearest first.
    static List<String> of(String name, Collection<String> known) {
        String plain = Words.plain(name.length() > 60 ? name.substring(0, 60) : name);
        int limit = Math.max(1, plain.length() / 3);
        return known.stream()
                .filter(it -> distance(plain, Words.plain(it)) <= limit)
                .sorted(Comparator.comparingInt(it -> distance(plain, Words.plain(it))))
                .limit(MOST)
                .toList();
    }

    /// Letters to be changed, added or left out (Levenshtein).
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + wrong);
            }
            above = row;
        }
        return above[b.length()];
    }
}
