package dev.tierwise.engine.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// An answer of random tokens among those that are allowed.
final class Walk {
    private static final int PATIENCE = 60;
    private static final int MOST = 3_000;

    private Walk() {}

    /// The text of a random answer.
    static String through(Grammar grammar, Vocabulary vocabulary, Random random) {
        Matcher matcher = grammar.matcher(vocabulary.trie());
        var out = new ByteArrayOutputStream();
        for (int step = 0; step < MOST; step++) {
            int token = pick(matcher.allowed(), vocabulary, random, step);
            if (token == Vocabulary.END) {
                if (!matcher.mayEnd()) {
                    throw new AssertionError("the end is allowed where the answer is not whole");
                }
                return out.toString(StandardCharsets.UTF_8);
            }
            if (!matcher.accept(vocabulary.bytes(token))) {
                throw new AssertionError("an allowed token is not taken");
            }
            out.writeBytes(vocabulary.bytes(token));
        }
        throw new AssertionError(
                "no end: " + out.toString(StandardCharsets.UTF_8).substring(0, 200));
    }

    /// After a while, what closes is preferred.
    private static int pick(long[] allowed, Vocabulary vocabulary, Random random, int step) {
        List<Integer> all = new ArrayList<>();
        for (int token = 0; token < vocabulary.size(); token++) {
            if ((allowed[token >> 6] >>> token & 1) != 0) {
                all.add(token);
            }
        }
        if (all.isEmpty()) {
            throw new AssertionError("nothing is allowed");
        }
        if (step > PATIENCE) {
            if (all.contains(Vocabulary.END)) {
                return Vocabulary.END;
            }
            for (char c : new char[] {'"', '}', ']', ',', '@', '.', 'a', '0', 'n', 't'}) {
                if (all.contains(1 + c)) {
                    return 1 + c;
                }
            }
        }
        return all.get(random.nextInt(all.size()));
    }
}
