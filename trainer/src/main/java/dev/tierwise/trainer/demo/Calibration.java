package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Gate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Sets a gate's thresholds on prompts that people have written: as many right answers are let out
/// as can be while one wrong answer in twenty is, over all tasks together.
final class Calibration {
    private static final double LET = 0.05;
    private static final double MARGIN = 1e-6;

    private record Scored(double score, boolean right) {}

    private Calibration() {}

    /// The gate with other thresholds.
    static Gate of(Gate gate, List<Example> examples, List<Gate.Evidence> answers) {
        var tasks = new ArrayList<List<Scored>>();
        for (int task = 0; task < Gate.TASKS; task++) {
            tasks.add(new ArrayList<>());
        }
        int wrong = 0;
        for (int i = 0; i < examples.size(); i++) {
            int kind = Gate.kind(answers.get(i).answer());
            boolean right = answers.get(i).answer().equals(examples.get(i).answer());
            if (kind >= 0 && kind != Gate.OTHER) {
                double score = gate.score(answers.get(i));
                tasks.get(Gate.task(kind)).add(new Scored(score, right));
                wrong += right ? 0 : 1;
            }
        }
        tasks.forEach(task -> task.sort(Comparator.comparingDouble(Scored::score).reversed()));
        return gate.at(best(tasks, (int) (LET * wrong)));
    }

    /// Thresholds that let at most so many wrong answers out: each way to share these among the
    /// tasks is tried.
    private static List<Double> best(List<List<Scored>> tasks, int budget) {
        List<Double> best = List.of();
        int most = -1;
        for (int labels = 0; labels <= budget; labels++) {
            for (int feelings = 0; labels + feelings <= budget; feelings++) {
                int fields = budget - labels - feelings;
                List<Double> thresholds =
                        List.of(
                                threshold(tasks.get(0), labels),
                                threshold(tasks.get(1), feelings),
                                threshold(tasks.get(2), fields));
                int let = 0;
                for (int task = 0; task < Gate.TASKS; task++) {
                    double threshold = thresholds.get(task);
                    let +=
                            (int)
                                    tasks.get(task).stream()
                                            .filter(s -> s.right && s.score >= threshold)
                                            .count();
                }
                if (let > most) {
                    most = let;
                    best = thresholds;
                }
            }
        }
        return best;
    }

    /// Just above the first wrong answer that may not be let out, halfway to the next right one.
    private static double threshold(List<Scored> falling, int budget) {
        int wrong = 0;
        double above = 1;
        for (Scored scored : falling) {
            if (!scored.right && ++wrong > budget) {
                return (scored.score + above) / 2 + MARGIN;
            }
            above = scored.score;
        }
        return 0.5;
    }
}
