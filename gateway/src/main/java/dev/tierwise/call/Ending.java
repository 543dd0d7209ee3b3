package dev.tierwise.call;

import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a streamed answer ended.
///
/// @param failure why it ended early; null when it is whole
/// @param usage tokens spent, as far as they are known
/// @param finish why the model stopped; empty when not said
/// @param firstByte from the try's begin to its first event
public record Ending(@Nullable Failure failure, Usage usage, String finish, Duration firstByte) {}
