package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Clues;
import dev.tierwise.engine.demo.Gate;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Makes a gate from generated data alone: the second opinion from frames of training, the weights
/// and the threshold from what the model answers to frames that were kept out of training.
final class GateFit {
    private static final int EXAMPLES = 120_000;
    private static final int WORDS = 1 << Gate.BITS;
    private static final double CAUGHT = 0.95;

    private final PrintStream log;

    GateFit(PrintStream log) {
        this.log = log;
    }

    /// The second opinion, with no weights yet. A softmax regression by plain gradient steps.
    Gate opinion(Generator generator, long seed) {
        var random = new Random(seed);
        int kinds = Gate.KINDS.size();
        float[] weights = new float[kinds * WORDS];
        int[] seen = new int[1 << 18];
        for (int n = 0; n < EXAMPLES; n++) {
            Example example = generator.next(false);
            Clues.words(example.user(), 18, hash -> seen[hash]++);
            String text = example.system() + "\n" + Noise.thinned(example.user(), 0.15, random);
            step(weights, text, Gate.kind(example.answer()), 0.5 * (1 - 0.9 * n / EXAMPLES));
        }
        var words = new BitSet(1 << 18);
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] >= 3) {
                words.set(i);
            }
        }
        byte[] packed = new byte[kinds * WORDS];
        float[] scales = new float[kinds];
        for (int k = 0; k < kinds; k++) {
            float most = 1e-9f;
            for (int i = 0; i < WORDS; i++) {
                most = Math.max(most, Math.abs(weights[k * WORDS + i]));
            }
            scales[k] = most / 127;
            for (int i = 0; i < WORDS; i++) {
                packed[k * WORDS + i] = (byte) Math.round(weights[k * WORDS + i] / scales[k]);
            }
        }
        var none = new Gate.Judge(new float[Gate.SIGNS], 0.5);
        return new Gate(packed, scales, words, Collections.nCopies(Gate.TASKS, none));
    }

    private static void step(float[] weights, String text, int kind, double rate) {
        int kinds = Gate.KINDS.size();
        double[] sums = new double[kinds];
        var hashes = new ArrayList<Integer>();
        Clues.each(text, Gate.BITS, hashes::add);
        for (int hash : hashes) {
            for (int k = 0; k < kinds; k++) {
                sums[k] += weights[k * WORDS + hash];
            }
        }
        double divisor = Math.sqrt(Math.max(1, hashes.size()));
        double[] chances = Gate.softmax(sums, divisor);
        for (int hash : hashes) {
            for (int k = 0; k < kinds; k++) {
                double error = (k == kind ? 1 : 0) - chances[k];
                weights[k * WORDS + hash] += (float) (rate * error / divisor);
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // made once, compared never
    private record Case(float[] signs, boolean right) {}

    /// Learns the weights and the threshold.
    ///
    /// @param examples from frames kept out of training
    /// @param answers what the model says to them
    Gate fit(Gate opinion, List<Example> examples, List<Gate.Evidence> answers) {
        List<List<Case>> tasks = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < examples.size(); i++) {
            int kind = Gate.kind(answers.get(i).answer());
            if (kind >= 0 && kind != Gate.OTHER) {
                boolean right = answers.get(i).answer().equals(examples.get(i).answer());
                float[] signs = opinion.signs(answers.get(i), kind);
                tasks.get(Gate.task(kind)).add(new Case(signs, right));
            }
        }
        return opinion.with(tasks.stream().map(this::judge).toList());
    }

    /// The threshold is the score below which nearly all of the wrong answers are.
    private Gate.Judge judge(List<Case> cases) {
        float[] weights = regression(cases);
        double[] bad =
                cases.stream()
                        .filter(c -> !c.right)
                        .mapToDouble(c -> score(c, weights))
                        .sorted()
                        .toArray();
        int at = (int) Math.min(bad.length - 1, Math.floor(CAUGHT * bad.length));
        double threshold = bad.length == 0 ? 0.5 : Math.max(0.5, bad[at] + 1e-6);
        log.printf(
                Locale.ROOT,
                "gate: %d cases, %d wrong, threshold %.4f, weights %s%n",
                cases.size(),
                bad.length,
                threshold,
                Arrays.toString(weights));
        return new Gate.Judge(weights, threshold);
    }

    private static double score(Case c, float[] weights) {
        double sum = 0;
        for (int i = 0; i < Gate.SIGNS; i++) {
            sum += weights[i] * c.signs[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /// Logistic regression with a little decay; wrong answers weigh as much as right ones.
    private static float[] regression(List<Case> cases) {
        double[] weights = new double[Gate.SIGNS];
        double rights = cases.stream().filter(Case::right).count();
        double wrongs = Math.max(1, cases.size() - rights);
        for (int round = 0; round < 3000; round++) {
            double[] change = new double[Gate.SIGNS];
            for (Case c : cases) {
                double sum = 0;
                for (int i = 0; i < Gate.SIGNS; i++) {
                    sum += weights[i] * c.signs[i];
                }
                double error = (c.right ? 1 : 0) - 1 / (1 + Math.exp(-sum));
                double share = 0.5 / (c.right ? Math.max(1, rights) : wrongs);
                for (int i = 0; i < Gate.SIGNS; i++) {
                    change[i] += share * error * c.signs[i];
                }
            }
            for (int i = 0; i < Gate.SIGNS; i++) {
                weights[i] += 0.2 * (change[i] - 0.001 * weights[i]);
            }
        }
        float[] out = new float[Gate.SIGNS];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) weights[i];
        }
        return out;
    }

    /// Makes some texts stranger than any frame: words of other texts stand in for theirs.
    static List<Example> stranger(List<Example> examples, long seed) {
        var random = new Random(seed);
        var words = new ArrayList<String>();
        examples.forEach(e -> words.addAll(List.of(e.user().split(" ", -1))));
        words.sort(Comparator.naturalOrder());
        return examples.stream()
                .map(e -> random.nextInt(3) > 0 ? e : strange(e, words, random))
                .toList();
    }

    private static Example strange(Example example, List<String> words, Random random) {
        if (example.task() == Example.Task.EXTRACT) {
            return example;
        }
        double share = random.nextDouble() * 0.2;
        var out = new StringBuilder();
        for (String word : List.of(example.user().split(" ", -1))) {
            double dice = random.nextDouble();
            String put = word;
            if (dice < share * 0.5) {
                put = words.get(random.nextInt(words.size()));
            } else if (dice < share && word.length() > 3) {
                put = Noise.slips(word + "    ", 4, random).strip();
            }
            out.append(out.isEmpty() ? "" : " ").append(put);
        }
        return new Example(
                example.task(), example.system(), out.toString(), example.answer(), true);
    }
}
