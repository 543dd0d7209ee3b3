package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Gate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Turns examples into batches of about the same length, so that little is padding.
final class Batches {
    private static final int POOL = 2048;
    private static final int ASIDE = 12;
    private static final int COPIES_OF = 12;
    private static final int FREQUENT = 600; // bytes and the first merges
    private static final float COPY_WEIGHT = 0.5f;
    private static final float LABEL_WEIGHT = 3;
    private static final float ASIDE_WEIGHT = 0.25f;

    /// Rows of tokens, padded on the right, with the positions whose next token is part of an
    /// answer.
    @SuppressWarnings("ArrayRecordComponent") // made once, compared never
    record Batch(
            int rows,
            int length,
            long[] tokens,
            long[] places,
            long[] targets,
            float[] weights,
            float[] shares,
            long[] kinds) {}

    /// @param weight of each token of the answer
    private record Row(
            List<Integer> prompt, List<Integer> answer, int kind, int asides, float weight) {
        int length() {
            return prompt.size() + answer.size() - 1;
        }
    }

    private final Generator generator;
    private final Bpe bpe;
    private final Random random;
    private final int budget;
    private final List<Batch> ready = new ArrayList<>();

    Batches(Generator generator, Bpe bpe, int budget, long seed) {
        this.generator = generator;
        this.bpe = bpe;
        this.budget = budget;
        this.random = new Random(seed);
    }

    /// The next batch of training.
    Batch next() {
        if (ready.isEmpty()) {
            var rows = new ArrayList<Row>();
            while (rows.size() < POOL) {
                Row row =
                        random.nextInt(COPIES_OF) == 0 ? copy() : row(generator.next(false), true);
                if (row.length() < Net.Shape.CONTEXT) {
                    rows.add(row);
                }
            }
            ready.addAll(grouped(rows));
            Collections.shuffle(ready, random);
        }
        return ready.removeLast();
    }

    /// Batches of given examples, without noise.
    List<Batch> of(List<Example> examples) {
        return grouped(examples.stream().map(e -> row(e, false)).toList());
    }

    /// A run of tokens drawn by lot that is to be said again, outside of any chat: it teaches how
    /// to copy what was never seen, which fields are read with (Olsson et al. 2022, induction
    /// heads).
    private Row copy() {
        var run = new ArrayList<Integer>();
        for (int n = 4 + random.nextInt(24); n > 0; n--) {
            run.add(3 + random.nextInt(Math.min(FREQUENT, bpe.tokens().size() - 3)));
        }
        var prompt = new ArrayList<>(run);
        prompt.add(Bpe.END);
        var answer = new ArrayList<>(run);
        answer.add(Bpe.END);
        return new Row(prompt, answer, Gate.OTHER, 0, COPY_WEIGHT);
    }

    private Row row(Example example, boolean noise) {
        // what is to be copied must be the same tokens in both places
        boolean broken = noise && example.task() != Example.Task.EXTRACT && random.nextInt(5) == 0;
        List<Integer> prompt = bpe.encode(example.prompt(), broken ? 0.1 : 0, random);
        if (noise && example.task() != Example.Task.EXTRACT) {
            for (int i = 0; i < prompt.size(); i++) {
                if (prompt.get(i) > 2 && random.nextInt(60) == 0) {
                    prompt.set(i, 3 + random.nextInt(bpe.tokens().size() - 3));
                }
            }
        }
        List<Integer> answer = bpe.encode(example.answer() + "<|im_end|>", 0, random);
        int asides = noise ? prompt.size() / ASIDE : 0;
        int kind = Gate.kind(example.answer());
        return new Row(prompt, answer, kind, asides, kind == Gate.EXTRACT ? 1 : LABEL_WEIGHT);
    }

    private List<Batch> grouped(List<Row> rows) {
        var sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(Row::length));
        var out = new ArrayList<Batch>();
        var now = new ArrayList<Row>();
        for (Row row : sorted) {
            if (!now.isEmpty() && (now.size() + 1) * row.length() > budget) {
                out.add(batch(now));
                now.clear();
            }
            now.add(row);
        }
        if (!now.isEmpty()) {
            out.add(batch(now));
        }
        return out;
    }

    private Batch batch(List<Row> rows) {
        int length = rows.getLast().length();
        int answers = rows.stream().mapToInt(row -> row.answer.size() + row.asides).sum();
        long[] tokens = new long[rows.size() * length];
        long[] places = new long[answers];
        long[] targets = new long[answers];
        float[] weights = new float[answers];
        float[] shares = new float[rows.size() * length];
        long[] kinds = new long[rows.size()];
        int n = 0;
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            int at = r * length;
            kinds[r] = row.kind;
            Arrays.fill(shares, at, at + row.prompt.size(), 1f / row.prompt.size());
            for (int token : row.prompt) {
                tokens[at++] = token;
            }
            for (int i = 0; i < row.asides; i++) { // some words of the prompt are learned too
                int place = random.nextInt(row.prompt.size() - 1);
                places[n] = (long) r * length + place;
                weights[n] = ASIDE_WEIGHT;
                targets[n++] = row.prompt.get(place + 1);
            }
            for (int token : row.answer) {
                places[n] = at - 1L;
                weights[n] = row.weight;
                targets[n++] = token;
                if (at < (r + 1) * length) {
                    tokens[at++] = token;
                }
            }
        }
        return new Batch(rows.size(), length, tokens, places, targets, weights, shares, kinds);
    }
}
