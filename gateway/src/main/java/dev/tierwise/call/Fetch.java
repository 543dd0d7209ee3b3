package dev.tierwise.call;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/// One small HTTP exchange that carries no prompt: asking a server what it is and which models it
/// has. Blocks its thread, which is meant to be a virtual one; safe for use by many threads.
@FunctionalInterface
public interface Fetch {
    /// Sends `request` and waits for the whole reply, at most for the request's timeout. Never
    /// throws for what a server or the network does. Follows no redirect.
    Reply fetch(Request request);

    /// What to ask.
    ///
    /// @param method such as `GET`
    /// @param uri the absolute address
    /// @param headers sent as they are; may hold a key, so printing a request shows none of them
    /// @param body UTF-8 text; empty for none
    /// @param timeout the longest that the exchange may take, from the connection to the last byte
    record Request(
            String method, URI uri, Map<String, String> headers, String body, Duration timeout) {
        public Request {
            headers = Map.copyOf(headers);
        }

        /// A `GET` without headers.
        public static Request get(URI uri, Duration timeout) {
            return new Request("GET", uri, Map.of(), "", timeout);
        }

        /// A `POST` of JSON.
        public static Request post(URI uri, String json, Duration timeout) {
            return new Request(
                    "POST", uri, Map.of("content-type", "application/json"), json, timeout);
        }

        @Override
        public String toString() {
            return "Request[" + method + " " + uri + "]";
        }
    }

    /// How an exchange ended.
    sealed interface Reply {
        /// The server answered.
        ///
        /// @param status the HTTP status
        /// @param body the UTF-8 text of the body; an implementation may cut it at a megabyte
        record Answered(int status, String body) implements Reply {}

        /// Nothing listens there, or the name is unknown.
        ///
        /// @param message what happened, in a few words
        record Unreachable(String message) implements Reply {}

        /// Something listens but did not answer in time.
        record Silent() implements Reply {}
    }

    /// One exchange over HTTP that carries no prompt and is answered line by line, such as the
    /// progress of a transfer that a server makes for itself. Blocks its thread, which is meant to
    /// be a virtual one; an interrupt ends it. Safe for use by many threads.
    @FunctionalInterface
    interface Lines {
        /// Sends `request` and hands each line of the answer to `taker`, on the calling thread,
        /// until that wants no more. Never throws for what a server or the network does. Follows no
        /// redirect.
        ///
        /// @param request what to ask; its timeout holds for all of it
        /// @param idle the longest wait for the next line
        /// @param taker takes a line without its end; false ends the exchange
        Ended lines(Request request, Duration idle, Predicate<String> taker);

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
}
