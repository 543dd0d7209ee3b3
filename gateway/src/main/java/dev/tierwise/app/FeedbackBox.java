package dev.tierwise.app;

import dev.tierwise.api.Ratings;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import dev.tierwise.experience.Answered;
import dev.tierwise.experience.Example;
import dev.tierwise.experience.Experience;
import dev.tierwise.experience.Source;
import dev.tierwise.ledger.Entry;
import dev.tierwise.ledger.Feedback;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.meter.Meter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where feedback goes in: joined with its request, written into the ledger, learned from.
/// Thread-safe; waits for the disk only where a request is looked up in the ledger.
final class FeedbackBox implements Ratings {
    /// Requests older than this are not rated any more.
    private static final Duration OLDEST = Duration.ofDays(7);

    /// The longest that a request which has just been answered is waited for.
    private static final Duration WRITTEN = Duration.ofSeconds(2);

    private final Shelves shelves;
    private final Meter meter;
    private final Clock clock;
    private final Supplier<List<ModelCard>> models;

    /// Where things are known and written.
    ///
    /// @param experience what is learned
    /// @param ledger what was done
    /// @param file the ledger's file
    record Shelves(Experience experience, Ledger ledger, Path file) {}

    /// @param models the models in force, for their tiers
    FeedbackBox(Shelves shelves, Meter meter, Clock clock, Supplier<List<ModelCard>> models) {
        this.shelves = shelves;
        this.meter = meter;
        this.clock = clock;
        this.models = models;
    }

    @Override
    public Taken rate(Rating rating) {
        Optional<Answered> fresh = shelves.experience.answer(rating.requestId());
        if (fresh.isPresent()) {
            Answered answered = fresh.get();
            return rate(rating, answered.key(), answered.model(), tier(answered.model()), answered);
        }
        return switch (find(rating.requestId())) {
            case Ledger.Found.Unreadable(String message) ->
                    new Taken.Refused(new Failure.Unready(message));
            case Ledger.Found.None _ -> unknown(rating);
            case Ledger.Found.One(Entry.Origin origin) -> rate(rating, origin);
        };
    }

    private Taken rate(Rating rating, Entry.Origin origin) {
        if (origin.at().isBefore(clock.instant().minus(OLDEST))) {
            return unknown(rating);
        }
        String model = origin.model();
        if (model == null) {
            return new Taken.Refused(
                    new Failure.Malformed(
                            "Request `" + rating.requestId() + "` got no answer to rate.",
                            "request_id"));
        }
        return rate(rating, origin.key(), model, origin.tier(), null);
    }

    private Taken rate(
            Rating rating,
            String owner,
            String model,
            @Nullable Tier tier,
            @Nullable Answered answered) {
        if (!rating.admin() && !rating.key().equals(owner)) {
            return new Taken.Refused(
                    new Failure.Forbidden(
                            "Only the key that sent a request may rate its answer, or one with"
                                    + " `admin: true`.",
                            true));
        }
        if (!shelves.ledger.hasRoom()) {
            return new Taken.Refused(
                    new Failure.Unready(
                            "The ledger cannot be written: "
                                    + shelves.ledger.trouble().orElse("its queue is full")
                                    + ". Rate the answer again when it can."));
        }
        Instant now = clock.instant();
        double score = write(rating, now, model, tier);
        meter.rated(tier == null ? "unknown" : tier.word(), score >= .5 ? "up" : "down");
        return learn(rating, now, model, score, answered);
    }

    /// Writes one row for each way in which it was said, the most exact last, which counts.
    ///
    /// @return the score that counts
    private double write(Rating rating, Instant now, String model, @Nullable Tier tier) {
        double score = 0;
        for (Feedback.Kind kind : Feedback.Kind.values()) {
            Double said =
                    switch (kind) {
                        case THUMB -> rating.up() == null ? null : rating.up() ? 1.0 : 0.0;
                        case CORRECTED -> rating.corrected() ? (Double) 0.0 : null;
                        case SCORE -> rating.score();
                    };
            if (said != null) {
                score = said;
                shelves.ledger.feedback(
                        new Feedback(
                                rating.requestId(), now, rating.key(), kind, said, model, tier));
            }
        }
        return score;
    }

    private Taken learn(
            Rating rating, Instant now, String model, double score, @Nullable Answered answered) {
        if (answered == null) {
            return new Taken.Recorded(
                    model,
                    false,
                    "it is in the reports; what had been foretold of this request is no longer"
                            + " known, or nothing was");
        }
        Optional<String> trouble = shelves.experience.trouble();
        if (trouble.isPresent()) {
            return new Taken.Recorded(model, false, trouble.get());
        }
        shelves.experience.record(
                new Example(
                        now,
                        rating.requestId(),
                        answered.task(),
                        model,
                        answered.traits(),
                        answered.foretold(),
                        answered.judged(),
                        score,
                        Source.FEEDBACK,
                        1));
        return new Taken.Recorded(
                model, true, "it counts for predictions of " + model + " from now on");
    }

    /// An answer is sent before its request is written down.
    private Ledger.Found find(String requestId) {
        Ledger.Found found = Ledger.find(shelves.file, requestId);
        if (found instanceof Ledger.Found.None && shelves.ledger.flush(WRITTEN)) {
            return Ledger.find(shelves.file, requestId);
        }
        return found;
    }

    private static Taken unknown(Rating rating) {
        return new Taken.Refused(
                new Failure.NotFound(
                        "There is no request `"
                                + rating.requestId()
                                + "` of the last 7 days. The id of a request stands in the header"
                                + " x-tierwise-request-id of its answer.",
                        "request_not_found"));
    }

    private @Nullable Tier tier(String model) {
        return models.get().stream()
                .filter(card -> card.name().equals(model))
                .map(ModelCard::tier)
                .findFirst()
                .orElse(null);
    }
}
