package dev.tierwise.audit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A record on its way to the disk. Any thread may wait for it, or nobody.
public final class Ticket {
    private final CompletableFuture<Appended> result = new CompletableFuture<>();
    private final @Nullable Writer writer;
    private byte[] body;

    Ticket(@Nullable Writer writer, byte[] body) {
        this.writer = writer;
        this.body = body;
    }

    static Ticket refused(String message) {
        var ticket = new Ticket(null, new byte[0]);
        ticket.settle(new Appended.Refused(message));
        return ticket;
    }

    /// Waits until the record is on disk or refused, `atMost` so long, and has it written at once.
    /// An interrupt ends the wait and is kept.
    public Appended await(Duration atMost) {
        if (!result.isDone() && writer != null) {
            writer.hurry();
        }
        try {
            return result.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return waiting();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return waiting();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a ticket never fails", e);
        }
    }

    /// Calls `then` once, as soon as the record is on disk or refused: in the trail's own thread,
    /// or at once in this one. It must not wait.
    public void whenSettled(Consumer<Appended> then) {
        var _ = result.thenAccept(then);
    }

    /// Whether the record is on disk or refused.
    public boolean settled() {
        return result.isDone();
    }

    byte[] body() {
        return body;
    }

    void settle(Appended end) {
        body = new byte[0];
        result.complete(end);
    }

    private Appended waiting() {
        Appended now = result.getNow(null);
        if (now != null) {
            return now;
        }
        String trouble = writer == null ? null : writer.trouble().orElse(null);
        return new Appended.Waiting(trouble == null ? "the disk is slow" : trouble);
    }
}
