package dev.tierwise.evaluate;

import dev.tierwise.learn.Bags;
import dev.tierwise.learn.Forest;
import dev.tierwise.predict.Heads;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What judges answers after it was fitted on rows of the user's own: a [Forest] over the evidence
/// of an answer, what a [Prior] sees in its prompt, and what the words of prompt and answers say.
final class OwnJudge {
    private static final Forest.Growth GROWTH = new Forest.Growth(300, 6, .4, 5);

    private final List<Bags> bags;
    private final Forest forest;

    private OwnJudge(List<Bags> bags, Forest forest) {
        this.bags = bags;
        this.forest = forest;
    }

    static OwnJudge fit(Prior prior, Rows rows) {
        var bags = new ArrayList<Bags>();
        for (List<int[]> words : List.of(prompts(rows), rows.said(), rows.seconded())) {
            bags.add(Bags.fit(words, rows.scores(), Heads.ALPHA, Sight.BUCKETS));
        }
        double[][] columns = new double[rows.size()][];
        double[][] targets = new double[rows.size()][rows.scores().size()];
        List<double[][]> unseen = bags.stream().map(Bags::unseen).toList();
        for (int i = 0; i < columns.length; i++) {
            int row = i;
            columns[i] =
                    row(
                            rows,
                            row,
                            prior.traits(rows.sights().get(i)),
                            unseen.stream().map(each -> each[row]).toList());
            targets[i] = rows.scores().stream().mapToDouble(score -> score[row]).toArray();
        }
        return new OwnJudge(List.copyOf(bags), Forest.grow(columns, targets, GROWTH));
    }

    private static List<int[]> prompts(Rows rows) {
        return rows.sights().stream().map(Sight::words).toList();
    }

    private static double[] row(Rows rows, int row, double[] traits, List<double[]> words) {
        double[] evidence = rows.evidence().get(row);
        int width = words.stream().mapToInt(each -> each.length).sum();
        double[] all = Arrays.copyOf(evidence, evidence.length + traits.length + width);
        System.arraycopy(traits, 0, all, evidence.length, traits.length);
        int at = evidence.length + traits.length;
        for (double[] each : words) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        return all;
    }

    /// The probability for each tier that it answers well.
    double[] of(Rows rows, int row, double[] traits) {
        List<double[]> words =
                List.of(
                        bags.get(0).of(rows.sights().get(row).words()),
                        bags.get(1).of(rows.said().get(row)),
                        bags.get(2).of(rows.seconded().get(row)));
        return forest.of(row(rows, row, traits, words));
    }
}
