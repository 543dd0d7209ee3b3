package dev.tierwise.fakes;

import dev.tierwise.fakes.Plan.Body;
import dev.tierwise.fakes.Plan.Ending;
import dev.tierwise.fakes.Plan.Send;
import dev.tierwise.fakes.Wire.Problem;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Turns a good answer and a fault into a plan. Pure.
///
/// @param fault what goes wrong
/// @param settings the figures of the fault
/// @param script what the model says, for its waits and for an answer of another length
/// @param wire the dialect of errors and events
record Planner(Fault fault, FaultSettings settings, Script script, Wire wire) {
    static final String JSON = "application/json";

    /// The good answer, before the fault.
    sealed interface Answer {
        /// A body that is complete.
        record Whole(String body) implements Answer {}

        /// Events one after the other.
        record Events(Streamed parts) implements Answer {}
    }

    /// The plan for what `answer` makes of a script.
    Plan plan(Function<Script, Answer> answer) {
        return switch (fault) {
            case REFUSE, CLOSE -> new Plan.Close();
            case HANG_BEFORE_HEAD -> new Plan.Silence();
            case TOO_MANY_WITH_RETRY_AFTER ->
                    error(429).withHeader("retry-after", "" + settings.retryAfter().toSeconds());
            case TOO_MANY -> error(429);
            case SERVER_ERROR -> error(500);
            case BAD_REQUEST -> error(400);
            case UNAUTHORIZED -> error(401);
            case MODEL_NOT_FOUND -> error(404);
            case HTML_ERROR_PAGE ->
                    whole("<html><body><h1>502 Bad Gateway</h1></body></html>\n", "text/html")
                            .withStatus(502);
            case EMPTY_BODY -> whole("", JSON);
            case HUGE -> new HugeAnswer(settings.hugeBytes()).plan(this, answer);
            case WRONG_CONTENT_TYPE -> good(answer).withHeader("content-type", "text/plain");
            case NONE,
                    HANG_BEFORE_FIRST_EVENT,
                    SLOW_STREAM,
                    HANG_MID_STREAM,
                    CUT_MID_STREAM,
                    CLEAN_END_WITHOUT_DONE,
                    MISSING_DONE,
                    MALFORMED_SSE,
                    ERROR_EVENT,
                    TRUNCATED_JSON ->
                    good(answer);
        };
    }

    private Send good(Function<Script, Answer> answer) {
        return switch (answer.apply(script)) {
            case Answer.Whole whole -> whole(whole.body());
            case Answer.Events events -> stream(broken(events.parts()));
        };
    }

    /// A head for events, then `body` after the script's waits.
    Send stream(Body body) {
        var timing = script.timing();
        var headers =
                Map.of(
                        "content-type", wire.streamType(),
                        "cache-control", "no-cache",
                        "x-request-id", "req_fake");
        return new Send(timing.firstByte(), 200, headers, body.after(timing.prefill()));
    }

    private Body broken(Streamed parts) {
        int sent = Math.clamp(settings.afterChunks(), 0, parts.content().size() - 1);
        var first = join(parts.opening(), parts.content().subList(0, sent));
        var rest = parts.content().subList(sent, parts.content().size());
        var end = join(parts.finish(), List.of(parts.done()));
        return switch (fault) {
            case HANG_BEFORE_FIRST_EVENT -> Body.of(List.of(), Ending.HANG);
            case SLOW_STREAM -> Body.of(join(first, rest, end), settings.gap(), Ending.END);
            case HANG_MID_STREAM -> paced(first, Ending.HANG);
            case CUT_MID_STREAM -> paced(first, Ending.CUT);
            case CLEAN_END_WITHOUT_DONE -> paced(first, Ending.END);
            case MISSING_DONE -> paced(join(first, rest, parts.finish()), Ending.END);
            case MALFORMED_SSE ->
                    paced(
                            join(first, List.of(wire.event("{\"id\": garbage]")), rest, end),
                            Ending.END);
            case ERROR_EVENT ->
                    paced(join(first, List.of(wire.event(wire.error(problem(500))))), Ending.END);
            case TRUNCATED_JSON -> paced(join(first, List.of(half(rest.getFirst()))), Ending.END);
            case NONE, WRONG_CONTENT_TYPE -> paced(join(first, rest, end), Ending.END);
            case REFUSE,
                    CLOSE,
                    TOO_MANY_WITH_RETRY_AFTER,
                    TOO_MANY,
                    SERVER_ERROR,
                    BAD_REQUEST,
                    UNAUTHORIZED,
                    MODEL_NOT_FOUND,
                    HANG_BEFORE_HEAD,
                    HTML_ERROR_PAGE,
                    EMPTY_BODY,
                    HUGE ->
                    throw new IllegalStateException(fault + " does not break a stream");
        };
    }

