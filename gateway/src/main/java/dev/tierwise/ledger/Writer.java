package dev.tierwise.ledger;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Moves entries from the backlog to the store in batches, in one thread of its own. A batch that
/// the store does not take is tried again until it does; only closing sets an end to that.
final class Writer implements Runnable {
    private static final Logger LOG = System.getLogger(Ledger.class.getName());
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final Store store;
    private final Backlog backlog;
    private final Limits limits;
    private final Thread thread;
    private final List<Line> batch = new ArrayList<>();
    private volatile boolean hurried;
    private volatile @Nullable String trouble;

    Writer(Store store, Backlog backlog, Limits limits) {
        this.store = store;
        this.backlog = backlog;
        this.limits = limits;
        this.thread = Thread.ofPlatform().name("tierwise-ledger").daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    /// Ends the current wait, be it for further entries or after a failure.
    void wake() {
        LockSupport.unpark(thread);
    }

    /// As [#wake], and the next batch waits for no further entries.
    void hurry() {
        hurried = true;
        wake();
    }

    /// What keeps batches from being written now.
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /// Waits until the writer has ended, interrupted or not.
    void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try (store) {
            while (!backlog.closed() || backlog.size() > 0) {
                backlog.take(batch, limits.batch());
                if (!batch.isEmpty() && !write()) {
                    return;
                }
                if (backlog.size() < limits.batch() && !hurried && !backlog.closed()) {
                    LockSupport.parkNanos(this, limits.pause().toNanos());
                }
                hurried = false;
            }
        } finally {
            backlog.abandon();
        }
    }

    /// Writes the batch, however often that must be tried.
    ///
    /// @return false when closing has cut it short
    private boolean write() {
        Duration wait = limits.retry();
        long deadline = Long.MAX_VALUE;
        while (!written()) {
            if (backlog.closed()) {
                long now = System.nanoTime();
                deadline = Math.min(deadline, now + limits.farewell().toNanos());
                if (now >= deadline) {
                    LOG.log(Level.ERROR, "ledger closed; records lost: " + backlog.size());
                    return false;
                }
                wait = limits.retry();
            }
            LockSupport.parkNanos(this, wait.toNanos());
            wait = min(wait.multipliedBy(2), LONGEST_RETRY);
        }
        backlog.written(batch.size());
        batch.clear();
        return true;
    }

    private boolean written() {
        String found = complaint();
        if (found != null && trouble == null) {
            LOG.log(Level.ERROR, "ledger not written, records kept in memory: " + found);
        } else if (found == null && trouble != null) {
            LOG.log(Level.INFO, "ledger written again; records that waited: " + backlog.size());
        }
        trouble = found;
        return found == null;
    }

    private @Nullable String complaint() {
        try {
            return store.append(batch).orElse(null);
        } catch (RuntimeException e) {
            return "a fault in Tierwise itself (" + e + "); please report it";
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
