package dev.tierwise.wire;

import dev.tierwise.core.Body;
import dev.tierwise.core.Usage;
import org.jspecify.annotations.Nullable;

/// One piece of a streamed answer, ready to be sent on as it is.
///
/// @param raw the bytes of the whole event, its blank line included
/// @param kind what it carries
/// @param finish why the model stopped, where this event says so; else empty
/// @param usage token counts, where this event has them
/// @param contentBytes bytes of answer text and tool arguments in it, for estimates
public record Event(Body raw, Kind kind, String finish, @Nullable Usage usage, int contentBytes) {
    /// What an event carries.
    public enum Kind {
        /// A part of the answer.
        CONTENT,
        /// Token counts and nothing else.
        USAGE,
        /// The mark that the answer is whole.
        DONE,
        /// The upstream's word that it failed; `finish` holds its message.
        ERROR,
        /// A comment or an event without data.
        COMMENT,
        /// Something that is not of the dialect; `finish` says what.
        GARBLED
    }
}
