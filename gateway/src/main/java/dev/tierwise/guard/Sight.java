package dev.tierwise.guard;

import dev.tierwise.detect.Kind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a scan of a whole request saw: how often each kind, and whether all of it was seen. Holds
/// no text. Immutable.
///
/// @param counts how often each kind was found
/// @param unscannable parts that are no text
/// @param names names of tools in it, as far as they were asked for
/// @param undecided why the scan could not be finished; empty when it could
public record Sight(
        Map<Kind, Integer> counts, int unscannable, Set<String> names, String undecided) {
    /// A scan that found nothing.
    public static final Sight NOTHING = new Sight(Map.of(), 0, Set.of(), "");

    public Sight {
        counts = Map.copyOf(counts);
        names = Set.copyOf(names);
    }

    /// Whether every part was read, and to its end.
    public boolean complete() {
        return unscannable == 0 && undecided.isEmpty();
    }

    /// How often each kind was found, by its label.
    public Map<String, Integer> found() {
        var found = new TreeMap<String, Integer>();
        counts.forEach((kind, count) -> found.merge(kind.label(), count, Integer::sum));
        return found;
    }

    /// What was found, in the words of policies.
    Set<String> marks() {
        return counts.keySet().stream().map(Kind::mark).collect(Collectors.toSet());
    }

    /// Gathers while a scan runs. For one thread.
    static final class Tally {
        private final EnumMap<Kind, Integer> counts = new EnumMap<>(Kind.class);
        private final Set<String> names = new HashSet<>();
        private int unscannable;
        private String undecided = "";

        void add(Map<Kind, Integer> found) {
            found.forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
        }

        void name(String name) {
            names.add(name);
        }

        void unscannable() {
            unscannable++;
        }

        void undecided(String why) {
            undecided = why;
        }

        boolean isUndecided() {
            return !undecided.isEmpty();
        }

        Sight sight() {
            boolean nothing =
                    counts.isEmpty() && unscannable == 0 && names.isEmpty() && undecided.isEmpty();
            return nothing ? NOTHING : new Sight(counts, unscannable, names, undecided);
        }
    }
}
