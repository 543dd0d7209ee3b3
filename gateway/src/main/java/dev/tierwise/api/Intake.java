package dev.tierwise.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/// Takes in the body of one request, up to a limit and as far as there is room. On the event loop.
final class Intake {
    private static final int FIRST_GUESS = 4 << 10;

    private final long limit;
    private final Room room;
    private final Taker taker;
    private byte[] held = new byte[0];
    private int size;
    private int announced = -1;
    private boolean over;

    /// What becomes of the body; one of these is called, once.
    interface Taker {
        /// All of it is here.
        ///
        /// @param release to be run when the body is no longer needed
        void whole(byte[] body, Runnable release);

        /// It is larger than the limit.
        void tooLarge();

        /// The bodies of other requests fill the memory.
        void noRoom();
    }

    private Intake(long limit, Room room, Taker taker) {
        this.limit = limit;
        this.room = room;
        this.taker = taker;
    }

    /// Reads the body of `request`.
    static void read(HttpServerRequest request, long limit, Room room, Taker taker) {
        var intake = new Intake(limit, room, taker);
        String length = request.getHeader("content-length");
        if (length != null && length.length() < 19) {
            long bytes = Long.parseLong(length);
            if (bytes > limit) {
                taker.tooLarge();
                return;
            }
            intake.announced = (int) Math.min(bytes, Integer.MAX_VALUE - 8);
        }
        request.handler(intake::take);
        request.exceptionHandler(_ -> intake.drop());
        request.endHandler(_ -> intake.end());
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        int wanted = chunk.length();
        if (size + (long) wanted > limit) {
            drop();
            taker.tooLarge();
        } else if (!grow(size + wanted)) {
            drop();
            taker.noRoom();
        } else {
            chunk.getBytes(held, size);
            size += wanted;
        }
    }

    /// Makes the buffer hold `wanted` bytes. It grows with what comes, not with what is announced:
    /// announcing costs a client nothing.
    private boolean grow(int wanted) {
        if (wanted <= held.length) {
            return true;
        }
        int doubled = (int) Math.min(limit, Math.max(FIRST_GUESS, 2L * wanted));
        int target = announced >= wanted ? Math.min(announced, doubled) : doubled;
        if (!room.take(target - held.length)) {
            return false;
        }
        held = Arrays.copyOf(held, target);
        return true;
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        byte[] body = size == held.length ? held : Arrays.copyOf(held, size);
        int taken = held.length;
        held = new byte[0];
        taker.whole(body, () -> room.give(taken));
    }

    private void drop() {
        if (!over) {
            over = true;
            room.give(held.length);
            held = new byte[0];
        }
    }
}
