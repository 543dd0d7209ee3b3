package dev.tierwise.call.runtime;

import dev.tierwise.call.Model.Standing;
import dev.tierwise.call.Model.Standing.Loaded;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How things stand with the models of one runtime, as it says itself. Who asks gets the latest
/// look; where that has aged, a new one begins beside, on a virtual thread: nobody waits, and a
/// runtime that nobody asks for is left alone. Thread-safe, takes no lock.
public final class RuntimeWatch {
    private static final System.Logger LOG = System.getLogger("tierwise.runtime");

    /// Looks that are older, in times the pause between two, say nothing any more.
    private static final int STALE = 3;

    private final RuntimeControl control;
    private final Duration every;
    private final Duration patience;
    private final AtomicLong next;
    private volatile @Nullable Sight latest;

    /// @param view what was seen
    /// @param begun when the look began, on the clock of [System#nanoTime]
    private record Sight(RuntimeView view, long begun) {}

    /// @param control the runtime
    /// @param every the least time between two looks
    /// @param patience how long a look may take
    public RuntimeWatch(RuntimeControl control, Duration every, Duration patience) {
        this.control = control;
        this.every = every;
        this.patience = patience;
        this.next = new AtomicLong(System.nanoTime());
    }

    /// How things stand with a model; [Standing#UNKNOWN] where the runtime has not said so lately.
    ///
    /// @param model its name at the runtime
    public Standing standing(String model) {
        return standing(model, Long.MIN_VALUE, Loaded.UNKNOWN);
    }

    /// As above, where the model is known to have stood so at a moment.
    ///
    /// @param since the moment, on the clock of [System#nanoTime]; a look that began before it says
    ///   nothing of what is loaded
    /// @param then how it stood
    Standing standing(String model, long since, Loaded then) {
        long now = System.nanoTime();
        refresh(now);
        Sight sight = latest;
        if (sight == null || now - sight.begun > every.toNanos() * STALE) {
            return Standing.of(then, 0);
        }
        boolean newer = then == Loaded.UNKNOWN || sight.begun - since > 0;
        return of(sight.view, control.listed(model), newer ? Loaded.UNKNOWN : then);
    }

    private void refresh(long now) {
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + every.toNanos())) {
            Thread.ofVirtual().name("tierwise-runtime-look").start(this::look);
        }
    }

    private void look() {
        long begun = System.nanoTime();
        try {
            if (control.look(Scope.MEMORY, patience) instanceof Look.Seen(RuntimeView view)) {
                latest = new Sight(view, begun);
            }
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.DEBUG, "a runtime could not be looked at", bug);
        }
    }

    private static Standing of(RuntimeView view, String model, Loaded certain) {
        Optional<RuntimeView.Held> held = view.held(model);
        Loaded seen =
                held.isEmpty()
                        ? absent(view, model)
                        : held.get().phase() == RuntimeView.Phase.READY ? Loaded.YES : Loaded.NO;
        RuntimeView.Load load = held.map(RuntimeView.Held::load).orElse(RuntimeView.Load.UNKNOWN);
        Integer waiting = load.waiting() == null ? view.waiting() : load.waiting();
        Double speed = seen == Loaded.YES ? view.tokensPerSecond() : null;
        return new Standing(
                zeroed(load.busy()),
                zeroed(waiting),
                zeroed(load.slots()),
                certain == Loaded.UNKNOWN ? seen : certain,
                speed == null ? Double.NaN : speed,
                Double.NaN,
                null);
    }

    /// A server with one model answers under any name; what it does not list may be that one.
    private static Loaded absent(RuntimeView view, String model) {
        boolean listed =
                view.disk().isEmpty()
                        || view.disk().stream().anyMatch(it -> it.name().equals(model));
        return listed ? Loaded.NO : Loaded.UNKNOWN;
    }

    private static int zeroed(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
