package dev.tierwise.wire.anthropic;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes this dialect's errors: `{"type":"error","error":{"type","message"},"request_id"}`, and
/// says which HTTP status each has.
public final class ErrorBody {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int OVERLOADED = 529;
    private static final int MOST_FOREIGN = 2_000;

    private ErrorBody() {}

    /// The HTTP status that tells `failure`: that of the OpenAI dialect, except where the gateway
    /// or an upstream has no place now, for which this dialect has a status of its own.
    public static int status(Failure failure) {
        return switch (failure) {
            case Failure.Unready _ -> OVERLOADED;
            case Failure.Timeout(_, Failure.Phase phase) when phase == Failure.Phase.QUEUE ->
                    OVERLOADED;
            case Failure.Broken(_, Failure.Fault fault) when fault == Failure.Fault.BREAKER_OPEN ->
                    OVERLOADED;
            default -> failure.status();
        };
    }

    /// The body that tells `failure`.
    public static Body of(Failure failure, String requestId) {
        return of(type(failure), message(failure), requestId);
    }

    /// The body that tells that a path does not take a method.
    public static Body of(String type, String message, String requestId) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "error");
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("type", type);
            json.writeStringProperty("message", message);
            json.writeEndObject();
            json.writeStringProperty("request_id", requestId);
            json.writeEndObject();
        }
        return new Body(out.toByteArray());
    }

    private static String type(Failure failure) {
        return switch (status(failure)) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case OVERLOADED -> "overloaded_error";
            default -> status(failure) < 500 ? "invalid_request_error" : "api_error";
        };
    }

    /// Clients make a conversation shorter when they read that the prompt is too long, in
    /// Anthropic's words.
    private static String message(Failure failure) {
        return switch (failure) {
            case Failure.Vetoed(String message, String code)
                    when code.equals("context_length_exceeded") ->
                    "prompt is too long: " + message;
            case Failure.Rejected(_, _, Body body) -> foreign(body.bytes());
            default -> failure.message();
        };
    }

    /// What an upstream's own error says.
    private static String foreign(byte[] bytes) {
        try {
            JsonNode root = MAPPER.readTree(bytes);
            JsonNode error = root.path("error");
            for (JsonNode said :
                    new JsonNode[] {
                        error.path("message"), error, root.path("message"), root.path("detail")
                    }) {
                if (said.isString()) {
                    return said.asString();
                }
            }
        } catch (JacksonException _) {
            // as it is
        }
        String all = new String(bytes, StandardCharsets.UTF_8);
        return all.length() > MOST_FOREIGN ? all.substring(0, MOST_FOREIGN) + "…" : all;
    }
}
