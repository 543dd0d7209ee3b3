package dev.tierwise.config;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import org.jspecify.annotations.Nullable;

/// A key that opens the door, and what requests with it may do.
///
/// @param name shown in ledger and metrics
/// @param key what the client sends
/// @param maxTier the highest tier
/// @param dataClass the least class of their data
/// @param task their task where they name none
public record KeySettings(
        String name, Secret key, Tier maxTier, DataClass dataClass, @Nullable String task) {}
