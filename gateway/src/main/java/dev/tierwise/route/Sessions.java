package dev.tierwise.route;

import dev.tierwise.core.Prompt;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which model answered a conversation last, and how many of its tokens that model has read: they
/// are in its prompt cache, and cost less if it is asked again. Bounded, in memory only; keeps no
/// word. Thread-safe.
final class Sessions {
    private static final int MOST = 10_000;

    private final Map<Long, Seat> seats =
            new LinkedHashMap<>(256, .75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Seat> eldest) {
                    return size() > MOST;
                }
            };

    /// Who has a conversation in its cache.
    ///
    /// @param model its name
    /// @param tokens how many it has read
    record Seat(String model, long tokens) {
        long cached(String other) {
            return model.equals(other) ? tokens : 0;
        }
    }

    synchronized @Nullable Seat of(long conversation) {
        return seats.get(conversation);
    }

    synchronized void sit(long conversation, Seat seat) {
        seats.put(conversation, seat);
    }

    /// What tells one conversation from another: the name that the client gives it, or the key and
    /// the beginning that all its turns share.
    static long conversation(Prompt prompt, String key, @Nullable String named) {
        return named == null ? prompt.beginning(key) : Prompt.fingerprint(key, named);
    }
}
