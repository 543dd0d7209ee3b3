package dev.tierwise.engine.grammar;

import java.util.LinkedHashMap;
import java.util.Map;

/// Follows a grammar through one answer. For one thread.
public final class Matcher {
    private static final int KEPT = 64;

    private final Automaton automaton;
    private final TokenTrie tokens;
    private final Map<Integer, long[]> masks =
            new LinkedHashMap<>(KEPT * 2, .75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, long[]> eldest) {
                    return size() > KEPT;
                }
            };
    private int state;

    Matcher(Automaton automaton, TokenTrie tokens) {
        this.automaton = automaton;
        this.tokens = tokens;
        this.state = automaton.start();
    }

    /// A bit for each token that some whole answer goes on with, and for those that end it where it
    /// is whole. Not to be changed.
    public long[] allowed() {
        return masks.computeIfAbsent(
                state,
                at -> {
                    long[] mask = new long[(tokens.vocabulary() + 63) / 64];
                    tokens.allowed(automaton, at, mask);
                    return mask;
                });
    }

    /// Takes the bytes of a token.
    ///
    /// @return whether they belong here; if not, nothing is taken
    public boolean accept(byte[] bytes) {
        int to = state;
        for (byte b : bytes) {
            to = automaton.step(to, b & 0xff);
            if (to == Automaton.DEAD) {
                return false;
            }
        }
        state = to;
        return true;
    }

    /// Whether what was taken is a whole answer.
    public boolean mayEnd() {
        return automaton.mayEnd(state);
    }
}
