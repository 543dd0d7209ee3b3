package dev.tierwise.call;

import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A model with limits around it: a place below the upstream's limit, then breaker, then tries with
/// jittered pauses between them that honour `Retry-After`. Thread-safe.
public final class Steady implements Model {
    private final Model model;
    private final Bulkhead places;
    private final Endurance endurance;
    private final Clock clock;
    private final CircuitBreaker breaker;
    private final IntervalFunction pause =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(200), 2.0, 0.5);

    /// @param model the model to ask
    /// @param places the places of its upstream, shared by all its models
    /// @param endurance how much trouble is borne
    /// @param clock time
    public Steady(Model model, Bulkhead places, Endurance endurance, Clock clock) {
        this.model = model;
        this.places = places;
        this.endurance = endurance;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(model.card().name(), breakerRules());
    }

    private static CircuitBreakerConfig breakerRules() {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(10))
                .permittedNumberOfCallsInHalfOpenState(2)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .recordResult(Steady::countsAgainst)
                .build();
    }

    @Override
    public ModelCard card() {
        return model.card();
    }

    @Override
    public boolean healthy() {
        return breaker.getState() != CircuitBreaker.State.OPEN;
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        if (!places.tryAcquirePermission()) {
            return Thread.currentThread().isInterrupted() ? abandoned() : full();
        }
        boolean handedOn = false;
        try {
            Outcome outcome = askWithTries(clearance, call);
            if (outcome instanceof Outcome.Begun(AnswerStream stream)) {
                handedOn = true;
                return new Outcome.Begun(new Watched(stream));
            }
            return outcome;
        } finally {
            if (!handedOn) {
                places.releasePermission();
            }
        }
    }

    private Outcome askWithTries(Clearance clearance, Call call) {
        for (int number = 1; ; number++) {
            if (!breaker.tryAcquirePermission()) {
                return new Outcome.Failed(open());
            }
            Instant begin = clock.instant();
            long nanos = System.nanoTime();
            Outcome outcome = model.ask(clearance, call);
            long took = System.nanoTime() - nanos;
            breaker.onResult(took, TimeUnit.NANOSECONDS, outcome);
            if (!(outcome instanceof Outcome.Failed(Failure failure))) {
                return outcome;
            }
            call.failedTries().accept(new Try(card(), begin, Duration.ofNanos(took), failure));
            Duration wait = pauseBefore(number, failure);
            if (wait == null || !sleep(wait)) {
                return Thread.currentThread().isInterrupted() ? abandoned() : outcome;
            }
        }
    }

    /// How long to pause before the next try, or null when another try cannot help or may not be.
    private @Nullable Duration pauseBefore(int number, Failure failure) {
        if (number > endurance.retries() || !worthAnotherTry(failure)) {
            return null;
        }
        Duration wait = Duration.ofMillis(pause.apply(number));
        if (failure instanceof Failure.Overloaded(_, Duration asked) && asked != null) {
            wait = asked.compareTo(wait) > 0 ? asked : wait;
        }
        return wait.compareTo(endurance.patience()) > 0 ? null : wait;
    }

    private static boolean sleep(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean worthAnotherTry(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded _ -> true;
            case Failure.Broken(_, Failure.Fault fault) ->
                    switch (fault) {
                        case REFUSED, SERVER_ERROR, CUT, GARBLED -> true;
                        case CREDENTIALS, MODEL_MISSING, BREAKER_OPEN -> false;
                    };
            case Failure.Timeout(_, Failure.Phase phase) -> phase == Failure.Phase.CONNECT;
            case Failure.Malformed _,
                    Failure.Forbidden _,
                    Failure.NotFound _,
                    Failure.TooLarge _,
                    Failure.Vetoed _,
                    Failure.Unready _,
                    Failure.Uncleared _,
                    Failure.Rejected _,
                    Failure.Abandoned _ ->
                    false;
        };
    }

    /// Whether an outcome speaks against the upstream's health. A refused request, a busy upstream
    /// or a client that left does not.
    private static boolean countsAgainst(Object result) {
        return result instanceof Outcome.Failed(Failure failure)
                && (failure instanceof Failure.Timeout || failure instanceof Failure.Broken);
    }

    private static Outcome abandoned() {
        return new Outcome.Failed(new Failure.Abandoned("The client left."));
    }

    private Outcome full() {
        return new Outcome.Failed(
                new Failure.Timeout(
                        "Upstream `"
                                + card().upstream()
                                + "` already has "
                                + endurance.maxConcurrent()
                                + " requests and none ended within "
                                + endurance.queueWait().toSeconds()
                                + " s (`max-concurrent`, `queue-wait`).",
                        Failure.Phase.QUEUE));
    }

    private Failure open() {
        return new Failure.Broken(
                "Upstream `"
                        + card().upstream()
                        + "` failed repeatedly with model `"
                        + card().name()
                        + "`; it is asked again within 10 s.",
                Failure.Fault.BREAKER_OPEN);
    }

    /// Gives the place back when the stream ends, and lets a broken stream count against the
    /// health.
    private final class Watched implements AnswerStream {
        private final AnswerStream stream;

        Watched(AnswerStream stream) {
            this.stream = stream;
        }

        @Override
        public Ending relay(Sink sink) {
            try {
                Ending ending = stream.relay(sink);
                Failure failure = ending.failure();
                if (failure != null && breaker.tryAcquirePermission()) {
                    breaker.onResult(0, TimeUnit.NANOSECONDS, new Outcome.Failed(failure));
                }
                return ending;
            } finally {
                places.releasePermission();
            }
        }

        @Override
        public void drop() {
            try {
                stream.drop();
            } finally {
                places.releasePermission();
            }
        }
    }
}
