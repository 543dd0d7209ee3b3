package dev.tierwise.engine.math;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A fixed team of platform threads, the caller being one of them. A job is handed over in about a
/// microsecond while the team is awake. Threads that wait spin for a bounded time, then sleep, so
/// that an idle team costs nothing and one on a busy machine does not fight for it.
///
/// Callers on several threads take turns; a part must not start another job.
public final class Team implements Workers, AutoCloseable {
    /// Looks at the state before going to sleep: longer than what a model does between two
    /// products, far shorter than a time slice.
    private static final int SPINS = 1_000;

    /// After so many looks the processor is offered to others at every further look.
    private static final int SPINS_BEFORE_YIELD = 500;

    private static final long CLOSED = -1L << 32;

    /// The job under way in the upper half, in the lower one how many of its parts nobody has
    /// claimed: both in one word, so that no claim on a job that is over can succeed.
    private final AtomicLong state = new AtomicLong();

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Mate[] mates;

    private volatile @Nullable Thread waiting;

    // Written before `state`, read after a claim on that has succeeded.
    private IntConsumer part = _ -> {};

    /// Starts the threads, which are daemons.
    ///
    /// @param size how many threads work at once, the caller included, at least 1
    public Team(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("A team needs at least 1 thread, not " + size + ".");
        }
        mates = new Mate[size - 1];
        for (int i = 0; i < mates.length; i++) {
            mates[i] = new Mate();
            mates[i].thread.setName("engine-" + (i + 1));
            mates[i].thread.setDaemon(true);
        }
        for (Mate mate : mates) {
            mate.thread.start();
        }
    }

    @Override
    public int size() {
        return mates.length + 1;
    }

    /// Runs all parts. When some of them throw, the first failure is thrown here, after all parts
    /// have been tried.
    @Override
    public synchronized void run(int parts, IntConsumer part) {
        if (parts < 1) {
            return;
        }
        if (state.get() == CLOSED) {
            throw new IllegalStateException("The team is closed.");
        }
        this.part = part;
        unfinished.set(parts);
        long job = (state.get() >>> 32) + 1 & Integer.MAX_VALUE;
        state.set(job << 32 | parts);
        for (int i = 0; i < Math.min(mates.length, parts - 1); i++) {
            mates[i].wake();
        }
        work(job);
        awaitOthers();
        this.part = _ -> {};
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /// Ends the threads, after the job under way.
    @Override
    public synchronized void close() {
        state.set(CLOSED);
        for (Mate mate : mates) {
            mate.wake();
        }
    }

    /// The threads beside the caller's.
    List<Thread> threads() {
        return Arrays.stream(mates).map(mate -> mate.thread).toList();
    }

    /// Claims and runs parts until none is left.
    private void work(long job) {
        while (true) {
            long seen = state.get();
            int unclaimed = (int) seen;
            if (seen >>> 32 != job || unclaimed == 0) {
                return;
            }
            if (state.compareAndSet(seen, seen - 1)) {
                runPart(unclaimed - 1);
            }
        }
    }

    private void runPart(int index) {
        try {
            part.accept(index);
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
        }
        if (unfinished.decrementAndGet() == 0) {
            LockSupport.unpark(waiting);
        }
    }

    private void awaitOthers() {
        for (int spins = 0; unfinished.get() > 0 && spins < SPINS; spins++) {
            pause(spins);
        }
        if (unfinished.get() > 0) {
            waiting = Thread.currentThread();
            while (unfinished.get() > 0) {
                LockSupport.park(this);
            }
            waiting = null;
        }
    }

    // On a busy machine, whom we wait for may need this very processor.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause(int spins) {
        if (spins < SPINS_BEFORE_YIELD) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /// A thread of the team.
    private final class Mate implements Runnable {
        private final Thread thread = Thread.ofPlatform().unstarted(this);
        private volatile boolean asleep;

        private void wake() {
            if (asleep) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void run() {
            long done = 0;
            while (true) {
                long job = await(done);
                if (job == CLOSED >>> 32) {
                    return;
                }
                work(job);
                done = job;
            }
        }

        /// The next job, once there is one.
        private long await(long done) {
            for (int spins = 0; spins < SPINS; spins++) {
                long job = state.get() >>> 32;
                if (job != done) {
                    return job;
                }
                pause(spins);
            }
            asleep = true;
            long job = state.get() >>> 32;
            while (job == done) {
                LockSupport.park(this);
                job = state.get() >>> 32;
            }
            asleep = false;
            return job;
        }
    }
}
