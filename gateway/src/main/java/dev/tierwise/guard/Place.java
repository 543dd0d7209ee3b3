package dev.tierwise.guard;

import dev.tierwise.policy.Zone;

/// Where bytes go.
///
/// @param zone the zone of the policy
/// @param host host and port
record Place(Zone zone, String host) {}
