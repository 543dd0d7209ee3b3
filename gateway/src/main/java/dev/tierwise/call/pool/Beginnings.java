package dev.tierwise.call.pool;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which site of a pool has read the beginning of a conversation, and may have it in its prompt
/// cache still. A conversation is known by the beginning that all its turns share: everything up to
/// its first user message. Bounded, in memory only; keeps no word. Thread-safe.
final class Beginnings {
    private static final int MOST = 10_000;

    private final Map<Long, String> seats =
            new LinkedHashMap<>(256, .75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
                    return size() > MOST;
                }
            };

    synchronized @Nullable String seat(long beginning) {
        return seats.get(beginning);
    }

    synchronized void sit(long beginning, String seat) {
        seats.put(beginning, seat);
    }
}
