package dev.tierwise.call.aside;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Try;
import dev.tierwise.core.Failure;
import dev.tierwise.guard.Clearance;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Another model that is asked while something else goes on, on a virtual thread of its own. Used
/// by one thread, whose interrupt means that the client left; failed tries are told on that thread.
///
/// To be closed, which cancels what still runs: in a `try` with resources nothing outlives the
/// request.
public final class Beside implements AutoCloseable {
    /// A cancelled ask ends at once; what takes longer is not waited for.
    private static final Duration END = Duration.ofMillis(100);

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Queue<Try> tries = new ConcurrentLinkedQueue<>();
    private final Consumer<Try> told;
    private final Thread thread;
    private boolean taken;

    private Beside(Model model, Clearance clearance, Call call) {
        told = call.failedTries();
        var own = new Call(call.requestId(), call.loop(), tries::add);
        thread = Thread.ofVirtual().unstarted(() -> run(model, clearance, own));
    }

    /// Begins to ask.
    public static Beside ask(Model model, Clearance clearance, Call call) {
        var beside = new Beside(model, clearance, call);
        beside.thread.start();
        return beside;
    }

    private void run(Model model, Clearance clearance, Call call) {
        try {
            outcome.complete(model.ask(clearance, call));
        } catch (RuntimeException | Error bug) {
            outcome.completeExceptionally(bug);
        }
    }

    /// Blocks until the outcome is here. An interrupt cancels it; the outcome is then `Abandoned`
    /// and the thread's interrupt flag is set again.
    public Outcome await() {
        return await(outcome::get).orElseThrow();
    }

    /// The same, at most for `patience`; empty where it is not here by then and still runs.
    public Optional<Outcome> await(Duration patience) {
        return await(() -> outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /// A wait of one kind or the other.
    private interface Waiting {
        Outcome get() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private Optional<Outcome> await(Waiting waiting) {
        try {
            Outcome come = waiting.get();
            taken = true;
            tell();
            return Optional.of(come);
        } catch (TimeoutException _) {
            tell();
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            close();
            return Optional.of(new Outcome.Failed(new Failure.Abandoned("The client left.")));
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a model failed as none should", bug.getCause());
        }
    }

    private void tell() {
        for (Try failed = tries.poll(); failed != null; failed = tries.poll()) {
            told.accept(failed);
        }
    }

    /// Cancels what still runs, and drops a stream that nobody took.
    @Override
    public void close() {
        if (taken) {
            return;
        }
        taken = true;
        thread.interrupt();
        var _ =
                outcome.thenAccept(come -> {
                    if (come instanceof Outcome.Begun(AnswerStream stream)) {
                        stream.drop();
                    }
                });
        boolean left = Thread.interrupted();
        try {
            var _ = thread.join(END);
        } catch (InterruptedException _) {
            left = true;
        }
        if (left) {
            Thread.currentThread().interrupt();
        }
        tell();
    }
}
