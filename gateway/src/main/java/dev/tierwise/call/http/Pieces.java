package dev.tierwise.call.http;

import dev.tierwise.call.Download.Ended;
import dev.tierwise.call.Download.Receiver;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The body of an answer, asked for piece by piece: no more than one is on its way. What the client
/// delivers on its threads is handed on by the thread that waits.
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told through the subscriber
final class Pieces implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    private final Duration idle;

    /// Holds at most one piece and one end, because one is asked for at a time.
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    Pieces(Duration idle) {
        this.idle = idle;
    }

    private sealed interface Arrival {
        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record End() implements Arrival {}

        record Broken(String message) implements Arrival {}
    }

    /// Hands on all that comes, until the end.
    Ended handTo(Receiver receiver) throws InterruptedException {
        var _ = subscription.thenAccept(source -> source.request(1));
        while (true) {
            Arrival arrival = arrivals.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
            switch (arrival) {
                case null -> {
                    return new Ended.Cut("nothing came for " + idle.toSeconds() + " s");
                }
                case Arrival.Bytes(List<ByteBuffer> buffers) -> {
                    for (ByteBuffer buffer : buffers) {
                        if (!receiver.take(buffer)) {
                            return new Ended.Stopped();
                        }
                    }
                    var _ = subscription.thenAccept(source -> source.request(1));
                }
                case Arrival.End _ -> {
                    return new Ended.Whole();
                }
                case Arrival.Broken(String message) -> {
                    return new Ended.Cut(message);
                }
            }
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrivals.add(new Arrival.Bytes(buffers));
    }

    @Override
    public void onError(Throwable broken) {
        arrivals.add(new Arrival.Broken("the connection broke before the end"));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End());
    }

    /// Ends the connection if anything is left.
    @Override
    public void close() {
        var _ = subscription.thenAccept(Flow.Subscription::cancel);
    }
}
