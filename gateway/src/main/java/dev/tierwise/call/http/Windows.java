package dev.tierwise.call.http;

import dev.tierwise.core.ModelCard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The context windows that the models of one runtime are loaded with. A runtime such as Ollama
/// loads a model anew when a request names another window, so windows are powers of two and only
/// ever grow; whoever loads a model ahead of a request takes the same. Thread-safe.
public final class Windows {
    private static final long SMALLEST = 8_192;

    private final Map<String, Long> windows = new ConcurrentHashMap<>();

    /// The window for a request, in tokens: what it needs or more, within what the model can have.
    ///
    /// @param needed tokens of prompt and answer together; 0 for what the model has now
    public long of(ModelCard card, long needed) {
        return windows.merge(card.remoteName(), fitting(card, needed), Math::max);
    }

    private static long fitting(ModelCard card, long needed) {
        long window = Long.highestOneBit(Math.max(SMALLEST, needed) - 1) << 1;
        return card.context() > 0 ? Math.min(window, card.context()) : window;
    }
}
