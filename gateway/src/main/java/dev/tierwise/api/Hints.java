package dev.tierwise.api;

import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Tier;
import dev.tierwise.route.Ask;
import dev.tierwise.wire.Read;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a request's headers wish. A hint can narrow what the key allows and never widen it; a
/// hint that cannot be read is refused, because guessing might send data where it may not go.
final class Hints {
    private static final Map<String, Double> QUALITIES =
            Map.of("low", 0.5, "medium", 0.8, "high", 0.95);

    private static final int MAX_TASK = 64;

    private Hints() {}

    static Read<Caller> read(Function<String, @Nullable String> header, @Nullable Key key) {
        Key.Bounds bounds = key == null ? Key.Bounds.NONE : key.bounds();
        String name = key == null ? "anonymous" : key.name();
        Tier maxTier = bounds.maxTier();
        String wantedTier = header.apply("x-tierwise-max-tier");
        if (wantedTier != null) {
            Optional<Tier> tier = Tier.of(wantedTier.strip());
            if (tier.isEmpty()) {
                return bad("x-tierwise-max-tier", "local, mid or frontier");
            }
            maxTier = Tier.min(maxTier, tier.get());
        }
        DataClass dataClass = bounds.dataClass();
        String wantedClass = header.apply("x-tierwise-data-class");
        if (wantedClass != null) {
            Optional<DataClass> found = DataClass.of(wantedClass.strip());
            if (found.isEmpty()) {
                return bad(
                        "x-tierwise-data-class",
                        "public, internal, personal, special, phi or secret");
            }
            dataClass = dataClass.join(found.get());
        }
        Double quality = null;
        String wantedQuality = header.apply("x-tierwise-quality");
        if (wantedQuality != null) {
            quality = quality(wantedQuality.strip());
            if (quality == null) {
                return bad("x-tierwise-quality", "low, medium, high or a number from 0 to 1");
            }
        }
        String deadline = header.apply(Ask.DEADLINE);
        if (deadline != null && !deadline.strip().matches("[1-9][0-9]{0,8}")) {
            return bad(Ask.DEADLINE, "a whole number of milliseconds, such as 2000");
        }
        String task = header.apply("x-tierwise-task");
        if (task != null && (task.isBlank() || task.length() > MAX_TASK)) {
            return bad("x-tierwise-task", "a name of 1 to " + MAX_TASK + " characters");
        }
        return new Read.Good<>(
                new Caller(name, task == null ? bounds.task() : task, maxTier, quality, dataClass));
    }

    private static @Nullable Double quality(String word) {
        Double named = QUALITIES.get(word);
        if (named != null) {
            return named;
        }
        try {
            double value = Double.parseDouble(word);
            return value >= 0 && value <= 1 ? value : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static Read<Caller> bad(String header, String expected) {
        return new Read.Bad<>(
                new Failure.Malformed("Header `" + header + "` must be " + expected + ".", header));
    }
}
