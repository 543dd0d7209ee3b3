package dev.tierwise.call.process;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.Upstream;
import dev.tierwise.call.http.Windows;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One model served by llama.cpp's llama-server, a child process that is started when it is wanted,
/// watched, and started again when it dies, with growing pauses and an end. It listens on loopback
/// with a key that only this process knows, and ends with this process. Thread-safe.
///
/// No adapters are given to it: one that has any applies them to each request that does not list
/// them, whatever its flags say. Count tokens by the usage that it reports, never by the pieces of
/// a stream: it joins tokens whose characters are incomplete.
public final class LlamaServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("tierwise.llama-server");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final LlamaSettings settings;
    private final Surroundings around;
    private final Persistence persistence;
    private final ChildLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Instant> failures = new ArrayDeque<>();
    private volatile LlamaState state = new LlamaState.Idle();
    private @Nullable Child child;
    private @Nullable Upstream upstream;
    private @Nullable Thread supervisor;

    /// What it works with.
    ///
    /// @param vertx the event loops of its connections
    /// @param fetch asks it whether it is ready
    /// @param cores shared by all children
    /// @param clock time
    public record Surroundings(Vertx vertx, Fetch fetch, Cores cores, Clock clock) {}

    /// How much trouble is borne.
    ///
    /// @param ready how long it may take to load its model
    /// @param pause before the second start; doubled each time
    /// @param most failures, after which it is left alone
    /// @param within the time in which they count together
    public record Persistence(Duration ready, Duration pause, int most, Duration within) {
        /// Five failures within ten minutes; ten minutes to load.
        public static final Persistence USUAL =
                new Persistence(
                        Duration.ofMinutes(10), Duration.ofSeconds(1), 5, Duration.ofMinutes(10));
    }

    /// @param settings what to serve, and how
    /// @param around what it works with
    /// @param persistence how much trouble is borne
    public LlamaServer(LlamaSettings settings, Surroundings around, Persistence persistence) {
        this.settings = settings;
        this.around = around;
        this.persistence = persistence;
        this.log = new ChildLog(settings.log());
    }

    /// What it serves.
    public LlamaSettings settings() {
        return settings;
    }

    /// What it does now; read without a lock.
    public LlamaState state() {
        return state;
    }

    /// Why it cannot answer, for as long as that needs somebody's help.
    public Optional<String> trouble() {
        return state() instanceof LlamaState.GaveUp(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    /// Bytes of memory that it takes now, its mapped model included; 0 while it does not run.
    public long memory() {
        return state() instanceof LlamaState.Ready(_, long pid, _) ? Memory.of(pid) : 0;
    }

    /// Starts it if it does not run; one that was given up gets another chance. Does not wait.
    public void start() {
        lock.lock();
        try {
            if (supervisor == null) {
                failures.clear();
                state = new LlamaState.Starting(around.clock().instant());
                supervisor = Thread.ofVirtual().name("llama-server").start(this::supervise);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits while it starts, at most so long.
    ///
    /// @return its connection, or nothing when it is not ready then; see [#state]
    Optional<Upstream> await(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (state instanceof LlamaState.Starting && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(upstream);
        } finally {
            lock.unlock();
        }
    }

    private void supervise() {
        Thread me = Thread.currentThread();
        try {
            while (wanted(me)) {
                String reason = run(me);
                if (!wanted(me) || !pauseAfter(reason)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // stopped
        } finally {
            giveUp("its supervision ended"); // does nothing unless there was a fault of ours
        }
    }

    private boolean wanted(Thread me) {
        lock.lock();
        try {
            return supervisor == me;
        } finally {
            lock.unlock();
        }
    }

    /// One life of the child. Returns why it ended.
    private String run(Thread me) throws InterruptedException {
        int threads = around.cores().take(settings.threads());
        Child running = null;
        try {
            Launch launch = Launch.prepare(settings, threads, around.fetch());
            become(me, new LlamaState.Starting(around.clock().instant()), null);
            log.begin("starting llama-server with " + threads + " threads");
            running = Child.start(launch.command(), Map.of("LLAMA_API_KEY", launch.key()), log);
            adopt(me, running);
            String trouble = launch.awaitReady(running, around.fetch(), persistence.ready());
            if (trouble != null) {
                return told(trouble);
            }
            log.fallSilent();
            Instant now = around.clock().instant();
            long pid = running.pid().orElse(0);
            become(me, new LlamaState.Ready(now, pid, launch.port()), connection(launch));
            LOG.log(System.Logger.Level.INFO, "{0} is served by llama-server", settings.name());
            return died(running.await());
        } catch (IOException e) {
            return "it cannot be started: " + e.getMessage();
        } finally {
            if (running != null) {
                running.kill();
            }
            around.cores().giveBack(threads);
        }
    }

    private String told(String trouble) {
        String complaint = log.complaint();
        return complaint == null ? trouble : trouble + "; it said `" + complaint + "`";
    }

    private static String died(int status) {
        return switch (status) {
            case 137 ->
                    "it was killed (status 137), as a system does that is out of memory; take a"
                            + " smaller model, or less `engine.context`";
            case 134 -> "it aborted (status 134), a fault of its own";
            case 139 -> "it crashed (status 139), a fault of its own";
            default -> "it ended with status " + status;
        };
    }

    private Upstream connection(Launch launch) {
        var endpoint =
                new Endpoint(
                        "llama-server",
                        launch.at("/v1"),
                        Map.of("authorization", "Bearer " + launch.key()),
                        Endpoint.Api.OPENAI,
                        true,
                        null,
                        settings.limits());
        return new Upstream(around.vertx(), endpoint, settings.slots(), new Windows());
    }

    /// Takes a child over, unless it was stopped meanwhile.
    private void adopt(Thread me, Child running) throws InterruptedException {
        lock.lock();
        try {
            if (supervisor != me) {
                throw new InterruptedException();
            }
            child = running;
        } finally {
            lock.unlock();
        }
    }

    private void become(Thread me, LlamaState next, @Nullable Upstream connection) {
        lock.lock();
        try {
            if (supervisor == me) {
                disconnect();
                state = next;
                upstream = connection;
                changed.signalAll();
            } else if (connection != null) {
                connection.close(Duration.ZERO);
            }
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        if (upstream != null) {
            upstream.close(Duration.ZERO);
            upstream = null;
        }
    }

    /// Waits before the next start; false when there have been too many failures.
    private boolean pauseAfter(String reason) throws InterruptedException {
        Instant now = around.clock().instant();
        Instant horizon = now.minus(persistence.within());
        failures.removeIf(time -> time.isBefore(horizon));
        failures.add(now);
        if (failures.size() >= persistence.most()) {
            giveUp(reason);
            return false;
        }
        Duration pause = persistence.pause().multipliedBy(1L << (failures.size() - 1));
        Duration wait = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        become(Thread.currentThread(), new LlamaState.Waiting(reason, now.plus(wait)), null);
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: llama-server failed and starts again in {1} ms: {2}",
                settings.name(),
                Long.toString(wait.toMillis()),
                reason);
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        return true;
    }

    /// Leaves it alone, unless it was stopped or given up before.
    private void giveUp(String reason) {
        lock.lock();
        try {
            if (supervisor != Thread.currentThread()) {
                return;
            }
            disconnect();
            state = new LlamaState.GaveUp(explained(reason));
            supervisor = null;
            child = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        LOG.log(System.Logger.Level.WARNING, "{0}", explained(reason));
    }

    private String explained(String reason) {
        return "llama-server for "
                + settings.name()
                + " failed "
                + failures.size()
                + " times within "
                + persistence.within().toMinutes()
                + " minutes and is left alone: "
                + reason
                + ". Its log is "
                + settings.log()
                + "; `./tw models load` tries again, `llama-server: off` below `engine` goes without"
                + " it";
    }

    /// Ends the process and its connections; running requests break off. It can be started again.
    @Override
    public void close() {
        Thread watching;
        Child running;
        lock.lock();
        try {
            watching = supervisor;
            running = child;
            supervisor = null;
            child = null;
            disconnect();
            state = new LlamaState.Idle();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.kill();
        }
        if (watching != null) {
            watching.interrupt();
        }
    }
}
