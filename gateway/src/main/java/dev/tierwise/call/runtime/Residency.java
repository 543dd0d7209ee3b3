package dev.tierwise.call.runtime;

import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which models of one local runtime are in memory, and who may use them: requests borrow a model,
/// wait while it is loaded, and give it back. Decisions are those of a [Roster]; this carries them
/// out, on virtual threads, and looks now and then at what the runtime did by itself. Thread-safe.
public final class Residency implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("tierwise.residency");
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final RuntimeControl control;
    private final Timing timing;
    private final Roster roster;
    private final Instant begun = Instant.now();
    private final long nanos = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, CompletableFuture<Asked>> pending = new HashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long tickets;
    private boolean closed;
    private boolean looking;
    private Instant nextLook;

    /// How models are shared out.
    ///
    /// @param memory bytes that all loaded models together may take; a model whose size is not
    ///   known counts as all of it
    /// @param most models that may be loaded at once
    /// @param stay how long a model stays at least
    /// @param turn how long a model may be missed before others have to make room
    /// @param keep how long a model stays without a request; null for as long as there is room
    /// @param rest how long nobody may have asked for other models before the defaults come back
    /// @param queue requests that may wait at once
    public record Rules(
            long memory,
            int most,
            Duration stay,
            Duration turn,
            @Nullable Duration keep,
            Duration rest,
            int queue) {}

    /// A model that may be loaded.
    ///
    /// @param model its name
    /// @param bytes memory that it takes, until more is known; null where nothing is
    /// @param slots requests that it answers at once
    /// @param base what it is made from; of models that are missed alike, one whose base is in
    ///   memory comes first
    public record Lodger(String model, @Nullable Long bytes, int slots, @Nullable String base) {}

    /// How long things may take.
    ///
    /// @param load a load
    /// @param unload an unload
    /// @param every the time between two looks at the runtime
    /// @param look one look
    public record Timing(Duration load, Duration unload, Duration every, Duration look) {
        /// Ten minutes to load, as large models from slow disks take; a look each five seconds.
        public static final Timing USUAL =
                new Timing(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2));
    }

    /// What asking for a model came to.
    public sealed interface Asked {
        /// It is in memory and stays there until it is given back.
        ///
        /// @param giveBack to be run when the request has ended; further runs do nothing
        record Lent(Runnable giveBack) implements Asked {}

        /// It is not to be had.
        ///
        /// @param failure why
        record Refused(Failure failure) implements Asked {}
    }

    /// How a model stands.
    ///
    /// @param model its name
    /// @param loaded whether it can answer
    /// @param users requests that use it
    /// @param waiters requests that wait for it
    public record Seen(String model, boolean loaded, int users, int waiters) {}

    /// Begins at once: looks at the runtime, then loads the defaults.
    ///
    /// @param control the runtime
    /// @param rules how models are shared out
    /// @param timing how long things may take
    /// @param lodgers the models that may be loaded, by the names under which the runtime lists
    ///   them: only such as are proven to run here
    /// @param defaults those that are loaded at the start and come back, most wanted first
    public Residency(
            RuntimeControl control,
            Rules rules,
            Timing timing,
            List<Lodger> lodgers,
            List<String> defaults) {
        this.control = control;
        this.timing = timing;
        this.roster = new Roster(rules, lodgers, defaults);
        this.nextLook = begun;
        threads.execute(this::watch);
    }

    private Instant now() {
        return begun.plusNanos(System.nanoTime() - nanos);
    }

    /// Asks for a model; waits until it is there, at most for so long. An interrupt means that
    /// nobody waits any more: the thread's interrupt flag is set again.
    public Asked ask(String model, Duration patience) {
        var answer = new CompletableFuture<Asked>();
        long ticket;
        lock.lock();
        try {
            if (closed) {
                return stopping();
            }
            ticket = ++tickets;
            pending.put(ticket, answer);
            Instant now = now();
            apply(new RosterEvent.Wanted(now, ticket, control.listed(model), now.plus(patience)));
        } finally {
            lock.unlock();
        }
        try {
            return answer.get(patience.plus(SLACK).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            leave(ticket);
            return new Asked.Refused(new Failure.Abandoned("The client left."));
        } catch (TimeoutException | ExecutionException _) {
            leave(ticket);
            return new Asked.Refused(
                    new Failure.Timeout(
                            "`" + model + "` was not to be had in time.", Failure.Phase.QUEUE));
        }
    }

    private static Asked stopping() {
        return new Asked.Refused(new Failure.Unready("Tierwise is about to stop."));
    }

    private void leave(long ticket) {
        lock.lock();
        try {
            pending.remove(ticket);
            apply(new RosterEvent.Left(now(), ticket));
        } finally {
            lock.unlock();
        }
    }

    private Asked lent(long ticket) {
        var over = new AtomicBoolean();
        return new Asked.Lent(() -> {
            if (over.compareAndSet(false, true)) {
                leave(ticket);
            }
        });
    }

    private void tell(RosterEvent event) {
        lock.lock();
        try {
            apply(event);
        } finally {
            lock.unlock();
        }
    }

    /// To be called with the lock held.
    private void apply(RosterEvent event) {
        if (closed) {
            return;
        }
        for (RosterAction action : roster.on(event)) {
            switch (action) {
                case RosterAction.Load(String model) -> threads.execute(() -> load(model));
                case RosterAction.Unload(String model) -> threads.execute(() -> unload(model));
                case RosterAction.Grant(long ticket) -> answer(ticket, lent(ticket));
                case RosterAction.Refuse(long ticket, Failure why) ->
                        answer(ticket, new Asked.Refused(why));
            }
        }
        changed.signalAll();
    }

    private void answer(long ticket, Asked asked) {
        CompletableFuture<Asked> waiter = pending.remove(ticket);
        if (waiter != null) {
            waiter.complete(asked);
        }
    }

    private void load(String model) {
        Failure failure = carefully(() -> control.load(Order.of(model, timing.load())));
        if (Thread.currentThread().isInterrupted()) {
            return; // it is closed
        }
        if (failure != null) {
            LOG.log(System.Logger.Level.WARNING, failure.message());
            tell(new RosterEvent.NotLoaded(now(), model, failure));
            return;
        }
        tell(new RosterEvent.Loaded(now(), model));
        look();
    }

    private void unload(String model) {
        Failure failure = carefully(() -> control.unload(model, timing.unload()));
        if (Thread.currentThread().isInterrupted()) {
            return; // it is closed
        }
        if (failure != null) {
            LOG.log(System.Logger.Level.WARNING, failure.message());
        }
        tell(
                failure == null
                        ? new RosterEvent.Unloaded(now(), model)
                        : new RosterEvent.NotUnloaded(now(), model, failure));
    }

    private interface Change {
        @Nullable Failure run();
    }

    /// A bug must not leave a model half loaded for ever.
    private static @Nullable Failure carefully(Change change) {
        try {
            return change.run();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a runtime could not be changed", bug);
            return new Failure.Broken(
                    "The runtime could not be changed; the log says more.", Failure.Fault.GARBLED);
        }
    }

    private void look() {
        Instant began = now();
        Look look = glance();
        lock.lock();
        try {
            looking = false;
            nextLook = now().plus(timing.every());
            apply(
                    look instanceof Look.Seen(RuntimeView view)
                            ? new RosterEvent.Observed(now(), began, view)
                            : new RosterEvent.Tick(now()));
        } finally {
            lock.unlock();
        }
    }

    private Look glance() {
        try {
            return control.look(Scope.MEMORY, timing.look());
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a runtime could not be looked at", bug);
            return new Look.Unseen(
                    new Failure.Broken(
                            "The runtime could not be looked at; the log says more.",
                            Failure.Fault.GARBLED));
        }
    }

    /// Lets time pass for the roster, and looks at the runtime now and then.
    private void watch() {
        lock.lock();
        try {
            while (!closed) {
                Instant now = now();
                if (!looking && !nextLook.isAfter(now)) {
                    looking = true;
                    threads.execute(this::look);
                }
                Instant wake = roster.wake().orElse(Instant.MAX);
                if (!looking && nextLook.isBefore(wake)) {
                    wake = nextLook;
                }
                long left = wake.equals(Instant.MAX) ? Long.MAX_VALUE : nanosUntil(wake);
                if (left > 0 && changed.awaitNanos(left) > 0) {
                    continue;
                }
                apply(new RosterEvent.Tick(now()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it is closed
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntil(Instant moment) {
        Duration left = Duration.between(now(), moment);
        return left.compareTo(Duration.ofDays(1)) > 0
                ? Duration.ofDays(1).toNanos()
                : left.toNanos();
    }

    /// How the models stand.
    public List<Seen> seen() {
        lock.lock();
        try {
            var all = new ArrayList<Seen>();
            roster.glimpse()
                    .forEach((model, it) ->
                            all.add(
                                    new Seen(
                                            model,
                                            it.state() == Berth.State.LOADED,
                                            it.users(),
                                            it.waiters())));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Whoever waits is refused; models stay as they are.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            pending.values().forEach(it -> it.complete(stopping()));
            pending.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
    }
}
