package dev.tierwise.call;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A model with limits around it: a place below the upstream's limit, then breaker, then tries with
/// jittered pauses between them that honour `Retry-After`. Thread-safe.
public final class Steady implements Model {
    private static final Sink NOBODY =
            new Sink() {
                @Override
                public boolean accept(Body event) {
                    return true;
                }

                @Override
                public void whenDrained(Runnable resume) {}
            };

    /// How long an upstream that failed repeatedly is left alone.
    private static final Duration REST = Duration.ofSeconds(10);

    private final Model model;
    private final Places places;
    private final Endurance endurance;
    private final Clock clock;
    private final CircuitBreaker breaker;
    private final Pace pace = new Pace();
    private volatile Instant retryAt = Instant.MIN;

    /// The places of an upstream: how many requests it may have at once. Whoever comes first gets
    /// the next. Thread-safe.
    public static final class Places {
        private final int number;
        private final Semaphore free;
        private final AtomicInteger waiting = new AtomicInteger();

        /// @param number how many there are
        public Places(int number) {
            this.number = number;
            this.free = new Semaphore(number, true);
        }

        /// Takes one; false where none became free in time or the thread was interrupted, whose
        /// flag is then set.
        boolean take(Duration patience) {
            if (waiting.get() == 0 && free.tryAcquire()) {
                return true;
            }
            waiting.incrementAndGet();
            try {
                return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                waiting.decrementAndGet();
            }
        }

        void giveBack() {
            free.release();
        }
    }

    /// @param model the model to ask
    /// @param places the places of its upstream, shared by all its models
    /// @param endurance how much trouble is borne
    /// @param clock time
    public Steady(Model model, Places places, Endurance endurance, Clock clock) {
        this.model = model;
        this.places = places;
        this.endurance = endurance;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(model.card().name(), breakerRules(clock));
        breaker.getEventPublisher().onStateTransition(_ -> retryAt = clock.instant().plus(REST));
    }

    private static CircuitBreakerConfig breakerRules(Clock clock) {
        return CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowSize(20)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(REST)
                .permittedNumberOfCallsInHalfOpenState(2)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .recordResult(Steady::countsAgainst)
                .build();
    }

    @Override
    public ModelCard card() {
        return model.card();
    }

    /// False while the breaker is open; true again when it would let a request through, so that
    /// whoever chooses between models comes back to one that has recovered.
    @Override
    public boolean healthy() {
        return breaker.getState() != CircuitBreaker.State.OPEN
                || !clock.instant().isBefore(retryAt);
    }

    @Override
    public Standing standing() {
        Standing within = model.standing();
        int most = within.places() > 0 ? Math.min(places.number, within.places()) : places.number;
        int inside = Math.max(0, places.number - places.free.availablePermits());
        int running = Math.min(inside, most);
        int waiting = places.waiting.get() + inside - running;
        double measured = pace.tokensPerSecond();
        // what a server counts are our own requests too, and those of others
        return new Standing(
                Math.max(running, within.running()),
                Math.max(waiting, within.waiting()),
                most,
                within.loaded(),
                Double.isNaN(measured) ? within.tokensPerSecond() : measured,
                pace.firstTokenMillis(),
                pace.used());
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        if (!places.take(endurance.queueWait())) {
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
                places.giveBack();
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
                pace.begun(begin);
                if (outcome instanceof Outcome.Whole(Answer answer)) {
                    pace.whole(answer.usage(), Duration.ofNanos(took));
                }
                return outcome;
            }
            call.failedTries().accept(new Try(card(), begin, Duration.ofNanos(took), failure));
            Duration wait = endurance.pauseBefore(number, failure);
            if (wait == null || !sleep(wait)) {
                return Thread.currentThread().isInterrupted() ? abandoned() : outcome;
            }
        }
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
                        + "`; it is asked again within "
                        + REST.toSeconds()
                        + " s.",
                Failure.Fault.BREAKER_OPEN);
    }

    /// Gives the place back when the stream ends, lets a broken stream count against the health,
    /// and measures the others as long as the client keeps up.
    private final class Watched implements AnswerStream, Sink {
        private final AnswerStream stream;
        private final long begin = System.nanoTime();
        private final AtomicBoolean over = new AtomicBoolean();
        private Sink taker = NOBODY;
        private volatile boolean slow;

        Watched(AnswerStream stream) {
            this.stream = stream;
        }

        @Override
        public void start(Sink sink, Runnable ended) {
            taker = sink;
            stream.start(this, ended);
        }

        @Override
        public boolean accept(Body event) {
            boolean more = taker.accept(event);
            if (!more) {
                slow = true;
            }
            return more;
        }

        @Override
        public void whenDrained(Runnable resume) {
            taker.whenDrained(resume);
        }

        @Override
        public Ending end() {
            try {
                Ending ending = stream.end();
                Failure failure = ending.failure();
                if (failure == null) {
                    measure(ending);
                } else if (breaker.tryAcquirePermission()) {
                    breaker.onResult(0, TimeUnit.NANOSECONDS, new Outcome.Failed(failure));
                }
                return ending;
            } finally {
                giveBack();
            }
        }

        @Override
        public Ending drop() {
            try {
                Ending ending = stream.drop();
                if (taker != NOBODY) {
                    measure(ending);
                }
                return ending;
            } finally {
                giveBack();
            }
        }

        private void measure(Ending ending) {
            if (!slow) {
                Duration rest = Duration.ofNanos(System.nanoTime() - begin);
                pace.streamed(ending.usage(), ending.firstByte(), rest);
            }
        }

        private void giveBack() {
            if (over.compareAndSet(false, true)) {
                places.giveBack();
            }
        }
    }
}
