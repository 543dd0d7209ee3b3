package dev.tierwise.engine.run;

import java.util.Arrays;

/// The numbers of some tokens, in order. Immutable.
public final class Tokens {
    private final int[] ids;

    private Tokens(int[] ids) {
        this.ids = ids;
    }

    /// A copy of `ids`.
    public static Tokens of(int... ids) {
        return new Tokens(ids.clone());
    }

    /// How many there are.
    public int size() {
        return ids.length;
    }

    /// The one at `index`, counted from 0.
    public int at(int index) {
        return ids[index];
    }

    /// How many tokens at the beginning are the same as the first `count` of `others`.
    int common(int[] others, int count) {
        int end = Arrays.mismatch(ids, 0, ids.length, others, 0, count);
        return end < 0 ? Math.min(ids.length, count) : end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens tokens && Arrays.equals(ids, tokens.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return ids.length + " tokens";
    }
}
