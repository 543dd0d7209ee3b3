package dev.tierwise.experience;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What waits for the keeper. Any thread adds and never waits; what does not fit is dropped and
/// counted. The keeper alone takes.
final class Inbox {
    private static final int MOST = 10_000;
    private static final int BATCH = 1_000;

    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicLong dropped = new AtomicLong();

    /// Something to do.
    sealed interface Item {
        /// To be kept and learned.
        record Note(Event event) implements Item {}

        /// To be looked at.
        record Seen(Answered answer) implements Item {}

        /// To go back to a version; 0 for nothing learned.
        record Turn(long to, CompletableFuture<Change> told) implements Item {}

        /// All that came before is to be done.
        record Mark(CountDownLatch reached) implements Item {}

        /// It is over.
        record End() implements Item {}
    }

    /// Adds what may be dropped.
    void offer(Item item) {
        if (queue.size() < MOST) {
            queue.add(item);
        } else {
            dropped.incrementAndGet();
        }
    }

    /// Adds what may not.
    void put(Item item) {
        queue.add(item);
    }

    void drop(int count) {
        dropped.addAndGet(count);
    }

    long dropped() {
        return dropped.get();
    }

    /// Moves what is there to `batch`. Waits `pause` for the first, and as long again for others to
    /// be written with, unless somebody waits for it.
    void take(List<Item> batch, Duration pause) throws InterruptedException {
        Item item = queue.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
        long end = System.nanoTime() + pause.toNanos();
        while (item != null) {
            batch.add(item);
            boolean urgent = !(item instanceof Item.Note || item instanceof Item.Seen);
            if (urgent || batch.size() >= BATCH) {
                return;
            }
            item = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }
}
