package dev.tierwise.fakes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// How one request is answered: decided by [Planner], carried out by [Delivery].
sealed interface Plan {

    /// The connection is closed without an answer.
    record Close() implements Plan {}

    /// Nothing is sent, the connection stays open.
    record Silence() implements Plan {}

    /// What follows once something has ended.
    ///
    /// @param end what is waited for
    /// @param then the plan after it
    record Later(Future<?> end, Supplier<Plan> then) implements Plan {}

    /// Something is sent.
    ///
    /// @param beforeHead the wait before the head
    /// @param status the HTTP status
    /// @param headers the headers; without Content-Length the body is chunked
    /// @param body what follows
    record Send(Duration beforeHead, int status, Map<String, String> headers, Body body)
            implements Plan {
        /// The same plan with another status.
        Send withStatus(int other) {
            return new Send(beforeHead, other, headers, body);
        }

        /// The same plan with one header more.
        Send withHeader(String name, String value) {
            var more = new HashMap<>(headers);
            more.put(name, value);
            return new Send(beforeHead, status, Map.copyOf(more), body);
        }
    }

    /// The body of a response.
    ///
    /// @param before the wait between head and first piece
    /// @param pieces the bytes in the pieces in which they are written; read once
    /// @param gap the wait between two pieces
    /// @param ending what comes after the last piece
    record Body(Duration before, Iterator<Buffer> pieces, Duration gap, Ending ending) {
        /// Pieces of text at once.
        static Body of(List<String> pieces, Ending ending) {
            return of(pieces, Duration.ZERO, ending);
        }

        /// Pieces of text with a wait between them.
        static Body of(List<String> pieces, Duration gap, Ending ending) {
            return new Body(
                    Duration.ZERO, pieces.stream().map(Buffer::buffer).iterator(), gap, ending);
        }

        /// The same body after a wait.
        Body after(Duration wait) {
            return new Body(wait, pieces, gap, ending);
        }
    }

    /// What comes after the last piece.
    enum Ending {
        /// The response ends in order.
        END,
        /// The TCP connection is closed.
        CUT,
        /// Nothing more is sent, the connection stays open.
        HANG
    }
}
