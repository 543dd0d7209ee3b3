package dev.tierwise.audit;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Moves records from the queue to the disk in batches, in one thread of its own, and signs
/// checkpoints. What the disk does not take is tried again until it does; only closing sets an end
/// to that.
final class Writer implements Runnable {
    private static final Logger LOG = System.getLogger(Trail.class.getName());
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final String CLOSED =
            "the audit trail was closed before it could be written; the record is not in it";

    private final Tape tape;
    private final Backlog backlog;
    private final Limits limits;
    private final Lock lock;
    private final Thread thread;
    private final Queue<FutureTask<?>> errands = new ConcurrentLinkedQueue<>();
    private final List<Ticket> batch = new ArrayList<>();
    private volatile boolean hurried;
    private volatile @Nullable String trouble;
    private long uncoveredSince;
    private long deadline = Long.MAX_VALUE;

    Writer(Tape tape, Backlog backlog, Limits limits, Lock lock) {
        this.tape = tape;
        this.backlog = backlog;
        this.limits = limits;
        this.lock = lock;
        this.thread = Thread.ofPlatform().name("tierwise-audit").daemon().unstarted(this);
    }

    /// Something that the disk may refuse.
    private interface Step {
        void run() throws IOException;
    }

    void start() {
        thread.start();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /// Has what waits written now.
    void hurry() {
        if (!hurried) {
            hurried = true;
            wake();
        }
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /// Has `errand` run between two batches, in the writer's thread.
    void ask(FutureTask<?> errand) {
        errands.add(errand);
        wake();
        if (!thread.isAlive()) {
            drop();
        }
    }

    Tape tape() {
        return tape;
    }

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
        try (lock;
                tape) {
            boolean works = true;
            while (works && !(backlog.closed() && backlog.size() == 0)) {
                works = turn();
                rest();
            }
            if (works && persist(() -> tape.write(List.of(body(new AuditRecord.Stop()))))) {
                persist(tape::checkpoint);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "audit trail not closed in order: " + e.getClass().getName());
        } finally {
            abandon();
        }
    }

    /// One batch, and what is due after it.
    ///
    /// @return false when closing has cut it short
    private boolean turn() {
        hurried = false;
        backlog.take(batch, limits.batch());
        if (!write() || (due() && !persist(tape::checkpoint))) {
            return false;
        }
        for (FutureTask<?> errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
        }
        return true;
    }

    private boolean write() {
        Backlog.Refusals refusals = backlog.refusals();
        if (batch.isEmpty() && refusals.count() == 0) {
            return true;
        }
        if (tape.uncovered() == 0) {
            uncoveredSince = System.nanoTime();
        }
        var bodies = new ArrayList<byte[]>(batch.size() + 1);
        if (refusals.count() > 0) {
            var since = Instant.ofEpochMilli(refusals.since());
            bodies.add(body(new AuditRecord.Gap(refusals.count(), since)));
        }
        int before = bodies.size();
        batch.forEach(ticket -> bodies.add(ticket.body()));
        if (!persist(() -> tape.write(bodies))) {
            return false;
        }
        backlog.told(refusals.count());
        backlog.written(batch.size());
        long first = tape.position().sequence() - bodies.size() + before + 1;
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).settle(new Appended.Durable(first + i));
        }
        batch.clear();
        return true;
    }

    private boolean due() {
        return tape.uncovered() >= limits.every()
                || (tape.uncovered() > 0
                        && System.nanoTime() - uncoveredSince >= limits.interval().toNanos());
    }

    private void rest() {
        if (backlog.size() >= limits.batch() || hurried || backlog.closed() || !errands.isEmpty()) {
            return;
        }
        long pause = limits.pause().toNanos();
        if (backlog.size() == 0 && backlog.refusals().count() == 0) {
            long left = uncoveredSince + limits.interval().toNanos() - System.nanoTime();
            pause = tape.uncovered() == 0 ? Long.MAX_VALUE : Math.max(1, left);
            backlog.idle(true);
        }
        if (backlog.size() == 0 || pause == limits.pause().toNanos()) {
            LockSupport.parkNanos(this, pause);
        }
        backlog.idle(false);
    }

    /// Does `step`, however often that must be tried.
    ///
    /// @return false when closing has cut it short
    private boolean persist(Step step) {
        Duration wait = limits.retry();
        while (true) {
            String found = complaint(step);
            tell(found);
            if (found == null) {
                return true;
            }
            if (backlog.closed()) {
                long now = System.nanoTime();
                deadline = Math.min(deadline, now + limits.farewell().toNanos());
                if (now >= deadline) {
                    LOG.log(Level.ERROR, "audit trail closed; records lost: " + backlog.size());
                    return false;
                }
                wait = limits.retry();
            }
            LockSupport.parkNanos(this, wait.toNanos());
            wait = wait.multipliedBy(2);
            wait = wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY;
        }
    }

    private @Nullable String complaint(Step step) {
        try {
            step.run();
            return null;
        } catch (IOException e) {
            return Complaint.of(tape.settings().folder(), e);
        } catch (RuntimeException e) {
            return "a fault in Tierwise itself (" + e + "); please report it";
        }
    }

    private void tell(@Nullable String found) {
        if (found != null && trouble == null) {
            LOG.log(Level.ERROR, "audit trail not written, records kept in memory: " + found);
        } else if (found == null && trouble != null) {
            LOG.log(Level.INFO, "audit trail written again; records waiting: " + backlog.size());
        }
        trouble = found;
    }

    /// Nobody will write what is left.
    private void abandon() {
        backlog.close();
        var refused = new Appended.Refused(CLOSED);
        while (backlog.size() > 0) {
            backlog.take(batch, limits.batch());
            batch.forEach(ticket -> ticket.settle(refused));
            backlog.written(batch.size());
            batch.clear();
        }
        drop();
    }

    private void drop() {
        for (FutureTask<?> errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.cancel(false);
        }
    }

    private static byte[] body(AuditRecord record) {
        return RecordWriter.body(record);
    }
}
