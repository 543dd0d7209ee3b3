package dev.tierwise.evidence;

import dev.tierwise.evidence.Comparison.Pair;
import dev.tierwise.evidence.Result.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What speaks for open models, and their licences. Immutable.
public final class Evidence {
    private final Map<String, Profile> profiles;
    private final Map<String, List<Result>> results;

    private Evidence(Map<String, Profile> profiles, Map<String, List<Result>> results) {
        this.profiles = profiles;
        this.results = results;
    }

    /// What ships with the product; reads its tables.
    public static Evidence load() {
        return of(Rows.read("profiles.tsv"), Rows.read("evidence.tsv"));
    }

    /// Out of the text of both tables.
    ///
    /// @param profiles licences and abilities
    /// @param results of benchmarks
    /// @throws IllegalArgumentException naming the line when one cannot be read
    static Evidence of(Rows profiles, Rows results) {
        Map<String, Profile> known = new HashMap<>();
        profiles.each(row -> {
            Profile profile = profile(row);
            known.put(profile.model(), profile);
        });
        Map<String, List<Result>> all = new HashMap<>();
        results.each(row -> {
            Result result = result(row);
            all.computeIfAbsent(result.model(), _ -> new ArrayList<>()).add(result);
        });
        return new Evidence(known, all);
    }

    private static Profile profile(Rows.Row row) {
        String use = row.text("use");
        String name = row.text("licence");
        Licence licence =
                name == null || use == null
                        ? null
                        : new Licence(
                                name,
                                Licence.Use.named(use).orElseThrow(() -> row.wrong("use")),
                                row.known("source"));
        String abilities = row.text("abilities");
        return new Profile(
                row.known("id"),
                row.known("maker"),
                licence,
                row.text("released"),
                abilities == null ? List.of() : List.of(abilities.split(" ", -1)),
                row.cell("abilities_source"));
    }

    private static Result result(Rows.Row row) {
        return new Result(
                row.known("model"),
                row.known("work"),
                row.known("benchmark"),
                row.known("protocol"),
                row.known("by"),
                row.number("percent"),
                interval(row),
                row.cell("date"),
                row.known("source"));
    }

    private static @Nullable Interval interval(Rows.Row row) {
        return row.text("n") == null
                ? null
                : new Interval(row.number("low"), row.number("high"), (int) row.number("n"));
    }

    /// The same with profiles that the user has written over those that ship.
    public Evidence with(List<Profile> own) {
        Map<String, Profile> all = new HashMap<>(profiles);
        own.forEach(profile -> all.put(profile.model(), profile));
        return new Evidence(all, results);
    }

    /// What is known of a model beside its shape.
    public Profile profile(String model) {
        return profiles.getOrDefault(model, Profile.unknown(model));
    }

    /// What a model did, in the order of the table; none when nobody told.
    public List<Result> of(String model) {
        return List.copyOf(results.getOrDefault(model, List.of()));
    }

    /// Two models by what may be held against each other; nothing where there is no such result. A
    /// maker's own table does not count for its model against somebody else's.
    public Optional<Comparison> compare(String one, String other) {
        List<Pair> pairs = new ArrayList<>();
        String maker = profile(one).maker();
        String rival = profile(other).maker();
        for (Result mine : of(one)) {
            boolean partial = mine.by().equals(maker) != mine.by().equals(rival);
            for (Result theirs : partial ? List.<Result>of() : of(other)) {
                if (mine.comparable(theirs)) {
                    pairs.add(new Pair(mine, theirs));
                }
            }
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new Comparison(one, other, pairs));
    }
}
