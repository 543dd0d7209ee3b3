package dev.tierwise.detect.tag;

import dev.tierwise.detect.Plain;
import dev.tierwise.detect.names.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Teaches a tagger: an averaged perceptron (Collins, "Discriminative Training Methods for Hidden
/// Markov Models", EMNLP 2002) with a margin, which tags from left to right and learns from its own
/// tags before. The same samples and seed give the same bytes.
public final class Trainer {
    private static final float MARGIN = 4;
    private static final double CALIBRATION = .85;
    private final int rounds;
    private final long seed;

    /// @param rounds how often it goes through all samples
    /// @param seed of the order of the samples
    public Trainer(int rounds, long seed) {
        this.rounds = rounds;
        this.seed = seed;
    }

    /// Learns from samples. A part of them is first kept back, to see what a margin is worth.
    public Tagger train(List<Sample> samples) {
        var most = samples.stream().filter(sample -> sample.place() < CALIBRATION).toList();
        var rest = samples.stream().filter(sample -> sample.place() >= CALIBRATION).toList();
        float[] scale = {.02f, 0};
        if (!most.isEmpty() && !rest.isEmpty()) {
            Weights first = new Lesson(most).weights(Math.max(2, rounds / 2), seed, scale);
            scale = Calibration.of(first, rest);
        }
        return new Tagger(new Lesson(samples).weights(rounds, seed, scale));
    }

    /// One training: samples as numbers, and what was learned so far.
    private static final class Lesson {
        private final List<Text> texts = new ArrayList<>();
        private final KeyTable table = new KeyTable();
        private float[] weights = {};
        private double[] sums = {};
        private long steps = 1;
        private final int[] past = new int[8];
        private final float[] scores = new float[Tags.COUNT];

        Lesson(List<Sample> samples) {
            for (Sample sample : samples) {
                texts.add(text(sample));
            }
            table.close();
            texts.forEach(text -> text.rows(table));
            weights = new float[table.rows() * Weights.TAGS];
            sums = new double[weights.length];
        }

        private Text text(Sample sample) {
            Tokens tokens = Tokens.of(Plain.same(sample.text()));
            var features = new Features(tokens);
            var text = new Text(features, new byte[tokens.count()], new int[tokens.count()][]);
            mark(sample, tokens, text.gold());
            int[] keys = new int[Features.MOST];
            long label = 0;
            int tags = 0;
            for (int i = 0; i < tokens.count(); i++) {
                label = features.label(i, label);
                int count = features.of(i, label, keys);
                text.keys()[i] = Arrays.copyOf(keys, count);
                table.count(keys, count);
                table.count(past, features.history(i, tags, past));
                tags = (tags << 5 | text.gold()[i]) & 1023;
            }
            return text;
        }

        private static void mark(Sample sample, Tokens tokens, byte[] gold) {
            int i = 0;
            for (Sample.Mark mark : sample.spans()) {
                int tag = Tags.begin(mark.kind());
                while (i < tokens.count() && tokens.end(i) <= mark.start()) {
                    i++;
                }
                while (i < tokens.count() && tokens.start(i) < mark.end()) {
                    gold[i++] = (byte) tag;
                    tag = Tags.begin(mark.kind()) + 1;
                }
            }
        }

        Weights weights(int rounds, long seed, float[] scale) {
            var random = new SplittableRandom(seed);
            int[] order = new int[texts.size()];
            Arrays.setAll(order, i -> i);
            for (int round = 0; round < rounds; round++) {
                for (int i = order.length - 1; i > 0; i--) {
                    int other = random.nextInt(i + 1);
                    int kept = order[i];
                    order[i] = order[other];
                    order[other] = kept;
                }
                for (int at : order) {
                    learn(texts.get(at));
                }
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= (float) (sums[i] / steps);
            }
            return Rounding.of(weights, table, scale);
        }

        private void learn(Text text) {
            int tags = 0;
            for (int i = 0; i < text.gold().length; i++) {
                int[] rows = text.keys()[i];
                int count = text.features().history(i, tags, past);
                for (int k = 0; k < count; k++) {
                    past[k] = table.row(past[k]);
                }
                Arrays.fill(scores, 0);
                add(rows, rows.length);
                add(past, count);
                int gold = text.gold()[i];
                int last = tags & 31;
                int best = 0;
                int rival = -1;
                for (int tag = 0; tag < Tags.COUNT; tag++) {
                    boolean open = Tagger.allowed(last, tag);
                    best = open && scores[tag] > scores[best] ? tag : best;
                    if (tag != gold && (rival < 0 || scores[tag] > scores[rival])) {
                        rival = tag;
                    }
                }
                steps++;
                if (scores[gold] < scores[rival] + MARGIN) {
                    move(rows, rows.length, gold, rival);
                    move(past, count, gold, rival);
                }
                tags = (tags << 5 | best) & 1023;
            }
        }

        private void add(int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                if (rows[k] >= 0) {
                    int at = rows[k] * Weights.TAGS;
                    for (int tag = 0; tag < Tags.COUNT; tag++) {
                        scores[tag] += weights[at + tag];
                    }
                }
            }
        }

        private void move(int[] rows, int count, int up, int down) {
            for (int k = 0; k < count; k++) {
                if (rows[k] >= 0) {
                    int at = rows[k] * Weights.TAGS;
                    weights[at + up]++;
                    sums[at + up] += steps;
                    weights[at + down]--;
                    sums[at + down] -= steps;
                }
            }
        }
    }

    /// A sample as numbers; its keys become rows once all texts were counted.
    @SuppressWarnings("ArrayRecordComponent") // made once, seen by one training only
    private record Text(Features features, byte[] gold, int[][] keys) {
        void rows(KeyTable table) {
            for (int[] some : keys) {
                for (int k = 0; k < some.length; k++) {
                    some[k] = table.row(some[k]);
                }
            }
        }
    }
}
