package dev.tierwise.call;

import dev.tierwise.core.Failure;
import dev.tierwise.core.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a streamed answer ended.
///
/// @param failure why it ended early; null when it is whole, or was not wanted to its end
/// @param usage tokens spent, as far as they are known
/// @param finish why the model stopped; empty when not said, as where it was cut
/// @param firstByte from the try's begin to its first event
/// @param held how long it was kept from the client after its first event
public record Ending(
        @Nullable Failure failure, Usage usage, String finish, Duration firstByte, Duration held) {
    /// An ending of an answer that was not held.
    public Ending(@Nullable Failure failure, Usage usage, String finish, Duration firstByte) {
        this(failure, usage, finish, firstByte, Duration.ZERO);
    }

    /// The same after it was held so long.
    public Ending heldFor(Duration time) {
        return new Ending(failure, usage, finish, firstByte, time);
    }
}
