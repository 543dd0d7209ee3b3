package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Follows a grammar byte by byte. A state is the set of all places in the grammar where the bytes
/// so far may have led, each with the rules to return to; states and steps between them are made
/// when they are first needed and kept, so that a grammar behaves like a table after a while. For
/// one thread.
final class Automaton {
    /// No way leads on.
    static final int DEAD = 0;

    private static final int UNKNOWN = -1;
    private static final int MOST_PLACES = 4_096;

    private final int[] code;
    private final int[][] alternatives;
    private final List<BitSet> sets;
    private final Map<Place, Place> places = new HashMap<>();
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final List<Place> byNumber = new ArrayList<>();
    private final int start;

    /// A place in the code, and where to go on after it.
    private static final class Place {
        private final int at;
        private final int next;
        private int number;

        Place(int at, int next) {
            this.at = at;
            this.next = next;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.at == at && place.next == next;
        }

        @Override
        public int hashCode() {
            return at * 31 + next;
        }
    }

    private static final int END = Integer.MIN_VALUE;
    private static final int BOTTOM = -1;

    /// One state of many places.
    private static final class State {
        private final List<Integer> places;
        private final boolean mayEnd;
        private final int[] steps = new int[256];

        State(List<Integer> places, boolean mayEnd) {
            this.places = places;
            this.mayEnd = mayEnd;
            Arrays.fill(steps, UNKNOWN);
        }
    }

    /// @param root the rule that the whole answer follows
    Automaton(Rules rules, int root) {
        this.sets = rules.sets();
        boolean[] productive = productive(rules);
        if (!productive[~root]) {
            throw new Rules.Unfit("nothing can ever match it", "");
        }
        List<Integer> all = new ArrayList<>();
        this.alternatives = new int[rules.rules().size()][];
        for (int rule = 0; rule < alternatives.length; rule++) {
            List<Integer> begins = new ArrayList<>();
            for (List<Integer> row : rules.rules().get(rule)) {
                if (row.stream().allMatch(symbol -> symbol >= 0 || productive[~symbol])) {
                    begins.add(all.size());
                    all.addAll(row);
                    all.add(END);
                }
            }
            alternatives[rule] = begins.stream().mapToInt(i -> i).toArray();
        }
        this.code = all.stream().mapToInt(i -> i).toArray();
        states.add(new State(List.of(), false));
        Set<Integer> found = new LinkedHashSet<>();
        boolean[] ended = new boolean[1];
        for (int begin : alternatives[~root]) {
            open(begin, BOTTOM, found, ended, 0);
        }
        this.start = state(found, ended[0]);
    }

    /// Which rules some bytes can match; a grammar may have others, which must lead nobody on.
    private static boolean[] productive(Rules rules) {
        boolean[] productive = new boolean[rules.rules().size()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int rule = 0; rule < productive.length; rule++) {
                for (List<Integer> row : rules.rules().get(rule)) {
                    if (!productive[rule]
                            && row.stream()
                                    .allMatch(symbol -> symbol >= 0 || productive[~symbol])) {
                        productive[rule] = true;
                        changed = true;
                    }
                }
            }
        }
        return productive;
    }

    private Place place(int at, int next) {
        var place = new Place(at, next);
        Place known = places.get(place);
        if (known == null) {
            place.number = byNumber.size();
            byNumber.add(place);
            places.put(place, place);
            known = place;
        }
        return known;
    }

    /// Finds the bytes that may come next from a place, through all rules that begin there.
    private void open(int at, int next, Set<Integer> found, boolean[] ended, int depth) {
        if (depth > 500 || found.size() > MOST_PLACES) {
            throw new Rules.Unfit("it calls itself without taking a character, or too deeply", "");
        }
        int symbol = code[at];
        if (symbol == END) {
            if (next == BOTTOM) {
                ended[0] = true;
            } else {
                Place back = byNumber.get(next);
                open(back.at, back.next, found, ended, depth + 1);
            }
        } else if (symbol >= 0) {
            found.add(place(at, next).number);
        } else {
            // what is last in its row needs no return
            int back = code[at + 1] == END ? next : place(at + 1, next).number;
            for (int begin : alternatives[~symbol]) {
                open(begin, back, found, ended, depth + 1);
            }
        }
    }

    private int state(Set<Integer> found, boolean mayEnd) {
        if (found.isEmpty() && !mayEnd) {
            return DEAD;
        }
        var key = new ArrayList<Integer>(found);
        key.sort(null);
        key.add(mayEnd ? -1 : -2);
        return numbers.computeIfAbsent(
                key,
                _ -> {
                    states.add(new State(List.copyOf(found), mayEnd));
                    return states.size() - 1;
                });
    }

    /// The state before the first byte.
    int start() {
        return start;
    }

    /// Whether the answer may end in a state.
    boolean mayEnd(int state) {
        return states.get(state).mayEnd;
    }

    /// The state after a byte; [#DEAD] where it does not belong there.
    int step(int state, int value) {
        State from = states.get(state);
        int known = from.steps[value];
        if (known != UNKNOWN) {
            return known;
        }
        Set<Integer> found = new LinkedHashSet<>();
        boolean[] ended = new boolean[1];
        for (int number : from.places) {
            Place place = byNumber.get(number);
            if (sets.get(code[place.at]).get(value)) {
                open(place.at + 1, place.next, found, ended, 0);
            }
        }
        int to = state(found, ended[0]);
        from.steps[value] = to;
        return to;
    }

    /// How many states there are by now.
    int size() {
        return states.size();
    }
}
