package dev.tierwise.audit;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The records that are not on disk yet, those of the batch being written included. Any thread adds
/// and none ever waits; the writer alone takes.
final class Backlog {
    private final int capacity;
    private final Queue<Ticket> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private volatile long refusedSince;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private long written;
    private volatile boolean closed;
    private volatile boolean idle;

    /// Records for which there was no room.
    ///
    /// @param count how many that the trail does not tell of yet
    /// @param since when the first was refused, in milliseconds
    record Refusals(long count, long since) {}

    Backlog(int capacity) {
        this.capacity = capacity;
    }

    /// Adds a record if there is room.
    ///
    /// @return how many wait now; 0 when it was not added
    int add(Ticket ticket) {
        int now = size.incrementAndGet();
        if (now > capacity || closed) {
            size.decrementAndGet();
            return 0;
        }
        queue.add(ticket);
        return now;
    }

    int size() {
        return size.get();
    }

    /// Moves records into `batch`, oldest first, until it holds `limit` or none are left.
    void take(List<Ticket> batch, int limit) {
        while (batch.size() < limit) {
            Ticket ticket = queue.poll();
            if (ticket == null) {
                return;
            }
            batch.add(ticket);
        }
    }

    void written(int count) {
        lock.lock();
        try {
            written += count;
            size.addAndGet(-count);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until all that is in now is written or refused, `atMost` so long.
    ///
    /// @param hurry has the writer write now
    /// @return whether it is
    boolean awaitWritten(Duration atMost, Runnable hurry) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            long goal = written + size.get();
            while (written < goal && left > 0) {
                hurry.run();
                left = progress.awaitNanos(left);
            }
            return written >= goal;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void refuse(long epochMillis) {
        if (refused.getAndIncrement() == 0) {
            refusedSince = epochMillis;
        }
    }

    Refusals refusals() {
        return new Refusals(refused.get(), refusedSince);
    }

    /// The trail now tells of `count` refusals.
    void told(long count) {
        refused.addAndGet(-count);
    }

    /// Whether the writer sleeps until something comes.
    boolean idle() {
        return idle;
    }

    void idle(boolean now) {
        idle = now;
    }

    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }
}
