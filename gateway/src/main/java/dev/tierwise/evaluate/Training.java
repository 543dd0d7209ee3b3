package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Source.Known;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.PriorTraining;
import dev.tierwise.predict.Sight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        boolean same = judged != null && rows != null && judged.size() == rows.size();
        Learned prompt =
                rows == null
                        ? Learned.shipped(prior, null, test.setting())
                        : Learned.on(prior, same ? rows : bare(rows), test.setting());
        return new Fitted(
                prompt,
                same ? prompt : answer(prior, judged, leftOut, test),
                rows == null ? null : nearest(rows),
                tasks,
                rows == null ? 0 : rows.size(),
                judged == null ? 0 : judged.size(),
                left);
    }

    private @Nullable Learned answer(
            Prior prior, @Nullable Rows judged, LeftOut leftOut, Known test) {
        if (!test.answered()) {
            return null;
        }
        if (judged != null) {
            return Learned.on(prior, judged, test.setting());
        }
        AnswerHead judge = shipped.judge() == null ? judge(leftOut) : shipped.judge();
        return judge == null ? null : Learned.shipped(prior, judge, test.setting());
    }

    /// A judge of answers like the shipped one, out of the folders to learn from; null where they
    /// have too few answers.
    private @Nullable AnswerHead judge(LeftOut leftOut) {
        List<Dataset> sets =
                sources.stream()
                        .map(source -> source.data().only(places(source, leftOut)))
                        .filter(data -> !data.prompts().isEmpty())
                        .toList();
        AnswerHead judge = sets.isEmpty() ? null : JudgeTraining.train(sets);
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

    /// The shipped prior, or one out of all folders to learn from.
    private Prior prior(LeftOut leftOut) {
        Prior own = shipped.prior();
        if (own != null) {
            return own;
        }
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
