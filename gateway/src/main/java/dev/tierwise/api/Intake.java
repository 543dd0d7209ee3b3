package dev.tierwise.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Takes in the body of one request, up to a limit. On the event loop.
final class Intake {
    private static final int FIRST_GUESS = 4 << 10;

    private final long limit;
    private final Consumer<byte[]> whole;
    private final Runnable tooLarge;
    private Buffer held;
    private boolean over;

    private Intake(long limit, Consumer<byte[]> whole, Runnable tooLarge) {
        this.limit = limit;
        this.whole = whole;
        this.tooLarge = tooLarge;
        this.held = Buffer.buffer();
    }

    /// Reads the body of `request`.
    ///
    /// @param whole gets all of it
    /// @param tooLarge runs instead when it is larger than `limit`
    static void read(
            HttpServerRequest request, long limit, Consumer<byte[]> whole, Runnable tooLarge) {
        var intake = new Intake(limit, whole, tooLarge);
        String announced = request.getHeader("content-length");
        if (announced != null && announced.length() < 19 && Long.parseLong(announced) > limit) {
            tooLarge.run();
            return;
        }
        request.handler(intake::take);
        request.endHandler(_ -> intake.end());
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        if (held.length() + (long) chunk.length() > limit) {
            over = true;
            held = Buffer.buffer();
            tooLarge.run();
        } else if (held.length() == 0 && chunk.length() >= FIRST_GUESS) {
            held = chunk.copy();
        } else {
            held.appendBuffer(chunk);
        }
    }

    private void end() {
        if (!over) {
            whole.accept(held.getBytes());
        }
    }
}
