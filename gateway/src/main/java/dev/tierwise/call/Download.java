package dev.tierwise.call;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One large file over HTTP, handed on piece by piece: nothing of it is kept in memory. Blocks its
/// thread; an interrupt ends the transfer at once. Safe for use by many threads. Carries no prompt.
@FunctionalInterface
public interface Download {
    /// Asks for the file and hands its bytes to `receiver`, on the calling thread. Never throws for
    /// what a server or the network does.
    Ended download(Order order, Receiver receiver);

    /// What to get. Redirects are followed, never from `https` to `http`; credentials go to the
    /// first host only.
    ///
    /// @param uri the absolute address
    /// @param headers sent to the first host; may hold a key, so printing an order shows none
    /// @param from the first byte wanted; 0 for all of it
    /// @param validator the entity tag or date of the bytes already here, for `If-Range`; null when
    ///   the file at this address cannot change
    record Order(URI uri, Map<String, String> headers, long from, @Nullable String validator) {
        public Order {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "Order["
                    + uri.getScheme()
                    + "://"
                    + uri.getRawAuthority()
                    + " from "
                    + from
                    + "]";
        }
    }

    /// Takes the bytes.
    interface Receiver {
        /// The server has begun to answer. Returns false to end the transfer here.
        boolean begin(Head head);

        /// The next bytes, to be used before it returns. Returns false to end the transfer here.
        boolean take(ByteBuffer bytes);
    }

    /// What a server says before the first byte.
    ///
    /// @param from the first byte that comes: that of the order, or 0 where the server begins anew
    /// @param total bytes of the whole file; -1 where it does not say
    /// @param validator what to show in `If-Range` later; null where it gives none that can be used
    /// @param linkedTag the entity tag that a redirect announced for the file; null for none
    record Head(long from, long total, @Nullable String validator, @Nullable String linkedTag) {}

    /// How long a server may take.
    ///
    /// @param connect to accept a connection
    /// @param head to begin an answer
    /// @param idle between two pieces
    record Patience(Duration connect, Duration head, Duration idle) {}

    /// How a transfer ended.
    sealed interface Ended {
        /// What happened, in a few words for people; empty where all went well.
        default String says() {
            return switch (this) {
                case Whole _ -> "";
                case Stopped _ -> "it was stopped";
                case Cut(String message) -> message;
                case Unreachable(String host, String message) -> host + ": " + message;
                case Refused(int status, _) -> "the server answers with status " + status;
                case Forbidden(String message) -> message;
            };
        }

        /// The last byte was handed on.
        record Whole() implements Ended {}

        /// The receiver wanted no more.
        record Stopped() implements Ended {}

        /// The answer broke off or stood still; another try may go on from there.
        ///
        /// @param message what happened, in a few words
        record Cut(String message) implements Ended {}

        /// No connection came about.
        ///
        /// @param host which machine was asked
        /// @param message why, in a few words
        record Unreachable(String host, String message) implements Ended {}

        /// The server answered with another status than 200 or 206.
        ///
        /// @param status the HTTP status
        /// @param retryAfter how long it asks to wait; null where it does not
        record Refused(int status, @Nullable Duration retryAfter) implements Ended {}

        /// It cannot be had safely, or not in this way.
        ///
        /// @param message why
        record Forbidden(String message) implements Ended {}
    }
}
