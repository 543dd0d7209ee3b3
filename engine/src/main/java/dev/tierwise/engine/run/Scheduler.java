package dev.tierwise.engine.run;

import dev.tierwise.engine.math.Workers;
import dev.tierwise.engine.model.Batch;
import dev.tierwise.engine.model.LanguageModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Feeds the model, step after step, with the tokens of all tasks that have a place: one of each
/// answer under way, and as much of the waiting prompts as there is room for ("continuous
/// batching", Yu et al. 2022, Orca). One thread of its own.
final class Scheduler implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.tierwise.engine");

    private final LanguageModel model;
    private final Workers workers;
    private final List<Sequence> places = new ArrayList<>();
    private final Queue<Task> waiting = new ArrayDeque<>();
    private final int most;
    private final Batch batch;
    private final Fed[] fed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final AtomicLong tokens = new AtomicLong();
    private volatile boolean closed;
    private final AtomicInteger busy = new AtomicInteger();
    private long now;
    private int turn;

    /// A token of the batch: whose it is, and where in his sequence.
    private static final class Fed {
        private Sequence sequence;
        private int index;
        private int place;

        Fed(Sequence sequence) {
            this.sequence = sequence;
        }
    }

    /// @param most tasks that may wait
    Scheduler(LanguageModel model, Workers workers, List<Sequence> places, Batch batch, int most) {
        this.model = model;
        this.workers = workers;
        this.places.addAll(places);
        this.batch = batch;
        this.most = most;
        this.fed = new Fed[batch.capacity()];
        for (int i = 0; i < fed.length; i++) {
            fed[i] = new Fed(places.getFirst());
        }
    }

    /// Takes a task in.
    ///
    /// @return false when too many wait already or the engine is closed
    boolean submit(Task task) {
        lock.lock();
        try {
            if (closed || waiting.size() >= most) {
                return false;
            }
            waiting.add(task);
            news.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Looks for cancelled tasks at once.
    void wake() {
        lock.lock();
        try {
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing more and ends all tasks.
    void close() {
        closed = true;
        wake();
    }

    int busy() {
        return busy.get();
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// Tokens taken in since the beginning.
    long tokens() {
        return tokens.get();
    }

    @Override
    public void run() {
        try {
            while (admit()) {
                gather();
                if (batch.size() > 0) {
                    model.forward(batch, workers);
                    tokens.addAndGet(batch.size());
                    hand();
                }
            }
        } catch (RuntimeException | Error bug) {
            // whatever it was, nobody may wait for an answer that never comes
            StackTraceElement[] at = bug.getStackTrace();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the engine failed: {0} at {1}",
                    bug.getClass().getName(),
                    at.length == 0 ? "?" : at[0]);
            closed = true;
            endAll(Listener.Why.FAILED, "the engine failed; its log names the place");
        } finally {
            places.forEach(Sequence::close);
        }
    }

    /// Gives free places to waiting tasks and ends cancelled ones; waits while there is nothing to
    /// do.
    ///
    /// @return false when the engine is closed
    private boolean admit() {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    endAll(Listener.Why.CANCELLED, "the model is being unloaded");
                    return false;
                }
                dismiss();
                for (Task next = waiting.peek(); next != null; next = waiting.peek()) {
                    Sequence place = placeFor(next);
                    if (place == null) {
                        break;
                    }
                    waiting.remove();
                    place.begin(next, richest(next, place), ++now);
                    busy.incrementAndGet();
                }
                if (busy.get() > 0) {
                    return true;
                }
                news.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void dismiss() {
        waiting.removeIf(task -> {
            boolean gone = task.cancelled(); // read once: whoever goes is told
            if (gone) {
                task.end(Listener.Why.CANCELLED, "");
            }
            return gone;
        });
        for (Sequence sequence : places) {
            Task task = sequence.task();
            if (task != null && task.cancelled() && !task.done()) {
                task.end(Listener.Why.CANCELLED, "");
            }
            if (task != null && task.done()) {
                sequence.release();
                busy.decrementAndGet();
            }
        }
    }

    /// The free place that knows most of the prompt; among equals the one not used for longest.
    private @Nullable Sequence placeFor(Task task) {
        Sequence best = null;
        for (Sequence sequence : places) {
            if (sequence.task() == null && (best == null || better(sequence, best, task))) {
                best = sequence;
            }
        }
        return best;
    }

    private static boolean better(Sequence one, Sequence other, Task task) {
        int known = one.common(task);
        int knownToOther = other.common(task);
        return known > knownToOther || known == knownToOther && one.used() < other.used();
    }

    /// The place, free or not, that knows most of the prompt.
    private Sequence richest(Task task, Sequence own) {
        Sequence best = own;
        for (Sequence sequence : places) {
            if (sequence.common(task) > best.common(task)) {
                best = sequence;
            }
        }
        return best;
    }

    /// Fills the batch: first one token of each answer under way, then prompts, in turn.
    private void gather() {
        batch.clear();
        for (Sequence sequence : places) {
            if (sequence.task() != null && sequence.pending() == 1) {
                feed(sequence);
            }
        }
        turn++;
        for (int i = 0; i < places.size(); i++) {
            Sequence sequence = places.get((turn + i) % places.size());
            while (sequence.task() != null
                    && sequence.pending() > 0
                    && batch.size() < batch.capacity()) {
                feed(sequence);
            }
        }
    }

    private void feed(Sequence sequence) {
        Task task = sequence.task();
        if (task == null || batch.size() == batch.capacity()) {
            return;
        }
        Fed token = fed[batch.size()];
        token.sequence = sequence;
        token.index = sequence.cache().length();
        token.place =
                batch.add(
                        sequence.cache(),
                        sequence.next(),
                        task.wants(token.index),
                        task.adapter(),
                        task.scale());
    }

    /// Hands the logits of a step to the tasks.
    private void hand() {
        float[] logits = model.logits();
        for (int i = 0; i < batch.size(); i++) {
            Task task = fed[i].sequence.task();
            if (task == null || task.done()) {
                continue;
            }
            task.state(fed[i].sequence, fed[i].index, model.states(), i * model.width());
            if (fed[i].place >= 0) {
                int at = fed[i].place * model.vocabulary();
                task.logits(fed[i].sequence, fed[i].index, logits, at);
            }
        }
    }

    private void endAll(Listener.Why why, String message) {
        for (Sequence sequence : places) {
            Task task = sequence.task();
            if (task != null && !task.done()) {
                task.end(why, message);
            }
            sequence.release();
        }
        busy.set(0);
        lock.lock();
        try {
            waiting.forEach(task -> task.end(why, message));
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }
}
