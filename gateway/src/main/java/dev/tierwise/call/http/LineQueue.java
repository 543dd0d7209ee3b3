package dev.tierwise.call.http;

import dev.tierwise.call.Fetch;
import dev.tierwise.call.Fetch.Lines;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The lines of one answer on their way from an event loop to the thread that takes them. One piece
/// at a time is asked for, so that a slow taker slows the server down. For one exchange.
final class LineQueue {
    private static final int OK = 200;
    private static final int LONGEST_LINE = 64 << 10;
    private static final int LONGEST_ERROR = 4 << 10;

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private volatile @Nullable HttpClientRequest request;
    private volatile @Nullable HttpClientResponse response;
    private volatile boolean over;
    private int status;
    private boolean answered;

    private sealed interface Piece {
        record Head(int status) implements Piece {}

        record Bytes(Buffer buffer) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    /// The request is about to be sent; kept, so that it can be cut.
    void sent(HttpClientRequest sent) {
        request = sent;
        if (over) {
            var _ = sent.reset();
        }
    }

    /// The answer begins. Runs on the event loop.
    void begin(HttpClientResponse begun) {
        begun.pause();
        response = begun;
        begun.exceptionHandler(this::broken);
        begun.handler(buffer -> pieces.add(new Piece.Bytes(buffer)));
        begun.endHandler(_ -> pieces.add(new Piece.End()));
        pieces.add(new Piece.Head(begun.statusCode()));
        begun.fetch(1);
    }

    /// It came to nothing.
    void broken(Throwable cause) {
        pieces.add(new Piece.Broken(cause));
    }

    /// Hands the lines to `taker` until the end.
    Lines.Ended handTo(Predicate<String> taker, Fetch.Request asked, Duration idle) {
        long end = System.nanoTime() + asked.timeout().toNanos();
        Lines.Ended ended = null;
        try {
            while (ended == null) {
                long left = Math.min(idle.toNanos(), end - System.nanoTime());
                Piece piece = pieces.poll(Math.max(1, left), TimeUnit.NANOSECONDS);
                ended = piece == null ? new Lines.Ended.Silent() : take(piece, taker);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            ended = new Lines.Ended.Stopped();
        }
        if (!(ended instanceof Lines.Ended.Whole)) {
            cut();
        }
        return ended;
    }

    private void cut() {
        over = true;
        HttpClientRequest open = request;
        if (open != null) {
            var _ = open.reset();
        }
    }

    private Lines.@Nullable Ended take(Piece piece, Predicate<String> taker) {
        return switch (piece) {
            case Piece.Head(int said) -> {
                status = said;
                answered = true;
                yield null;
            }
            case Piece.Bytes(Buffer buffer) -> status == OK ? cutUp(buffer, taker) : error(buffer);
            case Piece.End() -> end(taker);
            case Piece.Broken(Throwable cause) ->
                    answered
                            ? new Lines.Ended.Cut(cause.getClass().getSimpleName())
                            : new Lines.Ended.Unreachable(cause.getClass().getSimpleName());
        };
    }

    private Lines.@Nullable Ended error(Buffer buffer) {
        byte[] bytes = buffer.getBytes();
        begun.write(bytes, 0, Math.min(bytes.length, LONGEST_ERROR - begun.size()));
        if (begun.size() >= LONGEST_ERROR) {
            return new Lines.Ended.Refused(status, text());
        }
        more();
        return null;
    }

    private Lines.@Nullable Ended cutUp(Buffer buffer, Predicate<String> taker) {
        for (byte each : buffer.getBytes()) {
            if (each != '\n') {
                begun.write(each);
            } else if (!hand(taker)) {
                return new Lines.Ended.Stopped();
            }
            if (begun.size() > LONGEST_LINE) {
                return new Lines.Ended.Cut("a line is longer than " + LONGEST_LINE + " bytes");
            }
        }
        more();
        return null;
    }

    private Lines.Ended end(Predicate<String> taker) {
        if (status != OK) {
            return new Lines.Ended.Refused(status, text());
        }
        return begun.size() == 0 || hand(taker)
                ? new Lines.Ended.Whole()
                : new Lines.Ended.Stopped();
    }

    private boolean hand(Predicate<String> taker) {
        String line = text();
        begun.reset();
        return taker.test(line);
    }

    private String text() {
        return begun.toString(StandardCharsets.UTF_8);
    }

    private void more() {
        HttpClientResponse open = response;
        if (open != null) {
            open.fetch(1);
        }
    }
}
