package dev.tierwise.fakes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the fake has seen. Safe for use by several threads.
final class Observations {
    private final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger active = new AtomicInteger();
    final AtomicInteger abandoned = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicLong bytesWritten = new AtomicLong();

    /// Whether a request is no request for an answer but a question about models, which a gateway
    /// asks now and then, whatever a test does: none of what is counted here.
    static boolean isLook(String method, String path) {
        return method.equals("GET") || path.equals("/api/show");
    }

    /// Keeps a request.
    void record(Received request) {
        received.add(request);
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
