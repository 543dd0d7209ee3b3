package dev.tierwise.catalogue;

import dev.tierwise.core.Tier;

/// One model of a provider that is worth offering, and where it stands.
///
/// @param facts the model
/// @param tier the tier that it gets
public record Offer(ModelFacts facts, Tier tier) {}
