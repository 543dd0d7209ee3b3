package dev.tierwise.evaluate;

import dev.tierwise.predict.Eye;
import dev.tierwise.predict.Sight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A folder of results, read and looked at.
///
/// @param path of the folder
/// @param data all its prompts
/// @param sights of the prompts
/// @param wordings of the prompts
/// @param known what is known of the models in question; null where nothing is
record Source(
        Path path,
        Dataset data,
        List<Sight> sights,
        List<Wording> wordings,
        @Nullable Known known) {
    /// The prompts that all tiers' models answered.
    ///
    /// @param setting the models under their names in this folder
    /// @param data the prompts
    /// @param rows the same as a router sees them
    /// @param wordings the same as they are known again
    record Known(Setting setting, Dataset data, Rows rows, List<Wording> wordings) {
        int size() {
            return rows.size();
        }

        String task(int row) {
            return data.prompts().get(row).task();
        }

        /// Whether answers of the small model are known.
        boolean answered() {
            return !rows.evidence().isEmpty();
        }

        /// Whether answers of a second small model are known too.
        boolean seconded() {
            return answered() && setting.second() != null;
        }
    }

    /// Looks at a dataset.
    ///
    /// @param setting the models under their names in it; null where it lacks some
    static Source of(Path path, Dataset data, @Nullable Setting setting) {
        List<Sight> sights =
                data.prompts().parallelStream().map(item -> Eye.see(item.text())).toList();
        return new Source(
                path, data, sights, wordings(data), setting == null ? null : known(data, setting));
    }

    private static @Nullable Known known(Dataset data, Setting setting) {
        Dataset some = data.with(setting.tiers());
        return some.prompts().isEmpty()
                ? null
                : new Known(setting, some, Rows.of(some, setting), wordings(some));
    }

    private static List<Wording> wordings(Dataset data) {
        return data.prompts().stream().map(item -> Wording.of(item.text())).toList();
    }

    /// The scores of all models on some of the prompts.
    Map<String, double[]> scores(int[] rows) {
        return data.scores().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry ->
                                        IntStream.of(rows)
                                                .mapToDouble(row -> entry.getValue()[row])
                                                .toArray(),
                                (one, _) -> one,
                                HashMap::new));
    }

    /// The places of the prompts that are none of those left out.
    int[] without(java.util.function.Predicate<Wording> leftOut) {
        return IntStream.range(0, wordings.size())
                .filter(row -> !leftOut.test(wordings.get(row)))
                .toArray();
    }

    /// Whether a task of that name is in it.
    boolean has(String task) {
        return data.prompts().stream().anyMatch(item -> item.task().equals(task));
    }

    /// Places in an order that tells nothing.
    static int[] shuffled(int[] places, long seed) {
        int[] order = places.clone();
        var random = new java.util.SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int place = order[i];
            order[i] = order[other];
            order[other] = place;
        }
        return order;
    }

    @Override
    public String toString() {
        return "Source[" + path + ", " + Arrays.asList(data.name(), wordings.size()) + "]";
    }
}
