package dev.tierwise.call.pool;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Model;
import dev.tierwise.call.Model.Standing;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Sink;
import dev.tierwise.core.Failure;
import dev.tierwise.guard.Clearance;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One site of a [Pool], with the requests that the pool has sent there. Thread-safe.
final class Seat {
    /// How long a site that is full, and does not say for how long, comes last.
    private static final Duration FULL = Duration.ofSeconds(1);

    /// The longest that one comes last for, whatever it asks.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Model model;
    private final AtomicInteger inside = new AtomicInteger();
    private volatile Instant rests = Instant.MIN;

    Seat(Model model) {
        this.model = model;
    }

    Model model() {
        return model;
    }

    Standing standing() {
        return model.standing();
    }

    /// How it stands at this moment, requests that are on their way to it included.
    ///
    /// @param before the site that has read the conversation; null for none
    Choice.Site site(@Nullable String before, Instant now) {
        boolean ready = model.healthy() && !now.isBefore(rests);
        return new Choice.Site(counted(), ready, model.card().seat().equals(before), now);
    }

    private Standing counted() {
        Standing said = model.standing();
        int unseen = inside.get() - said.running() - said.waiting();
        return unseen <= 0
                ? said
                : new Standing(
                        said.running() + unseen,
                        said.waiting(),
                        said.places(),
                        said.loaded(),
                        said.tokensPerSecond(),
                        said.firstTokenMillis(),
                        said.lastUsed());
    }

    /// A request is on its way; [#ask] takes it off again.
    void enter() {
        inside.incrementAndGet();
    }

    /// Asks the model for a request that has entered.
    Outcome ask(Clearance clearance, Call call) {
        boolean handedOn = false;
        try {
            Outcome outcome = model.ask(clearance, call);
            if (outcome instanceof Outcome.Begun(AnswerStream stream)) {
                handedOn = true;
                return new Outcome.Begun(new Counted(stream));
            }
            return outcome;
        } finally {
            if (!handedOn) {
                inside.decrementAndGet();
            }
        }
    }

    /// It failed: one that is full is left alone for as long as it asks.
    void rest(Failure failure, Instant now) {
        if (failure instanceof Failure.Overloaded(_, Duration asked)) {
            Duration time = asked == null ? FULL : asked;
            rests = now.plus(time.compareTo(LONGEST) > 0 ? LONGEST : time);
        }
    }

    /// A stream that counts until its end.
    private final class Counted implements AnswerStream {
        private final AnswerStream stream;
        private final AtomicBoolean over = new AtomicBoolean();

        Counted(AnswerStream stream) {
            this.stream = stream;
        }

        @Override
        public void start(Sink sink, Runnable ended) {
            stream.start(sink, ended);
        }

        @Override
        public Ending end() {
            try {
                return stream.end();
            } finally {
                leave();
            }
        }

        @Override
        public Ending drop() {
            try {
                return stream.drop();
            } finally {
                leave();
            }
        }

        private void leave() {
            if (over.compareAndSet(false, true)) {
                inside.decrementAndGet();
            }
        }
    }
}
