package dev.tierwise.evaluate;

import static java.util.stream.Collectors.toSet;

import dev.tierwise.evaluate.Source.Known;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.PriorTraining;
import dev.tierwise.predict.Sight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Learns from the folders to learn from, without the rows that are measured on. Heads that were
/// fitted on rows of other tasks foretell worse than the shipped weights, which have seen many:
/// they count alone only where tasks of the measured rows were learned from, and half where many
/// other tasks of the same dataset were.
final class Training {
    /// With fewer rows whose answers are known, the shipped judge of answers is the better one.
    private static final int FEWEST_ANSWERED = 200;

    /// So much of the measured rows must be of known tasks for own heads to count alone.
    private static final double KNOWN = 1.0 / 3;

    /// With fewer tasks of a dataset nothing is known of its others.
    private static final int FEWEST_TASKS = 5;

    private final List<Source> sources;
    private final Shipped shipped;
    private final long seed;

    /// @param sources folders to learn from; none for what is shipped as it is
    /// @param shipped weights
    Training(List<Source> sources, Shipped shipped, long seed) {
        this.sources = List.copyOf(sources);
        this.shipped = shipped;
        this.seed = seed;
    }

    /// Whose word counts.
    enum Trust {
        /// That of heads fitted on rows of these models.
        OWN,
        /// Theirs and that of the shipped weights, in the mean.
        BOTH,
        /// That of the shipped weights.
        SHIPPED
    }

    /// What was learned.
    ///
    /// @param trust whose word counts
    /// @param prompt foretell from prompts, in the mean
    /// @param answer foretell from answers too; none where no judge of answers is there
    /// @param nearest the baseline; null without rows of these models
    /// @param tasks of the rows that were learned from
    /// @param rows of these models that were learned from
    /// @param answered of them, those that the judge of answers learned from
    /// @param leftOut rows that were not learned from because they are measured on
    record Fitted(
            Trust trust,
            List<Learned> prompt,
            List<Learned> answer,
            @Nullable Nearest nearest,
            Set<String> tasks,
            int rows,
            int answered,
            int leftOut) {
        /// What is foretold for rows, from their prompts or also from answers.
        double[][] forecast(Rows rows, boolean answers) {
            List<Learned> all = answers ? answer : prompt;
            double[][] mean = new double[rows.size()][rows.scores().size()];
            for (Learned each : all) {
                double[][] forecast = each.forecast(rows, answers);
                for (int row = 0; row < mean.length; row++) {
                    for (int tier = 0; tier < mean[row].length; tier++) {
                        mean[row][tier] += forecast[row][tier] / all.size();
                    }
                }
            }
            return mean;
        }
    }

    /// What must not be learned from.
    ///
    /// @param words of prompts that are measured on
    /// @param tasks that are held out
    record LeftOut(Set<Long> words, Set<String> tasks) {
        /// Those of some rows.
        static LeftOut of(List<Wording> rows, Set<String> tasks) {
            var words = new HashSet<Long>();
            for (Wording row : rows) {
                words.add(row.whole());
                words.add(row.stem());
            }
            return new LeftOut(words, tasks);
        }

        boolean has(Wording wording) {
            return words.contains(wording.whole()) || words.contains(wording.stem());
        }
    }

    /// Learns.
    ///
    /// @param leftOut what must not be learned from
    /// @param test what will be measured on: its models and what is known of their answers
    /// @param measured tasks of the rows that will be, one a row
    Fitted fit(LeftOut leftOut, Known test, List<String> measured) {
        var parts = new ArrayList<Rows>();
        var answered = new ArrayList<Rows>();
        var tasks = new HashSet<String>();
        int left = 0;
        for (Source source : sources) {
            Known known = source.known();
            if (known == null) {
                continue;
            }
            int[] places =
                    IntStream.range(0, known.size())
                            .filter(row -> !leftOut.has(known.wordings().get(row)))
                            .filter(row -> !leftOut.tasks.contains(known.task(row)))
                            .toArray();
            left += known.size() - places.length;
            IntStream.of(places).forEach(row -> tasks.add(known.task(row)));
            if (places.length > 0) {
                Rows rows = known.rows().only(Source.shuffled(places, seed));
                parts.add(rows);
                if (known.answered() && known.seconded() == test.seconded()) {
                    answered.add(rows);
                }
            }
        }
        Rows rows = parts.isEmpty() ? null : mixed(parts);
        Rows judged = answered.isEmpty() || !test.answered() ? null : mixed(answered);
        if (judged != null && judged.size() < FEWEST_ANSWERED) {
            judged = null;
        }
        Trust trust = rows == null ? Trust.SHIPPED : trust(tasks, measured);
        var prior = new Lazily(leftOut);
        var material = new Material(prior, trust, rows, judged, test.setting());
        Learned whole = material.whole();
        return new Fitted(
                trust,
                material.prompt(whole),
                test.answered()
                        ? material.answer(whole, () -> judge(leftOut, prior.get()))
                        : List.of(),
                rows == null ? null : nearest(rows),
                tasks,
                rows == null ? 0 : rows.size(),
                judged == null || trust == Trust.SHIPPED ? 0 : judged.size(),
                left);
    }

