package dev.tierwise.call.runtime;

import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which models of one local runtime are in memory, and who may use them: requests borrow a model,
/// wait while it is loaded, and give it back. Decisions are those of a [Roster]; this carries them
/// out, on virtual threads, and looks now and then at what the runtime did by itself. Thread-safe.
public final class Residency implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("tierwise.residency");
    private static final Duration SLACK = Duration.ofSeconds(5);
    private static final Duration LONGEST_NAP = Duration.ofDays(1);

    private final RuntimeControl control;
    private final Orders orders;
    private final Timing timing;
    private final Roster roster;
    private final Instant begun = Instant.now();
    private final long nanos = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, CompletableFuture<Asked>> pending = new HashMap<>();
    private final Map<String, Failure> stuck = new HashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong loads = new AtomicLong();
    private long tickets;
    private boolean closed;
    private boolean retired;
    private boolean answers;
    private boolean looking;
    private Instant nextLook;
    private volatile Map<String, Seen> seen = Map.of();
    private volatile Set<String> lodging = Set.of();

    /// How models are shared out.
    ///
    /// @param memory bytes that all loaded models together may take; a model whose size is not
    ///   known counts as all of it
    /// @param firm whether a model that needs more is refused; else it is loaded alone, for the
    ///   limit is only estimated
    /// @param most models that may be loaded at once
    /// @param stay how long a model stays at least
    /// @param turn how long a model may be missed before others have to make room
    /// @param keep how long a model stays without a request; null for as long as there is room
    /// @param rest how long nobody may have asked for other models before the defaults come back
    /// @param queue requests that may wait at once
    /// @param renew how often the runtime hears that a default without requests is to stay; null
    ///   where it keeps models by itself
    public record Rules(
            long memory,
            boolean firm,
            int most,
            Duration stay,
            Duration turn,
            @Nullable Duration keep,
            Duration rest,
            int queue,
            @Nullable Duration renew) {}

    /// How loads are ordered.
    @FunctionalInterface
    public interface Orders {
        /// The order for a model.
        Order of(String model, Duration patience);
    }

    /// How long a request waits.
    ///
    /// @param slot for a free slot of a model that is in memory
    /// @param load where the model has to be loaded first, or leaves while the request waits
    public record Patience(Duration slot, Duration load) {}

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
    /// @param orders how loads are ordered
    /// @param rules how models are shared out
    /// @param timing how long things may take
    /// @param lodgers the models that may be loaded, by the names under which the runtime lists
    ///   them: only such as are proven to run here
    /// @param defaults those that are loaded at the start and come back, most wanted first
    public Residency(
            RuntimeControl control,
            Orders orders,
            Rules rules,
            Timing timing,
            List<Lodger> lodgers,
            List<String> defaults) {
        this.control = control;
        this.orders = orders;
        this.timing = timing;
        this.roster = new Roster(rules, lodgers, defaults);
        this.nextLook = begun;
        remember();
        threads.execute(this::watch);
    }

    private Instant now() {
        return begun.plusNanos(System.nanoTime() - nanos);
    }

    /// Models are shared out in another way from now on. Requests that wait or run go on.
    public void reform(Rules rules, List<Lodger> lodgers, List<String> defaults) {
        tell(new RosterEvent.Reformed(now(), rules, lodgers, defaults));
    }

    /// Whether requests may ask for a model here: not while the runtime does not say what it has in
    /// memory. Takes no lock.
    public boolean lodges(String model) {
        return lodging.contains(control.listed(model));
    }

    /// Asks for a model; waits until it is there, at most for so long. An interrupt means that
    /// nobody waits any more: the thread's interrupt flag is set again.
    public Asked ask(String model, Patience wait) {
        var answer = new CompletableFuture<Asked>();
        String listed = control.listed(model);
        Duration longest = wait.slot().compareTo(wait.load()) > 0 ? wait.slot() : wait.load();
        long ticket;
        lock.lock();
        try {
            if (closed) {
                return stopping();
            }
            ticket = ++tickets;
            pending.put(ticket, answer);
            Instant now = now();
            Duration patience = roster.ready(listed) ? wait.slot() : wait.load();
            apply(
                    new RosterEvent.Wanted(
                            now, ticket, listed, now.plus(patience), now.plus(wait.load())));
        } finally {
            lock.unlock();
        }
        try {
            return answer.get(longest.plus(SLACK).toNanos(), TimeUnit.NANOSECONDS);
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
        List<RosterAction> actions = roster.on(event);
        remember(); // before anybody hears of it
        for (RosterAction action : actions) {
            switch (action) {
                case RosterAction.Load(String model) -> threads.execute(() -> load(model));
                case RosterAction.Unload(String model) -> threads.execute(() -> unload(model));
                case RosterAction.Renew(String model) -> threads.execute(() -> renew(model));
                case RosterAction.Grant(long ticket) -> answer(ticket, lent(ticket));
                case RosterAction.Refuse(long ticket, Failure why) ->
                        answer(ticket, new Asked.Refused(why));
            }
        }
        changed.signalAll();
        if (retired && roster.isQuiet()) {
            close();
        }
    }

    private void remember() {
        var all = new LinkedHashMap<String, Seen>();
        var known = new HashSet<String>();
        roster.glimpse()
                .forEach((model, it) -> {
                    if (it.known()) {
                        known.add(model);
                    }
                    all.put(
                            model,
                            new Seen(
                                    model,
                                    it.state() == Berth.State.LOADED,
                                    it.users(),
                                    it.waiters()));
                });
        seen = all;
        lodging = retired || !answers ? Set.of() : known;
    }

    private void answer(long ticket, Asked asked) {
        CompletableFuture<Asked> waiter = pending.remove(ticket);
        if (waiter != null) {
            waiter.complete(asked);
        }
    }

    private void load(String model) {
        LOG.log(System.Logger.Level.INFO, "loading {0}", model);
        loads.incrementAndGet();
        Failure failure = carefully(() -> control.load(orders.of(model, timing.load())));
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

    /// What comes of it is seen at the next look.
    private void renew(String model) {
        Failure failure = carefully(() -> control.load(orders.of(model, timing.load())));
        if (failure != null) {
            LOG.log(System.Logger.Level.DEBUG, failure.message());
        }
    }

    private void unload(String model) {
        LOG.log(System.Logger.Level.INFO, "unloading {0}", model);
        Failure failure = carefully(() -> control.unload(model, timing.unload()));
        if (Thread.currentThread().isInterrupted()) {
            return; // it is closed
        }
        lock.lock();
        try {
            if (failure == null) {
                apply(new RosterEvent.Unloaded(now(), model));
            } else {
                LOG.log(System.Logger.Level.WARNING, failure.message());
                stuck.put(model, failure);
                apply(new RosterEvent.NotUnloaded(now(), model, failure));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes a model out of memory, unless requests use it, and waits until it has left. It comes
    /// back when a request asks for it.
    ///
    /// @return why it stays; null where it is not in memory any more
    public @Nullable Failure dismiss(String model) {
        String listed = control.listed(model);
        lock.lock();
        try {
            stuck.remove(listed);
            int users = roster.users(listed);
            if (users > 0) {
                return new Failure.Unready(
                        users + " requests use it now; ask again when they have ended.");
            }
            apply(new RosterEvent.Dismissed(now(), listed));
            long left = timing.unload().plus(SLACK).toNanos();
            while (roster.leaves(listed) && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return stuck.remove(listed);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Failure.Abandoned("Nobody waits any more.");
        } finally {
            lock.unlock();
        }
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
            answers = look instanceof Look.Seen;
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
        if (left.isNegative()) {
            return 0;
        }
        return left.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP.toNanos() : left.toNanos();
    }

    /// Loads that were begun so far. Takes no lock.
    public long loads() {
        return loads.get();
    }

    /// How the models stand. Takes no lock.
    public List<Seen> seen() {
        return List.copyOf(seen.values());
    }

    /// How one model stands; empty where it is not known here. Takes no lock.
    public Optional<Seen> seen(String model) {
        return Optional.ofNullable(seen.get(control.listed(model)));
    }

    /// Loads nothing of its own accord any more, and is closed once nobody waits or uses a model.
    public void retire() {
        lock.lock();
        try {
            retired = true;
            lodging = Set.of();
            apply(new RosterEvent.Tick(now()));
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
