package dev.tierwise.core;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a request has no answer. Every case carries what its reader needs to mend it; none carries
/// words of a prompt, except [Rejected], which hands an upstream's own complaint back to the client
/// whose request caused it.
public sealed interface Failure {
    /// What went wrong and how to mend it, in a sentence or two for the user.
    String message();

    /// The HTTP status that tells it.
    default int status() {
        return switch (this) {
            case Malformed _ -> 400;
            case Forbidden(_, boolean known) -> known ? 403 : 401;
            case NotFound _ -> 404;
            case TooLarge _ -> 413;
            case Vetoed _ -> 400;
            case Unready _, Uncleared _ -> 503;
            case Overloaded _ -> 429;
            case Timeout(_, Phase phase) -> phase == Phase.QUEUE ? 429 : 504;
            case Broken(_, Fault fault) -> fault == Fault.BREAKER_OPEN ? 503 : 502;
            case Rejected(_, int status, _) -> status;
            case Abandoned _ -> 499;
        };
    }

    /// The stable word for it, as in the `code` of an error body and in the ledger.
    default String code() {
        return switch (this) {
            case Malformed _ -> "invalid_request";
            case Forbidden(_, boolean known) -> known ? "forbidden" : "invalid_api_key";
            case NotFound(_, String code) -> code;
            case TooLarge _ -> "request_too_large";
            case Vetoed(_, String code) -> code;
            case Unready _ -> "not_ready";
            case Uncleared _ -> "policy_violation";
            case Overloaded _ -> "rate_limit_exceeded";
            case Timeout(_, Phase phase) ->
                    "upstream_timeout_" + phase.name().toLowerCase(Locale.ROOT);
            case Broken(_, Fault fault) -> "upstream_" + fault.name().toLowerCase(Locale.ROOT);
            case Rejected _ -> "upstream_rejected";
            case Abandoned _ -> "client_closed_request";
        };
    }

    /// The client sent something that cannot be read or used.
    ///
    /// @param message what is wrong and what to send instead
    /// @param field the field that is wrong, if it is one
    record Malformed(String message, @Nullable String field) implements Failure {}

    /// The caller may not do this.
    ///
    /// @param message what was forbidden, by what, and who may change it
    /// @param known whether the caller proved who he is
    record Forbidden(String message, boolean known) implements Failure {}

    /// No such model or route.
    ///
    /// @param message what was not found and what is near
    /// @param code the OpenAI error code, such as `model_not_found`
    record NotFound(String message, String code) implements Failure {}

    /// The request is larger than the gateway takes.
    ///
    /// @param message the limit and the key that sets it
    record TooLarge(String message) implements Failure {}

    /// No model may and can answer this request.
    ///
    /// @param message each veto
    /// @param code the OpenAI error code of the commonest veto, such as `context_length_exceeded`
    record Vetoed(String message, String code) implements Failure {}

    /// The gateway itself cannot take the request now.
    ///
    /// @param message what is missing or full, and what to do
    record Unready(String message) implements Failure {}

    /// The policy lets nobody see the request who could answer it now. Its data stayed here.
    ///
    /// @param message which rule of the policy, and what it kept the request from
    /// @param rule the rule's name
    record Uncleared(String message, String rule) implements Failure {}

    /// The upstream is busy, or asked for fewer requests.
    ///
    /// @param message which upstream and what it said
    /// @param retryAfter how long it asked to wait, if it did
    record Overloaded(String message, @Nullable Duration retryAfter) implements Failure {}

    /// The upstream took too long.
    ///
    /// @param message which upstream, which phase, and the key that sets the limit
    /// @param phase what was waited for
    record Timeout(String message, Phase phase) implements Failure {}

    /// The upstream could not be reached, broke off, or answered with an error of its own.
    ///
    /// @param message which upstream and what happened
    /// @param kind what kind of fault
    record Broken(String message, Fault kind) implements Failure {}

    /// The upstream refused this very request; another try cannot help.
    ///
    /// @param message which upstream and its status
    /// @param status the upstream's HTTP status, 400..499
    /// @param body the upstream's own error body, JSON
    record Rejected(String message, int status, Body body) implements Failure {}

    /// The client went away.
    ///
    /// @param message the plain fact
    record Abandoned(String message) implements Failure {}

    /// What an upstream was waited for.
    enum Phase {
        /// A free slot below the upstream's limit.
        QUEUE,
        /// The connection.
        CONNECT,
        /// The first byte of the answer.
        FIRST_BYTE,
        /// The next byte of the answer.
        IDLE,
        /// The whole answer.
        TOTAL
    }

    /// How an upstream broke.
    enum Fault {
        /// No connection.
        REFUSED,
        /// A status of 500 or above.
        SERVER_ERROR,
        /// The credentials of the gateway are not accepted.
        CREDENTIALS,
        /// The upstream does not know the model.
        MODEL_MISSING,
        /// The connection ended before the answer did.
        CUT,
        /// The answer is not what the dialect says.
        GARBLED,
        /// The breaker is open after repeated failures.
        BREAKER_OPEN
    }
}
