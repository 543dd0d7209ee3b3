package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Source.Known;
import dev.tierwise.evaluate.Training.Fitted;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import dev.tierwise.verify.compare.Evidence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Replays real models' results through the router and the cascade. Nothing that is measured on was
/// learned from: rows of the folders to measure on are known by their words and left out, and a
/// folder that is both is cross-validated.
public final class Evaluation {
    private static final int FOLDS = 5;
    private static final int MOST_TASKS = 20;

    private final Trial trial;
    private final Consumer<String> progress;
    private final Folders folders;
    private final List<String> notes = new ArrayList<>();

    private Evaluation(Trial trial, Consumer<String> progress) {
        this.trial = trial;
        this.progress = progress;
        this.folders = new Folders(trial);
    }

    /// What came of it.
    public sealed interface Outcome {
        /// Figures.
        ///
        /// @param report all of them
        record Good(Report report) implements Outcome {}

        /// Why there are none.
        ///
        /// @param problem what is wrong, where, and how to mend it
        /// @param missing whether something that was named is not there
        record Bad(String problem, boolean missing) implements Outcome {}
    }

    /// Runs it. Takes seconds to a minute, on all cores.
    ///
    /// @param progress is told what is being done
    public static Outcome run(Trial trial, Consumer<String> progress) {
        try {
            return new Outcome.Good(new Evaluation(trial, progress).report());
        } catch (Folders.Fault fault) {
            return new Outcome.Bad(fault.problem(), fault.missing());
        }
    }

    private Report report() throws Folders.Fault {
        progress.accept("reading");
        var tests = new ArrayList<Source>();
        for (Path path : trial.folders().test()) {
            tests.add(folders.test(path));
        }
        Shipped shipped = shipped(tests);
        var train = new ArrayList<Source>();
        for (Path path : trial.folders().train()) {
            train.add(folders.train(path, shipped.judge() == null));
        }
        notes.addAll(folders.notes());
        var training = new Training(train, shipped, trial.sampling().seed());
        var replays = new ArrayList<Replay>();
        Setting first = null;
        for (Source test : tests) {
            if (test.known() != null) {
                replays.add(replay(test, test.known(), training));
                first = first == null ? test.known().setting() : first;
            }
        }
        if (first == null) {
            throw new Folders.Fault("no folder to measure on; give --test", false);
        }
        progress.accept("measuring");
        List<Part> parts = replays.stream().map(replay -> Figures.of(replay, trial)).toList();
        Part all =
                parts.size() == 1
                        ? parts.getFirst()
                        : Figures.whole(Replay.joined("all together", replays), trial);
        return new Report(trial, first, how(tests, shipped), notes, parts, all);
    }

    /// What of the shipped weights may be used: not what was made from the rows themselves, where
    /// others can be made.
    private Shipped shipped(List<Source> tests) {
        Seen seen = Seen.shipped();
        int rows = tests.stream().mapToInt(test -> test.wordings().size()).sum();
        int known = tests.stream().mapToInt(test -> seen.count(test.wordings())).sum();
        if (tests.stream().noneMatch(test -> seen.tells(test.wordings()))) {
            return new Shipped(Prior.shipped(), AnswerHead.shipped());
        }
        String said =
                known
                        + " of the "
                        + rows
                        + " prompts are among those that the shipped weights"
                        + " were made from";
        if (trial.folders().train().isEmpty()) {
            notes.add(said + ": these figures are too good. Give other prompts, or --train");
            return new Shipped(Prior.shipped(), AnswerHead.shipped());
        }
        notes.add(said + ": others were made from the folders to learn from, without them");
        return new Shipped(null, null);
    }

    private String how(List<Source> tests, Shipped shipped) {
        if (trial.folders().train().isEmpty()) {
            return "shipped weights, nothing learned";
        }
        boolean crossed = tests.stream().anyMatch(this::learnedFrom);
        String way =
                trial.folders().leaveTaskOut()
                        ? "each task measured with what was learned from others"
                        : crossed
                                ? FOLDS + "-fold cross-validation by prompt"
                                : "measured on other folders than learned from";
        return way + (shipped.prior() == null ? "" : ", beginning with the shipped weights");
    }

    private boolean learnedFrom(Source test) {
        Path path = Folders.real(test.path());
        return trial.folders().train().stream().anyMatch(it -> Folders.real(it).equals(path));
    }

