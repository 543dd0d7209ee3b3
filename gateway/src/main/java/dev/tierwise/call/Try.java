package dev.tierwise.call;

import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import java.time.Duration;
import java.time.Instant;

/// One try that failed.
///
/// @param model the model asked
/// @param at when the try began
/// @param took how long it lasted
/// @param failure why it failed
public record Try(ModelCard model, Instant at, Duration took, Failure failure) {}
