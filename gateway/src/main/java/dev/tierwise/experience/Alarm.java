package dev.tierwise.experience;

import java.time.Instant;

/// Traffic is no longer what it was.
///
/// @param at when that was seen
/// @param what has moved: `scores` or `rate`
/// @param words what was found, for people
public record Alarm(Instant at, String what, String words) {}