    /// What heads are fitted on.
    ///
    /// @param rows of these models; null for none
    /// @param judged of them, those whose answers are known; null for too few
    private record Material(
            Lazily prior,
            Trust trust,
            @Nullable Rows rows,
            @Nullable Rows judged,
            Setting setting) {
        /// What foretells from both prompts and answers, where all rows have both.
        @Nullable Learned whole() {
            return trust != Trust.SHIPPED
                            && rows != null
                            && judged != null
                            && rows.size() == judged.size()
                    ? Learned.on(prior.get(), judged, setting)
                    : null;
        }

        List<Learned> prompt(@Nullable Learned whole) {
            var all = new ArrayList<Learned>();
            if (whole != null) {
                all.add(whole);
            } else if (rows != null && trust != Trust.SHIPPED) {
                all.add(Learned.on(prior.get(), bare(rows), setting));
            }
            if (trust != Trust.OWN) {
                all.add(Learned.shipped(prior.get(), null, setting));
            }
            return all;
        }

        List<Learned> answer(@Nullable Learned whole, Supplier<@Nullable AnswerHead> shipped) {
            var all = new ArrayList<Learned>();
            if (whole != null) {
                all.add(whole);
            } else if (judged != null && trust != Trust.SHIPPED) {
                all.add(Learned.on(prior.get(), judged, setting));
            }
            AnswerHead judge = all.isEmpty() || trust == Trust.BOTH ? shipped.get() : null;
            if (judge != null) {
                all.add(Learned.shipped(prior.get(), judge, setting));
            }
            return all;
        }
    }

    private static Trust trust(Set<String> tasks, List<String> measured) {
        long known = measured.stream().filter(tasks::contains).count();
        if (known >= KNOWN * measured.size()) {
            return Trust.OWN;
        }
        Set<String> datasets = measured.stream().map(Training::dataset).collect(toSet());
        long same = tasks.stream().filter(task -> datasets.contains(dataset(task))).count();
        return same >= FEWEST_TASKS ? Trust.BOTH : Trust.SHIPPED;
    }

    /// The dataset that a task is a part of, as its name says: what stands before the slash.
    private static String dataset(String task) {
        int slash = task.indexOf('/');
        return slash < 0 ? task : task.substring(0, slash);
    }

    /// The shipped judge of answers, or one like it out of the folders to learn from; null where
    /// they have too few answers.
    private @Nullable AnswerHead judge(LeftOut leftOut, Prior prior) {
        if (shipped.judge() != null) {
            return shipped.judge();
        }
        List<Dataset> sets =
                sources.stream()
                        .map(source -> source.data().only(places(source, leftOut)))
                        .filter(data -> !data.prompts().isEmpty())
                        .toList();
        AnswerHead judge = sets.isEmpty() ? null : JudgeTraining.train(prior, sets);
        return judge == null || judge.columns() == 0 ? null : judge;
    }

    /// What of a folder may be learned from, in an order that tells nothing.
    private int[] places(Source source, LeftOut leftOut) {
        return Source.shuffled(
                IntStream.of(source.without(leftOut::has))
                        .filter(row ->
                                !leftOut.tasks.contains(source.data().prompts().get(row).task()))
                        .toArray(),
                seed);
    }

    private Rows mixed(List<Rows> parts) {
        Rows all = Rows.joined(parts);
        return parts.size() == 1
                ? all
                : all.only(Source.shuffled(IntStream.range(0, all.size()).toArray(), seed));
    }

    /// Without what is known of answers.
    private static Rows bare(Rows rows) {
        return new Rows(rows.sights(), rows.scores(), List.of());
    }

    private static Nearest nearest(Rows rows) {
        double[] small = rows.score(0);
        double[] strong = rows.score(rows.scores().size() - 1);
        double[] gain =
                IntStream.range(0, small.length).mapToDouble(i -> strong[i] - small[i]).toArray();
        return new Nearest(rows.sights(), gain);
    }

    /// The shipped prior, or one out of all folders to learn from; made when it is asked for. Heads
    /// may be fitted over it although it was made from the same rows: of a prompt that it was made
    /// from it says no more than of any other (`predict.Direction`).
    private final class Lazily {
        private final LeftOut leftOut;
        private @Nullable Prior prior;

        Lazily(LeftOut leftOut) {
            this.leftOut = leftOut;
        }

        Prior get() {
            if (prior == null) {
                prior = shipped.prior() == null ? made(leftOut) : shipped.prior();
            }
            return prior;
        }
    }

    private Prior made(LeftOut leftOut) {
        return PriorTraining.train(
                sources.stream().map(source -> results(source, leftOut)).toList());
    }

    private PriorTraining.Results results(Source source, LeftOut leftOut) {
        int[] places = places(source, leftOut);
        List<Sight> sights = IntStream.of(places).mapToObj(source.sights()::get).toList();
        List<String> tasks =
                IntStream.of(places)
                        .mapToObj(row -> source.data().prompts().get(row).task())
                        .toList();
        return new PriorTraining.Results(sights, tasks, source.scores(places));
    }
}
