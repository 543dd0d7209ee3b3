package dev.tierwise.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The entries that are not on disk yet, those of the batch being written included. Any thread
/// adds; the writer alone takes.
final class Backlog {
    private final int capacity;
    private final Queue<Line> queue = new ConcurrentLinkedQueue<>();

    /// Entries admitted, each counted before it is in the queue.
    private final AtomicLong admitted = new AtomicLong();

    private volatile long written;
    private volatile boolean closed;
    private volatile boolean abandoned;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    Backlog(int capacity) {
        this.capacity = capacity;
    }

    /// Adds an entry and gives its number, counted from 1. Waits only while the backlog is full.
    long add(Line entry) {
        long number = admitted.incrementAndGet();
        if (closed) {
            admitted.decrementAndGet();
            throw new IllegalStateException("the ledger is closed; the entry was not recorded");
        }
        if (number - written > capacity) {
            awaitRoom(number);
        }
        queue.add(entry);
        return number;
    }

    /// How many entries wait.
    long size() {
        return admitted.get() - written;
    }

    /// How many entries were ever admitted.
    long admitted() {
        return admitted.get();
    }

    /// Moves entries into `batch`, oldest first, until it holds `limit` or none are left.
    void take(List<Line> batch, int limit) {
        while (batch.size() < limit) {
            Line entry = queue.poll();
            if (entry == null) {
                return;
            }
            batch.add(entry);
        }
    }

    /// Counts the `count` entries taken last as written and lets those go on who wait for it.
    @SuppressWarnings("NonAtomicVolatileUpdate") // the writer alone writes it
    void written(int count) {
        lock.lock();
        try {
            written += count;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the first `number` entries are written, `atMost` so long or until interrupted.
    ///
    /// @return whether they are
    boolean awaitWritten(long number, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (written < number && !abandoned && left > 0) {
                left = progress.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return written >= number;
    }

    /// Takes in no more entries.
    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /// Nobody will write what is left: lets those go on who wait.
    void abandon() {
        lock.lock();
        try {
            closed = true;
            abandoned = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // An interrupt means that a client has left, and his request is recorded all the same.
    private void awaitRoom(long number) {
        lock.lock();
        try {
            while (number - written > capacity) {
                if (abandoned) {
                    throw new IllegalStateException(
                            "the ledger closed before it had room; the entry was not recorded");
                }
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
