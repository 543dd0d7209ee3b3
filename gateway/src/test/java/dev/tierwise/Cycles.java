package dev.tierwise;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds cycles between packages.
final class Cycles {
    private Cycles() {}

    /// The packages that lie on a cycle or between two cycles; empty when there is none.
    static SortedSet<String> in(Map<String, Set<String>> imports) {
        var left = new TreeSet<>(imports.keySet());
        while (left.removeIf(name -> isEnd(name, left, imports))) {}
        return left;
    }

    /// True when, among those left, `name` imports none or is imported by none.
    private static boolean isEnd(String name, Set<String> left, Map<String, Set<String>> imports) {
        boolean importsNone =
                imports.getOrDefault(name, Set.of()).stream().noneMatch(left::contains);
        boolean importedByNone =
                left.stream()
                        .noneMatch(other -> imports.getOrDefault(other, Set.of()).contains(name));
        return importsNone || importedByNone;
    }
}
