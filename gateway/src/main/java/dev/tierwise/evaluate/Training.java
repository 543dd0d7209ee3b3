package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Source.Known;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.PriorTraining;
import dev.tierwise.predict.Sight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Learns from the folders to learn from, without the rows that are measured on.
final class Training {
    /// With fewer rows whose answers are known, the shipped judge of answers is the better one.
    private static final int FEWEST_ANSWERED = 200;

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

    /// What was learned.
    ///
    /// @param prompt foretells from prompts
    /// @param answer foretells from answers too; null where no judge of answers is there
    /// @param nearest the baseline; null without rows of these models
    /// @param tasks of the rows that were learned from
    /// @param rows of these models that were learned from
    /// @param answered of them, those that the judge of answers learned from
    /// @param leftOut rows that were not learned from because they are measured on
    record Fitted(
            Learned prompt,
            @Nullable Learned answer,
            @Nullable Nearest nearest,
            Set<String> tasks,
            int rows,
            int answered,
            int leftOut) {}

    /// What must not be learned from.
    ///
    /// @param words of prompts that are measured on
    /// @param task that is held out; null for none
    record LeftOut(Set<Long> words, @Nullable String task) {
        /// Those of some rows.
        static LeftOut of(List<Wording> rows, @Nullable String task) {
            var words = new HashSet<Long>();
            for (Wording row : rows) {
                words.add(row.whole());
                words.add(row.stem());
            }
            return new LeftOut(words, task);
        }

        boolean has(Wording wording) {
            return words.contains(wording.whole()) || words.contains(wording.stem());
        }
    }

    /// Learns.
    ///
    /// @param leftOut what must not be learned from
    /// @param test what will be measured on: its models and what is known of their answers
    Fitted fit(LeftOut leftOut, Known test) {
        Prior prior = prior(leftOut);
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
                            .filter(row -> !known.task(row).equals(leftOut.task))
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
        Rows judged = answered.isEmpty() ? null : mixed(answered);
        boolean own = judged != null && judged.size() >= FEWEST_ANSWERED;
        Learned prompt =
                rows == null
                        ? Learned.shipped(prior, null, test.setting())
                        : Learned.on(prior, own && same(rows, judged) ? rows : bare(rows), test.setting());
        return new Fitted(
                prompt,
                answer(prior, own ? judged : null, same(rows, judged) ? prompt : null, test),
                rows == null ? null : nearest(rows),
                tasks,
                rows == null ? 0 : rows.size(),
                own && judged != null ? judged.size() : 0,
                left);
    }

    private static boolean same(@Nullable Rows one, @Nullable Rows other) {
        return one != null && other != null && one.size() == other.size();
    }

    private @Nullable Learned answer(
            Prior prior, @Nullable Rows judged, @Nullable Learned same, Known test) {
        if (!test.answered()) {
            return null;
        }
        if (judged != null) {
            return same != null ? same : Learned.on(prior, judged, test.setting());
        }
        return shipped.judge() == null
                ? null
                : Learned.shipped(prior, shipped.judge(), test.setting());
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

    /// The shipped prior, or one out of all folders to learn from.
    private Prior prior(LeftOut leftOut) {
        Prior own = shipped.prior();
        if (own != null) {
            return own;
        }
        Predicate<Wording> out = leftOut::has;
        return PriorTraining.train(
                sources.stream().map(source -> results(source, out, leftOut.task)).toList());
    }

    private PriorTraining.Results results(
            Source source, Predicate<Wording> leftOut, @Nullable String task) {
        int[] places =
                Source.shuffled(
                        IntStream.of(source.without(leftOut))
                                .filter(row -> !source.data().prompts().get(row).task().equals(task))
                                .toArray(),
                        seed);
        List<Sight> sights = IntStream.of(places).mapToObj(source.sights()::get).toList();
        List<String> tasks =
                IntStream.of(places)
                        .mapToObj(row -> source.data().prompts().get(row).task())
                        .toList();
        return new PriorTraining.Results(sights, tasks, source.scores(places));
    }
}
