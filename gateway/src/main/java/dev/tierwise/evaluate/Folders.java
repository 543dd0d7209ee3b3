package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Source.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads each folder once and finds the models in it.
final class Folders {
    private final Trial trial;
    private final Map<Path, Dataset> read = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    Folders(Trial trial) {
        this.trial = trial;
    }

    /// Why an evaluation cannot be.
    static final class Fault extends IOException {
        private static final long serialVersionUID = 1;
        private final String problem;
        private final boolean missing;

        Fault(String problem, boolean missing) {
            super(problem);
            this.problem = problem;
            this.missing = missing;
        }

        /// What is wrong, where, and how to mend it.
        String problem() {
            return problem;
        }

        /// Whether something that was named is not there.
        boolean missing() {
            return missing;
        }
    }

    /// What a user should know of the folders.
    List<String> notes() {
        return List.copyOf(notes);
    }

    /// A folder to measure on: it has all models.
    Source test(Path path) throws Fault {
        Dataset data = dataset(path);
        Trial.Models models = trial.models();
        Setting setting =
                new Setting(
                        must(path, data, models.small()),
                        models.mid() == null ? null : must(path, data, models.mid()),
                        must(path, data, models.frontier()),
                        second(path, data),
                        prices());
        var different = new TreeSet<>(setting.tiers());
        if (different.size() < setting.tiers().size()) {
            throw new Fault(
                    "the tiers need different models, but two of them are "
                            + different.first()
                            + "; name them apart",
                    false);
        }
        Source source = Source.of(path, data, setting);
        if (source.known() == null) {
            throw new Fault(
                    path
                            + " has no prompt that all of "
                            + String.join(", ", setting.tiers())
                            + " have a score for; choose others",
                    true);
        }
        return source;
    }

    /// A folder to learn from: what it says of other models is of use too.
    ///
    /// @param all whether the outputs of all models are
    Source train(Path path, boolean all) throws Fault {
        Dataset data = all ? dataset(path, _ -> true) : dataset(path);
        Trial.Models models = trial.models();
        var names = new ArrayList<String>();
        for (String model : models.tiers()) {
            if (Names.find(model, data.scores().keySet()) instanceof Names.Found.One(String name)) {
                names.add(name);
            }
        }
        Setting setting = null;
        if (names.size() == models.tiers().size()) {
            setting =
                    new Setting(
                            names.getFirst(),
                            models.mid() == null ? null : names.get(1),
                            names.getLast(),
                            second(path, data),
                            prices());
        }
        Source source = Source.of(path, data, setting);
        if (source.known() == null) {
            notes.add(
                    data.name()
                            + " has no results of these models: only the prior is made from it, if"
                            + " one has to be made");
        }
        return source;
    }

    private List<Double> prices() {
        return List.of(trial.prices().small(), trial.prices().mid(), 1.0);
    }

    private Dataset dataset(Path path) throws Fault {
        Path real = real(path);
        Dataset known = read.get(real);
        if (known != null) {
            return known;
        }
        Dataset data = dataset(path, this::answers);
        read.put(real, data);
        return data;
    }

    private static Dataset dataset(Path path, Predicate<String> wanted) throws Fault {
        return switch (DatasetFolder.read(path, wanted)) {
            case DatasetFolder.Made.Good(Dataset data) -> data;
            case DatasetFolder.Made.Bad(String problem) ->
                    throw new Fault(problem, !Files.isDirectory(path));
        };
    }

    /// The folder itself, however it was named.
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath().normalize();
        }
    }

    private boolean answers(String model) {
        String second = trial.models().second();
        return Names.mayBe(trial.models().small(), model)
                || (second != null && Names.mayBe(second, model));
    }

    private static String must(Path path, Dataset data, String wanted) throws Fault {
        return switch (Names.find(wanted, data.scores().keySet())) {
            case Names.Found.One(String name) -> name;
            case Names.Found.None(List<String> near) ->
                    throw new Fault(
                            path
                                    + " has no scores of "
                                    + wanted
                                    + "; nearest: "
                                    + String.join(", ", near),
                            true);
            case Names.Found.Several(List<String> names) ->
                    throw new Fault(
                            wanted
                                    + " may be any of these models of "
                                    + path
                                    + ": "
                                    + String.join(", ", names),
                            false);
        };
    }

    /// The second small model, where its answers are known.
    private @Nullable String second(Path path, Dataset data) throws Fault {
        String wanted = trial.models().second();
        if (wanted == null) {
            return null;
        }
        var answering = new TreeSet<>(data.answers().keySet());
        answering.addAll(data.outputs().keySet());
        return switch (Names.find(wanted, answering)) {
            case Names.Found.One(String name) -> name;
            case Names.Found.Several(List<String> names) ->
                    throw new Fault(
                            wanted
                                    + " may be any of these models of "
                                    + path
                                    + ": "
                                    + String.join(", ", names),
                            false);
            case Names.Found.None(List<String> near) -> {
                notes.add(
                        data.name()
                                + " has no answers of "
                                + wanted
                                + (near.isEmpty() ? "" : "; it has those of " + several(near))
                                + ". There is no agreement to be seen in it");
                yield null;
            }
        };
    }

    private static String several(List<String> names) {
        return names.stream().limit(5).collect(Collectors.joining(", "));
    }

    /// Why the cascade is not there; empty where it is.
    static String unanswered(Known known, boolean judged) {
        if (!known.answered()) {
            return "no answers of "
                    + known.setting().small()
                    + " are known in "
                    + known.data().name()
                    + ": outputs.jsonl has none of it, nor has scores.csv a column pred";
        }
        return judged
                ? ""
                : "too few of the rows that may be learned from have such answers, and the shipped"
                        + " judge of answers was made from rows that are measured on";
    }

    @Override
    public String toString() {
        return Arrays.toString(read.keySet().toArray());
    }
}
