package dev.tierwise.evaluate;

import dev.tierwise.learn.Forest;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Heads;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.SizeClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What foretells how well each tier answers: fitted on rows of the user's own, or as it was
/// shipped.
final class Learned {
    private static final Forest.Growth GROWTH = new Forest.Growth(300, 6, .4, 5);

    private final Prior prior;
    private final List<SizeClass> classes;
    private final @Nullable Heads heads;
    private final @Nullable AnswerHead judge;
    private final boolean own;

    private Learned(
            Prior prior,
            List<SizeClass> classes,
            @Nullable Heads heads,
            @Nullable AnswerHead judge,
            boolean own) {
        this.prior = prior;
        this.classes = classes;
        this.heads = heads;
        this.judge = judge;
        this.own = own;
    }

    /// As it was shipped.
    ///
    /// @param judge of answers; null to leave them out of account
    static Learned shipped(Prior prior, @Nullable AnswerHead judge, Setting setting) {
        return new Learned(prior, classes(setting), null, judge, false);
    }

    /// Fitted on rows.
    static Learned on(Prior prior, Rows rows, Setting setting) {
        Heads heads = Heads.fit(prior, rows.sights(), rows.scores());
        AnswerHead judge = null;
        if (!rows.evidence().isEmpty()) {
            var columns = new ArrayList<double[]>();
            var targets = new ArrayList<double[]>();
            double[][] unseen = heads.unseen();
            for (int i = 0; i < rows.size(); i++) {
                columns.add(
                        AnswerHead.row(
                                rows.evidence().get(i),
                                unseen[i],
                                prior.traits(rows.sights().get(i))));
                int row = i;
                targets.add(rows.scores().stream().mapToDouble(score -> score[row]).toArray());
            }
            judge = AnswerHead.fit(columns, targets, GROWTH);
        }
        return new Learned(prior, classes(setting), heads, judge, true);
    }

    private static List<SizeClass> classes(Setting setting) {
        return setting.tiers().stream().map(SizeClass::of).toList();
    }

    /// What is foretold for each row and tier, from prompt and answer where it is known.
    ///
    /// @param answers whether answers count
    double[][] forecast(Rows rows, boolean answers) {
        double[][] all = new double[rows.size()][];
        java.util.stream.IntStream.range(0, all.length)
                .parallel()
                .forEach(row -> all[row] = forecast(rows, row, answers));
        return all;
    }

    private double[] forecast(Rows rows, int row, boolean answers) {
        double[] traits = prior.traits(rows.sights().get(row));
        double[] before = heads == null ? prior(traits) : heads.of(rows.sights().get(row));
        if (judge == null || !answers || rows.evidence().isEmpty()) {
            return before;
        }
        double[] evidence = rows.evidence().get(row);
        if (own) {
            return judge.of(AnswerHead.row(evidence, before, traits));
        }
        double[] ends = {before[0], before[before.length - 1]};
        return between(judge.of(AnswerHead.row(evidence, ends, prior.shape(traits))), before);
    }

    private double[] prior(double[] traits) {
        return classes.stream().mapToDouble(size -> prior.raw(size, traits)).toArray();
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
