package dev.tierwise.call.http;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.wire.openai.ErrorBody;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Makes a failure of an upstream's answer that is not 200.
final class Refusal {
    private Refusal() {}

    static Failure of(Upstream upstream, ModelCard card, Journey journey) {
        int status = journey.status();
        return switch (status) {
            case 401, 403 ->
                    new Failure.Broken(
                            upstream.says(
                                    "it answered "
                                            + status
                                            + "; check the key that tierwise.yaml or the"
                                            + " environment gives for it"),
                            Failure.Fault.CREDENTIALS);
            case 404 ->
                    new Failure.Broken(
                            upstream.says(
                                    "it answered 404; it does not know model `"
                                            + card.remoteName()
                                            + "`, or its base path is wrong"),
                            Failure.Fault.MODEL_MISSING);
            case 429 ->
                    new Failure.Overloaded(
                            upstream.says("it answered 429, too many requests"),
                            retryAfter(journey.header("retry-after"), Instant.now()));
            default -> other(upstream, journey, status);
        };
    }

    private static Failure other(Upstream upstream, Journey journey, int status) {
        if (status == 503 && journey.header("retry-after") != null) {
            return new Failure.Overloaded(
                    upstream.says("it answered 503, busy"),
                    retryAfter(journey.header("retry-after"), Instant.now()));
        }
        if (status >= 400 && status < 500 && ErrorBody.isError(journey.body())) {
            return new Failure.Rejected(
                    upstream.says("it refused the request with " + status),
                    status,
                    new Body(journey.body()));
        }
        String what =
                status < 400
                        ? "it answered " + status + " and redirects are not followed"
                        : "it answered " + status;
        return new Failure.Broken(upstream.says(what), Failure.Fault.SERVER_ERROR);
    }

    /// The pause that `Retry-After` asks for: seconds or an HTTP date (RFC 9110 §10.2.3). Null
    /// where it says nothing that can be read.
    static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Duration.ofSeconds(Math.min(Long.parseLong(text), 86_400));
            }
            var at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        } catch (DateTimeParseException | NumberFormatException _) {
            return null;
        }
    }
}