    private Replay replay(Source test, Known known, Training training) {
        List<Fold> folds = folds(test, known);
        var collected = new Collected(known);
        for (int i = 0; i < folds.size(); i++) {
            progress.accept(
                    known.data().name()
                            + ": learning"
                            + (folds.size() == 1 ? "" : " " + (i + 1) + " of " + folds.size()));
            Fold fold = folds.get(i);
            List<Wording> words = IntStream.of(fold.rows).mapToObj(known.wordings()::get).toList();
            Fitted fitted =
                    training.fit(
                            Training.LeftOut.of(words, fold.tasks),
                            known,
                            IntStream.of(fold.rows).mapToObj(known::task).toList());
            collected.add(fold.rows, fitted);
        }
        return collected.replay();
    }

    /// Rows that are measured with what was learned from others.
    ///
    /// @param rows places of them
    /// @param tasks that are held out as a whole
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Fold(int[] rows, Set<String> tasks) {}

    /// Each task is one, or a group of tasks where they are many.
    private static List<Fold> tasks(Known known) {
        List<String> tasks =
                known.data().prompts().stream()
                        .map(Dataset.Item::task)
                        .distinct()
                        .sorted()
                        .toList();
        int groups = Math.min(MOST_TASKS, tasks.size());
        return IntStream.range(0, groups)
                .mapToObj(group -> {
                    Set<String> held =
                            IntStream.range(0, tasks.size())
                                    .filter(task -> task % groups == group)
                                    .mapToObj(tasks::get)
                                    .collect(Collectors.toSet());
                    int[] rows =
                            IntStream.range(0, known.size())
                                    .filter(row -> held.contains(known.task(row)))
                                    .toArray();
                    return new Fold(rows, held);
                })
                .toList();
    }

    private List<Fold> folds(Source test, Known known) {
        int[] all = IntStream.range(0, known.size()).toArray();
        if (trial.folders().leaveTaskOut()) {
            return tasks(known);
        }
        if (!learnedFrom(test)) {
            return List.of(new Fold(all, Set.of()));
        }
        long seed = trial.sampling().seed();
        return IntStream.range(0, FOLDS)
                .mapToObj(fold ->
                        new Fold(
                                IntStream.of(all)
                                        .filter(row ->
                                                known.wordings().get(row).lot(seed, FOLDS) == fold)
                                        .toArray(),
                                Set.of()))
                .filter(fold -> fold.rows.length > 0)
                .toList();
    }

    /// What is foretold, row by row, as it comes in.
    private static final class Collected {
        private final Known known;
        private final double[][] prompt;
        private final double[][] cascade;
        private final double[] nearest;
        private final List<Replay.Learning> learnings = new ArrayList<>();
        private Training.Trust trust = Training.Trust.SHIPPED;
        private boolean judged = true;
        private boolean near = true;

        Collected(Known known) {
            this.known = known;
            prompt = new double[known.size()][];
            cascade = new double[known.size()][];
            nearest = new double[known.size()];
        }

        void add(int[] places, Fitted fitted) {
            Rows rows = known.rows().only(places);
            trust = fitted.trust();
            put(fitted.forecast(rows, false), prompt, places);
            judged &= !fitted.answer().isEmpty();
            if (judged) {
                put(fitted.forecast(rows, true), cascade, places);
            }
            near &= fitted.nearest() != null;
            if (fitted.nearest() != null) {
                double[] need = fitted.nearest().need(rows.sights());
                for (int i = 0; i < places.length; i++) {
                    nearest[places[i]] = need[i];
                }
            }
            int seen =
                    (int)
                            IntStream.of(places)
                                    .filter(row -> fitted.tasks().contains(known.task(row)))
                                    .count();
            learnings.add(
                    new Replay.Learning(
                            trust, fitted.rows(), fitted.answered(), fitted.leftOut(), seen));
        }

        private static void put(double[][] from, double[][] to, int[] places) {
            for (int i = 0; i < places.length; i++) {
                to[places[i]] = from[i];
            }
        }

        Replay replay() {
            Dataset data = known.data();
            return new Replay(
                    data.name(),
                    data.prompts().stream().map(Dataset.Item::task).toList(),
                    known.rows().scores(),
                    prompt,
                    judged ? cascade : null,
                    data.prompts().stream().mapToDouble(item -> item.text().length()).toArray(),
                    near ? nearest : null,
                    known.seconded() ? apart() : null,
                    Folders.unanswered(known, judged),
                    new Replay.Learning(
                            trust,
                            mean(Replay.Learning::rows),
                            mean(Replay.Learning::answered),
                            mean(Replay.Learning::leftOut),
                            learnings.stream().mapToInt(Replay.Learning::known).sum()));
        }

        private double[] apart() {
            return known.rows().evidence().stream()
                    .mapToDouble(columns -> 1 - columns[Evidence.AGREED])
                    .toArray();
        }

        private int mean(java.util.function.ToIntFunction<Replay.Learning> count) {
            return (int) Math.round(learnings.stream().mapToInt(count).average().orElse(0));
        }
    }
}
