package dev.tierwise.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Asks many questions at once, one virtual thread each, and waits no longer than a deadline.
final class Together {
    private Together() {}

    /// The answers, in the order of the questions, without those that came too late.
    static <T> List<T> ask(List<Callable<T>> questions, Deadline deadline) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<T> answers = new ArrayList<>();
            long patience = deadline.left().toNanos();
            for (Future<T> answer : threads.invokeAll(questions, patience, TimeUnit.NANOSECONDS)) {
                add(answer, answers);
            }
            return answers;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            // Not close(), which would wait for a thread that hangs.
            threads.shutdownNow();
        }
    }

    private static <T> void add(Future<T> answer, List<T> answers) throws InterruptedException {
        try {
            answers.add(answer.get());
        } catch (CancellationException tooLate) {
            // The caller sees that the answer is not there.
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a question could not be asked", broken.getCause());
        }
    }
}
