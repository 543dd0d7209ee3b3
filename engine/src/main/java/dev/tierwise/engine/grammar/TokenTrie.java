package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// The tokens of a vocabulary by their bytes, so that tokens that begin alike are looked at
/// together. Immutable, for any number of threads.
public final class TokenTrie {
    private final int vocabulary;
    private final int[] firstChild;
    private final int[] sibling;
    private final byte[] value;

    /// The tokens that end in a node, one after the other.
    private final int[] tokenFrom;

    private final int[] tokens;
    private final long[] ends;

    private TokenTrie(Growing nodes, int vocabulary, long[] ends) {
        this.vocabulary = vocabulary;
        this.ends = ends;
        int size = nodes.value.size();
        firstChild = new int[size];
        sibling = new int[size];
        value = new byte[size];
        tokenFrom = new int[size + 1];
        var all = new ArrayList<Integer>();
        for (int i = 0; i < size; i++) {
            firstChild[i] = nodes.child.get(i);
            sibling[i] = nodes.sibling.get(i);
            value[i] = nodes.value.get(i);
            tokenFrom[i] = all.size();
            all.addAll(nodes.tokens.get(i));
        }
        tokenFrom[size] = all.size();
        tokens = all.stream().mapToInt(i -> i).toArray();
    }

    /// The trie while it grows.
    private static final class Growing {
        private final List<Integer> child = new ArrayList<>();
        private final List<Integer> sibling = new ArrayList<>();
        private final List<Byte> value = new ArrayList<>();
        private final List<List<Integer>> tokens = new ArrayList<>();

        int node(byte of) {
            child.add(-1);
            sibling.add(-1);
            value.add(of);
            tokens.add(List.of());
            return value.size() - 1;
        }

        int child(int of, byte wanted) {
            for (int at = child.get(of); at >= 0; at = sibling.get(at)) {
                if (value.get(at) == wanted) {
                    return at;
                }
            }
            int made = node(wanted);
            sibling.set(made, child.get(of));
            child.set(of, made);
            return made;
        }
    }

    /// The trie of a vocabulary.
    ///
    /// @param vocabulary number of tokens
    /// @param bytes what each token says; none for control tokens, which are never allowed
    /// @param ends tokens that end an answer, allowed where it may end
    public static TokenTrie of(int vocabulary, IntFunction<byte[]> bytes, int... ends) {
        var nodes = new Growing();
        nodes.node((byte) 0);
        for (int token = 0; token < vocabulary; token++) {
            byte[] text = bytes.apply(token);
            int at = 0;
            for (byte b : text) {
                at = nodes.child(at, b);
            }
            if (text.length > 0) {
                var here = new ArrayList<>(nodes.tokens.get(at));
                here.add(token);
                nodes.tokens.set(at, here);
            }
        }
        long[] mask = new long[(vocabulary + 63) / 64];
        for (int end : ends) {
            mask[end >> 6] |= 1L << end;
        }
        return new TokenTrie(nodes, vocabulary, mask);
    }

    /// Number of tokens.
    public int vocabulary() {
        return vocabulary;
    }

    /// Sets the bits of all tokens whose bytes the automaton takes from `state` on.
    void allowed(Automaton automaton, int state, long[] mask) {
        Arrays.fill(mask, 0);
        walk(automaton, state, firstChild[0], mask);
        if (automaton.mayEnd(state)) {
            for (int i = 0; i < mask.length; i++) {
                mask[i] |= ends[i];
            }
        }
    }

    private void walk(Automaton automaton, int state, int from, long[] mask) {
        for (int node = from; node >= 0; node = sibling[node]) {
            int next = automaton.step(state, value[node] & 0xff);
            if (next != Automaton.DEAD) {
                for (int i = tokenFrom[node]; i < tokenFrom[node + 1]; i++) {
                    mask[tokens[i] >> 6] |= 1L << tokens[i];
                }
                if (firstChild[node] >= 0) {
                    walk(automaton, next, firstChild[node], mask);
                }
            }
        }
    }
}
