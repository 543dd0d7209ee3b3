package dev.tierwise.call;

import java.time.Duration;
import java.util.function.Predicate;

/// One exchange over HTTP that carries no prompt and is answered line by line, such as the progress
/// of a transfer that a server makes for itself. Blocks its thread, which is meant to be a virtual
/// one; an interrupt ends it. Safe for use by many threads.
@FunctionalInterface
public interface Lines {
    /// Sends `request` and hands each line of the answer to `taker`, on the calling thread, until
    /// that wants no more. Never throws for what a server or the network does. Follows no redirect.
    ///
    /// @param request what to ask; its timeout holds for all of it
    /// @param idle the longest wait for the next line
    /// @param taker takes a line without its end; false ends the exchange
    Ended lines(Fetch.Request request, Duration idle, Predicate<String> taker);

    /// How it ended.
    sealed interface Ended {
        /// The last line was handed on.
        record Whole() implements Ended {}

        /// The taker wanted no more, or the thread was interrupted, whose flag is then set.
        record Stopped() implements Ended {}

        /// The server answered with another status than 200.
        ///
        /// @param status the HTTP status
        /// @param body the beginning of the body
        record Refused(int status, String body) implements Ended {}

        /// The answer broke off, or a line was longer than any that can be meant.
        ///
        /// @param message what happened, in a few words
        record Cut(String message) implements Ended {}

        /// Nothing listens there, or the name is unknown.
        ///
        /// @param message what happened, in a few words
        record Unreachable(String message) implements Ended {}

        /// Nothing came for too long.
        record Silent() implements Ended {}
    }
}