    private Body paced(List<String> events, Ending ending) {
        return Body.of(events, script.timing().chunk(), ending);
    }

    /// A whole answer; only half of it, something else or slowly where the fault says so.
    private Send whole(String body) {
        var good = whole(body, JSON);
        return switch (fault) {
            case HANG_BEFORE_FIRST_EVENT -> with(good, Body.of(List.of(), Ending.HANG));
            case HANG_MID_STREAM -> with(good, Body.of(List.of(half(body)), Ending.HANG));
            case CUT_MID_STREAM -> with(good, Body.of(List.of(half(body)), Ending.CUT));
            case SLOW_STREAM -> {
                var pieces = Wire.pieces(body, script.chunks());
                yield with(good, Body.of(pieces, settings.gap(), Ending.END));
            }
            case CLEAN_END_WITHOUT_DONE ->
                    new Send(
                            good.beforeHead(),
                            200,
                            Map.of("content-type", JSON),
                            Body.of(List.of(half(body)), Ending.END));
            case MALFORMED_SSE -> whole("{\"id\": garbage]", JSON);
            case ERROR_EVENT -> whole(wire.error(problem(500)), JSON);
            case TRUNCATED_JSON -> whole(half(body), JSON);
            case NONE,
                    MISSING_DONE,
                    WRONG_CONTENT_TYPE,
                    REFUSE,
                    CLOSE,
                    TOO_MANY_WITH_RETRY_AFTER,
                    TOO_MANY,
                    SERVER_ERROR,
                    BAD_REQUEST,
                    UNAUTHORIZED,
                    MODEL_NOT_FOUND,
                    HANG_BEFORE_HEAD,
                    HTML_ERROR_PAGE,
                    EMPTY_BODY,
                    HUGE ->
                    good;
        };
    }

    /// A complete body with its length.
    Send whole(String body, String type) {
        var bytes = Buffer.buffer(body);
        return whole(bytes.length(), type, Collections.singleton(bytes).iterator());
    }

    /// A complete body with its length, in pieces.
    Send whole(long length, String type, Iterator<Buffer> pieces) {
        var headers =
                Map.of(
                        "content-type",
                        type,
                        "content-length",
                        "" + length,
                        "x-request-id",
                        "req_fake");
        var timing = script.timing();
        return new Send(
                timing.firstByte().plus(timing.prefill()),
                200,
                headers,
                new Body(Duration.ZERO, pieces, Duration.ZERO, Ending.END));
    }

    private Send error(int status) {
        return whole(wire.error(problem(status)), JSON).withStatus(status);
    }

    private static Send with(Send send, Body body) {
        return new Send(send.beforeHead(), send.status(), send.headers(), body);
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 400 -> new Problem("invalid_request_error", "invalid_value", "Invalid value.");
            case 401 ->
                    new Problem(
                            "invalid_request_error",
                            "invalid_api_key",
                            "Incorrect API key provided.");
            case 404 ->
                    new Problem(
                            "invalid_request_error",
                            "model_not_found",
                            "The model does not exist or you do not have access to it.");
            case 429 ->
                    new Problem(
                            "requests", "rate_limit_exceeded", "Rate limit reached, slow down.");
            default -> new Problem("server_error", "internal_error", "The server had an error.");
        };
    }

    private static String half(String text) {
        return text.substring(
                0, text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2));
    }

    @SafeVarargs
    private static List<String> join(List<String>... parts) {
        var all = new ArrayList<String>();
        for (var part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
