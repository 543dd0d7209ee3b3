package dev.tierwise.api;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may come in, with how much, and how long it may take.
///
/// @param keys the keys; with none, everybody on this machine may come in
/// @param loopback whether the door is on loopback only
/// @param origins browser origins that may call besides those of this machine
/// @param maxBody the most bytes of a request's body
/// @param bodyTimeout how long a client may take to send a request
/// @param heartbeat pause between heartbeats in a silent stream; null for none
public record DoorRules(
        List<Key> keys,
        boolean loopback,
        Set<String> origins,
        long maxBody,
        Duration bodyTimeout,
        @Nullable Duration heartbeat) {
    public DoorRules {
        keys = List.copyOf(keys);
        origins = Set.copyOf(origins);
    }
}
