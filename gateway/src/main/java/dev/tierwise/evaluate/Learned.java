package dev.tierwise.evaluate;

import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Heads;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.SizeClass;
import dev.tierwise.verify.compare.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What foretells how well each tier answers: fitted on rows of the user's own, or as it was
/// shipped.
final class Learned {
    private final Prior prior;
    private final List<SizeClass> classes;
    private final @Nullable Heads heads;
    private final @Nullable OwnJudge own;
    private final @Nullable AnswerHead judge;

    private Learned(
            Prior prior,
            List<SizeClass> classes,
            @Nullable Heads heads,
            @Nullable OwnJudge own,
            @Nullable AnswerHead judge) {
        this.prior = prior;
        this.classes = classes;
        this.heads = heads;
        this.own = own;
        this.judge = judge;
    }

    /// As it was shipped.
    ///
    /// @param judge of answers; null to leave them out of account
    static Learned shipped(Prior prior, @Nullable AnswerHead judge, Setting setting) {
        return new Learned(prior, classes(setting), null, null, judge);
    }

    /// Fitted on rows.
    static Learned on(Prior prior, Rows rows, Setting setting) {
        Heads heads = Heads.fit(prior, rows.sights(), rows.scores());
        OwnJudge own = rows.evidence().isEmpty() ? null : OwnJudge.fit(prior, rows);
        return new Learned(prior, classes(setting), heads, own, null);
    }

    private static List<SizeClass> classes(Setting setting) {
        return setting.tiers().stream().map(SizeClass::of).toList();
    }

    /// What is foretold for each row and tier, from prompt and answer where it is known.
    ///
    /// @param answers whether answers count
    double[][] forecast(Rows rows, boolean answers) {
        double[][] all = new double[rows.size()][];
        IntStream.range(0, all.length)
                .parallel()
                .forEach(row -> all[row] = forecast(rows, row, answers));
        return all;
    }

    private double[] forecast(Rows rows, int row, boolean answers) {
        boolean judged = answers && !rows.evidence().isEmpty();
        double[] traits = prior.traits(rows.sights().get(row));
        if (own != null && judged) {
            return own.of(rows, row, traits);
        }
        double[] before =
                heads == null
                        ? classes.stream().mapToDouble(it -> prior.raw(it, traits)).toArray()
                        : heads.of(rows.sights().get(row));
        if (judge == null || !judged) {
            return before;
        }
        double[] evidence = rows.evidence().get(row);
        if (!Evidence.tells(evidence)) {
            return before;
        }
        double[] ends = {before[0], before[before.length - 1]};
        double[] columns = AnswerHead.row(Evidence.common(evidence), ends, prior.shape(traits));
        double[] after = judge.of(columns);
        after[0] = Evidence.reckoned(after[0], evidence);
        return between(after, before);
    }

    /// The shipped judge knows a small and a strong model; who stands between lies as far between
    /// them as before.
    private static double[] between(double[] ends, double[] before) {
        double[] all = new double[before.length];
        double gap = before[before.length - 1] - before[0];
        for (int tier = 0; tier < all.length; tier++) {
            double way =
                    Math.abs(gap) < .02
                            ? tier / (all.length - 1.0)
                            : Math.clamp((before[tier] - before[0]) / gap, 0, 1);
            all[tier] = ends[0] + way * (ends[1] - ends[0]);
        }
        return all;
    }

    /// How much each row needs the last tier instead of the first.
    static double[] need(double[][] forecast) {
        return Arrays.stream(forecast).mapToDouble(all -> all[all.length - 1] - all[0]).toArray();
    }
}
