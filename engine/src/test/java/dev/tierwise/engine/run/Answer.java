package dev.tierwise.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps what a listener is told.
final class Answer implements Listener {
    private final List<Token> tokens = new ArrayList<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final AtomicInteger seen = new AtomicInteger();

    @Override
    public synchronized void token(Token token) {
        tokens.add(token);
        seen.incrementAndGet();
    }

    @Override
    public void end(End how) {
        end.complete(how);
    }

    End end() {
        try {
            return end.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    synchronized List<Integer> ids() {
        return tokens.stream().map(Token::id).toList();
    }

    synchronized List<Token> tokens() {
        return List.copyOf(tokens);
    }

    String text() {
        End how = end();
        var text = new StringBuilder();
        tokens().forEach(token -> text.append(token.text()));
        return text + how.text();
    }

    /// Waits until so many tokens have come.
    boolean has(int count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (seen.get() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return seen.get() >= count;
    }
}
