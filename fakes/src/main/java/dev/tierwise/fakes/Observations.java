package dev.tierwise.fakes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// What the fake has seen. Safe for use by several threads.
final class Observations {
    private final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger active = new AtomicInteger();
    final AtomicInteger abandoned = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicLong bytesWritten = new AtomicLong();

    /// What a gateway asks a runtime now and then.
    private static final Pattern LOOK =
            Pattern.compile(
                    "GET /(api/(ps|v[01]/models)|models|props|slots|metrics)(\\?.*)?|POST /api/show");

    /// Keeps a request for an answer; questions about models, which a gateway asks now and then,
    /// are none.
    void record(Received request) {
        if (!LOOK.matcher(request.method() + " " + request.path()).matches()) {
            received.add(request);
        }
    }

    /// All requests for answers so far, a copy.
    List<Received> received() {
        return List.copyOf(received);
    }

    /// Forgets the requests and sets the totals to zero; what is active or open stays.
    void forget() {
        received.clear();
        abandoned.set(0);
        bytesWritten.set(0);
    }
}
