package dev.tierwise.call.pool;

import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What becomes of a request that sites of a model did not answer.
final class Unanswered {
    private Unanswered() {}

    /// Whether a failure speaks of the site and not of the request, so that another site may do
    /// better. An answer that took too long once it had begun would take as long elsewhere.
    static boolean elsewhere(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded _, Failure.Broken _, Failure.Unready _, Failure.Uncleared _ ->
                    true;
            case Failure.Timeout(_, Failure.Phase phase) ->
                    switch (phase) {
                        case QUEUE, CONNECT, FIRST_BYTE -> true;
                        case IDLE, TOTAL -> false;
                    };
            case Failure.Malformed _,
                    Failure.Forbidden _,
                    Failure.NotFound _,
                    Failure.TooLarge _,
                    Failure.Vetoed _,
                    Failure.Rejected _,
                    Failure.Abandoned _ ->
                    false;
        };
    }

    /// What the client is told when all sites failed: of the kind that says most of what to do,
    /// with the words of each.
    static Failure together(ModelCard card, List<Failure> failures) {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        String words =
                "None of the upstreams of model `"
                        + card.name()
                        + "` answers. "
                        + failures.stream()
                                .map(Failure::message)
                                .distinct()
                                .collect(Collectors.joining(" "));
        Failure telling = failures.getFirst();
        for (Failure failure : failures) {
            telling = weight(failure) > weight(telling) ? failure : telling;
        }
        return with(telling, words, failures);
    }

    /// One that is busy will answer later, one that is down may, one that may not see it will not.
    private static int weight(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded _ -> 3;
            case Failure.Timeout(_, Failure.Phase phase) -> phase == Failure.Phase.QUEUE ? 3 : 2;
            case Failure.Broken _ -> 2;
            case Failure.Unready _ -> 1;
            case Failure.Uncleared _,
                    Failure.Malformed _,
                    Failure.Forbidden _,
                    Failure.NotFound _,
                    Failure.TooLarge _,
                    Failure.Vetoed _,
                    Failure.Rejected _,
                    Failure.Abandoned _ ->
                    0;
        };
    }

    private static Failure with(Failure telling, String words, List<Failure> failures) {
        return switch (telling) {
            case Failure.Overloaded _ -> new Failure.Overloaded(words, soonest(failures));
            case Failure.Timeout(_, Failure.Phase phase) -> new Failure.Timeout(words, phase);
            case Failure.Broken(_, Failure.Fault fault) -> new Failure.Broken(words, fault);
            case Failure.Unready _ -> new Failure.Unready(words);
            case Failure.Uncleared(_, String rule) -> new Failure.Uncleared(words, rule);
            case Failure.Malformed _,
                    Failure.Forbidden _,
                    Failure.NotFound _,
                    Failure.TooLarge _,
                    Failure.Vetoed _,
                    Failure.Rejected _,
                    Failure.Abandoned _ ->
                    telling;
        };
    }

    private static @Nullable Duration soonest(List<Failure> failures) {
        return failures.stream()
                .filter(Failure.Overloaded.class::isInstance)
                .map(failure -> ((Failure.Overloaded) failure).retryAfter())
                .filter(Objects::nonNull)
                .min(Duration::compareTo)
                .orElse(null);
    }
}
