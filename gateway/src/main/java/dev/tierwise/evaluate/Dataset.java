package dev.tierwise.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prompts, and how well real models answered each of them.
///
/// @param name of the folder
/// @param prompts in the order of the file
/// @param scores for each model one score a prompt, 0 to 1; NaN where it has none
/// @param answers for each model the final answer that the benchmark read out of each of its
///   outputs, where the file says it; empty where it read none, null where nothing is known
/// @param outputs for each model its whole output to each prompt; null where it is not there
public record Dataset(
        String name,
        List<Item> prompts,
        Map<String, double[]> scores,
        Map<String, @Nullable String[]> answers,
        Map<String, @Nullable String[]> outputs) {
    /// One prompt.
    ///
    /// @param id unique in its dataset
    /// @param task the benchmark, or the part of it, that it comes from
    /// @param text what was asked
    public record Item(String id, String task, String text) {
        @Override
        public String toString() {
            return "Item[" + id + "]";
        }
    }

    /// How well a model answered each prompt.
    public double[] score(String model) {
        double[] found = scores.get(model);
        if (found == null) {
            throw new IllegalArgumentException("no scores of " + model);
        }
        return found;
    }

    /// The rows for which all of `models` have a score.
    public Dataset with(List<String> models) {
        int[] rows =
                java.util.stream.IntStream.range(0, prompts.size())
                        .filter(row ->
                                models.stream().allMatch(model -> !Double.isNaN(score(model)[row])))
                        .toArray();
        return rows.length == prompts.size() ? this : only(rows);
    }

    /// Some of its rows.
    public Dataset only(int[] rows) {
        var items = new ArrayList<Item>(rows.length);
        for (int row : rows) {
            items.add(prompts.get(row));
        }
        var some = new HashMap<String, double[]>();
        scores.forEach((model, all) ->
                some.put(model, Arrays.stream(rows).mapToDouble(row -> all[row]).toArray()));
        return new Dataset(name, items, some, texts(answers, rows), texts(outputs, rows));
    }

    private static Map<String, @Nullable String[]> texts(
            Map<String, @Nullable String[]> from, int[] rows) {
        var some = new HashMap<String, @Nullable String[]>();
        from.forEach((model, all) -> {
            @Nullable String[] picked = new String[rows.length];
            for (int i = 0; i < rows.length; i++) {
                picked[i] = all[rows[i]];
            }
            some.put(model, picked);
        });
        return some;
    }

    /// Several datasets one after the other; of models that are in one of them only the others'
    /// rows have no score.
    public static Dataset joined(List<Dataset> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int size = parts.stream().mapToInt(part -> part.prompts.size()).sum();
        var items = new ArrayList<Item>(size);
        var scores = new HashMap<String, double[]>();
        var answers = new HashMap<String, @Nullable String[]>();
        var outputs = new HashMap<String, @Nullable String[]>();
        int from = 0;
        for (Dataset part : parts) {
            int at = from;
            items.addAll(part.prompts);
            part.scores.forEach((model, values) -> {
                double[] all =
                        scores.computeIfAbsent(
                                model,
                                _ -> {
                                    double[] none = new double[size];
                                    Arrays.fill(none, Double.NaN);
                                    return none;
                                });
                System.arraycopy(values, 0, all, at, values.length);
            });
            copy(part.answers, answers, at, size);
            copy(part.outputs, outputs, at, size);
            from += part.prompts.size();
        }
        String name = String.join("+", parts.stream().map(Dataset::name).toList());
        return new Dataset(name, items, scores, answers, outputs);
    }

    private static void copy(
            Map<String, @Nullable String[]> from,
            Map<String, @Nullable String[]> to,
            int at,
            int size) {
        from.forEach((model, values) -> {
            @Nullable String[] all = to.computeIfAbsent(model, _ -> new String[size]);
            System.arraycopy(values, 0, all, at, values.length);
        });
    }
}
