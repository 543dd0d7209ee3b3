package dev.tierwise.experience;

import java.time.Instant;

/// A state of what was learned that was kept on disk.
///
/// @param number from 1 on; never given twice
/// @param at when it was kept
/// @param cause why, such as `learned`, `rollback to 7` or `reset`
/// @param examples how many examples had been learned from
/// @param good whether the file can be read; one that cannot is never used
public record Version(long number, Instant at, String cause, long examples, boolean good) {}
