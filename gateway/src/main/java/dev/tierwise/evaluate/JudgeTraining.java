package dev.tierwise.evaluate;

import dev.tierwise.core.reply.Reply;
import dev.tierwise.learn.Forest;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Eye;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.PriorTraining;
import dev.tierwise.predict.Sight;
import dev.tierwise.predict.SizeClass;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Evidence;
import dev.tierwise.verify.compare.Said;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes the judge of answers that comes with the product: of many small models' answers to the
/// same prompts, alone and beside a second one's, with and without their words. The same sets give
/// the same judge.
final class JudgeTraining {
    private static final Forest.Growth GROWTH = new Forest.Growth(60, 60, .4, 5);

    /// How many of each kind are drawn for a prompt.
    private static final int DRAWS = 3;

    private final List<double[]> rows = new ArrayList<>();
    private final List<double[]> targets = new ArrayList<>();

    private JudgeTraining() {}

    /// Learns from sets, each of them in an order that tells nothing.
    static AnswerHead train(Prior prior, List<Dataset> sets) {
        var training = new JudgeTraining();
        sets.forEach(set -> training.add(set, prior));
        return AnswerHead.fit(training.rows, training.targets, GROWTH);
    }

    static PriorTraining.Results results(Dataset set) {
        List<Sight> sights =
                set.prompts().parallelStream().map(item -> Eye.see(item.text())).toList();
        List<String> tasks = set.prompts().stream().map(Dataset.Item::task).toList();
        return new PriorTraining.Results(sights, tasks, set.scores());
    }

    private void add(Dataset set, Prior prior) {
        List<String> told = set.answers().keySet().stream().sorted().toList();
        List<String> written = set.outputs().keySet().stream().sorted().toList();
        List<String> small = told.stream().filter(JudgeTraining::isSmall).toList();
        List<String> strong = strong(set);
        if (small.size() < 2 || strong.isEmpty()) {
            return;
        }
        List<List<double[][]>> made =
                IntStream.range(0, set.prompts().size())
                        .parallel()
                        .mapToObj(row -> {
                            var making = new Making(set, row, prior);
                            making.add(written, true, strong);
                            making.add(small, false, strong);
                            return making.made;
                        })
                        .toList();
        made.forEach(some ->
                some.forEach(pair -> {
                    rows.add(pair[0]);
                    targets.add(pair[1]);
                }));
    }

    private static boolean isSmall(String model) {
        return SizeClass.of(model).compareTo(SizeClass.MEDIUM) <= 0;
    }

    /// The models whose mean is foretold for the strong one: the better half of the strongest
    /// class.
    private static List<String> strong(Dataset set) {
        List<String> all =
                set.scores().keySet().stream()
                        .filter(model -> SizeClass.of(model) == SizeClass.FRONTIER)
                        .sorted(
                                java.util.Comparator.<String>comparingDouble(
                                                model -> -mean(set.score(model)))
                                        .thenComparing(java.util.Comparator.naturalOrder()))
                        .toList();
        return all.subList(0, (all.size() + 1) / 2);
    }

    private static double mean(double[] scores) {
        return Arrays.stream(scores).filter(score -> !Double.isNaN(score)).average().orElse(0);
    }

    /// What one prompt teaches.
    private static final class Making {
        final List<double[][]> made = new ArrayList<>();
        private final Dataset set;
        private final int row;
        private final double[] traits;
        private final Prior prior;
        private final Question question;
        private final SplittableRandom random;

        Making(Dataset set, int row, Prior prior) {
            this.set = set;
            this.row = row;
            this.traits = prior.traits(Eye.see(set.prompts().get(row).text()));
            this.prior = prior;
            this.question = Question.of(set.prompts().get(row).text());
            this.random = new SplittableRandom(row);
        }

        /// Draws small models, each alone and beside another.
        void add(List<String> models, boolean words, List<String> strong) {
            for (int draw = 0; draw < DRAWS && models.size() > 1; draw++) {
                int first = random.nextInt(models.size());
                int other = (first + 1 + random.nextInt(models.size() - 1)) % models.size();
                Said one = said(models.get(first), words);
                Said two = said(models.get(other), words);
                double good = set.score(models.get(first))[row];
                double best =
                        strong.stream()
                                .mapToDouble(model -> set.score(model)[row])
                                .filter(score -> !Double.isNaN(score))
                                .average()
                                .orElse(Double.NaN);
                if (one != null && two != null && !Double.isNaN(good) && !Double.isNaN(best)) {
                    String end = strong.get(random.nextInt(strong.size()));
                    double[] ends = {
                        prior.raw(SizeClass.of(models.get(first)), traits),
                        prior.raw(SizeClass.of(end), traits)
                    };
                    put(Evidence.of(question, one, two), ends, good, best);
                    if (draw == 0) {
                        put(Evidence.of(question, one, null), ends, good, best);
                    }
                }
            }
        }

        private void put(double[] evidence, double[] ends, double good, double best) {
            made.add(
                    new double[][] {
                        AnswerHead.row(Evidence.common(evidence), ends, prior.shape(traits)),
                        {good, best}
                    });
        }

        private @Nullable Said said(String model, boolean words) {
            String output = at(set.outputs().get(model));
            String answer = at(set.answers().get(model));
            if (words) {
                return output == null
                        ? null
                        : Said.of(
                                question,
                                new Reply(output, ""),
                                random.nextInt(3) == 0 ? answer : null);
            }
            return answer == null ? null : Said.read(question, answer);
        }

        private @Nullable String at(@Nullable String @Nullable [] texts) {
            return texts == null ? null : texts[row];
        }
    }
}
