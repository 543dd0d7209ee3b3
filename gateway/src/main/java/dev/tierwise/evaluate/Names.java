package dev.tierwise.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Finds the model that a user means: by its exact name, else by its name in whatever case and with
/// whatever marks between, else by a part of the name that no other has.
final class Names {
    private static final int MOST_NEAR = 5;

    private Names() {}

    /// What was found.
    sealed interface Found {
        /// The model.
        record One(String name) implements Found {}

        /// No model has that name.
        ///
        /// @param near names like it
        record None(List<String> near) implements Found {}

        /// Several models have it as a part of their name.
        record Several(List<String> names) implements Found {}
    }

    /// Finds a model.
    static Found find(String wanted, Collection<String> names) {
        if (names.contains(wanted)) {
            return new Found.One(wanted);
        }
        String bare = bare(wanted);
        List<String> same =
                names.stream().filter(name -> bare(name).equals(bare)).sorted().toList();
        List<String> fit = same.isEmpty() ? having(bare, names) : same;
        if (fit.size() == 1) {
            return new Found.One(fit.getFirst());
        }
        return fit.isEmpty() ? new Found.None(near(wanted, names)) : new Found.Several(fit);
    }

    /// Whether a model may be the one that is meant.
    static boolean mayBe(String wanted, String name) {
        return bare(name).contains(bare(wanted));
    }

    private static List<String> having(String bare, Collection<String> names) {
        return bare.isEmpty()
                ? List.of()
                : names.stream().filter(name -> bare(name).contains(bare)).sorted().toList();
    }

    private static List<String> near(String wanted, Collection<String> names) {
        Set<String> parts = parts(wanted);
        return names.stream()
                .sorted(
                        Comparator.<String>comparingDouble(name -> -alike(parts, wanted, name))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_NEAR)
                .toList();
    }

    private static double alike(Set<String> parts, String wanted, String name) {
        Set<String> both = new HashSet<>(parts(name));
        both.retainAll(parts);
        int longer = Math.max(wanted.length(), name.length());
        return both.size() - (double) edits(bare(wanted), bare(name)) / Math.max(1, longer);
    }

    private static Set<String> parts(String name) {
        return new TreeSet<>(Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^a-z0-9.]+", -1)));
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /// How many letters have to be changed, added or left out (Levenshtein 1965).
    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
