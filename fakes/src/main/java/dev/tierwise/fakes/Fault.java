package dev.tierwise.fakes;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the fake upstream does wrong. "k" is [FaultSettings#afterChunks], the number of content
/// chunks sent before a fault in mid-stream; a whole answer breaks in the middle of its body.
public enum Fault {
    /// Answers well.
    NONE("none"),
    /// Does not listen: open connections are closed, new ones are refused.
    REFUSE("refuse"),
    /// Reads the request and closes the connection without an answer.
    CLOSE("close"),
    /// Status 429 with a `Retry-After` header in seconds.
    TOO_MANY_WITH_RETRY_AFTER("429-with-retry-after"),
    /// Status 429 without a hint when to come back.
    TOO_MANY("429"),
    /// Status 500 with a JSON error.
    SERVER_ERROR("500"),
    /// Status 400, `invalid_request_error`.
    BAD_REQUEST("400"),
    /// Status 401, as for a wrong key.
    UNAUTHORIZED("401"),
    /// Status 404, as for a model that is not there.
    MODEL_NOT_FOUND("404-model"),
    /// Reads the request and never sends a byte.
    HANG_BEFORE_HEAD("hang-before-head"),
    /// Sends the head with status 200, then nothing.
    HANG_BEFORE_FIRST_EVENT("hang-before-first-event"),
    /// Waits [FaultSettings#gap] before each chunk; a whole answer comes in as many pieces.
    SLOW_STREAM("slow-stream"),
    /// Sends k chunks, or half of a whole answer, then nothing.
    HANG_MID_STREAM("hang-mid-stream"),
    /// Closes the TCP connection after k chunks, or after half of the announced Content-Length.
    CUT_MID_STREAM("cut-mid-stream"),
    /// Ends the response in order after k chunks, with no finish reason and no end mark; half of a
    /// whole answer without Content-Length.
    CLEAN_END_WITHOUT_DONE("clean-end-without-done"),
    /// All chunks and the finish reason, then the end of the response without `[DONE]`. Ollama has
    /// both in one line, which is missing. Whole answers are good.
    MISSING_DONE("missing-done"),
    /// An event that is no JSON after k chunks, then the rest; a whole answer is garbage.
    MALFORMED_SSE("malformed-sse"),
    /// An error object after k chunks, then the end of the response; a whole answer is the error
    /// object with status 200.
    ERROR_EVENT("error-event"),
    /// The good answer, labelled `text/plain`.
    WRONG_CONTENT_TYPE("wrong-content-type"),
    /// Status 502 with an HTML page, as from a proxy.
    HTML_ERROR_PAGE("html-error-page"),
    /// Status 200 and no body.
    EMPTY_BODY("empty-body"),
    /// JSON broken off in a response that ends in order (for a whole answer with the right
    /// Content-Length, in a stream after k chunks).
    TRUNCATED_JSON("truncated-json"),
    /// An answer of [FaultSettings#hugeBytes], sent as fast as the client reads.
    HUGE("huge");

    private final String word;

    Fault(String word) {
        this.word = word;
    }

    /// The word for this fault on the command line and at the control endpoint.
    public String word() {
        return word;
    }

    /// The fault with this word, empty when there is none.
    public static Optional<Fault> of(String word) {
        return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
    }

    /// All words, for help texts.
    public static List<String> words() {
        return Arrays.stream(values()).map(Fault::word).toList();
    }
}
