package dev.tierwise.config;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key that opens the door, and what requests with it may do.
///
/// @param name shown in ledger and metrics
/// @param key what the client sends
/// @param maxTier the highest tier
/// @param dataClass the least class of their data
/// @param task their task where they name none
/// @param tenant for whom they are
/// @param purposes what they may be for; the first where they name none
/// @param admin whether they may turn the gateway's switches
public record KeySettings(
        String name,
        Secret key,
        Tier maxTier,
        DataClass dataClass,
        @Nullable String task,
        String tenant,
        List<String> purposes,
        boolean admin) {
    public KeySettings {
        purposes = List.copyOf(purposes);
    }
}
