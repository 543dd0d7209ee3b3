package dev.tierwise.wire.openai;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes and reads this dialect's errors: `{"error":{"message","type","param","code"}}`.
public final class ErrorBody {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ErrorBody() {}

    /// The body that tells `failure`: the upstream's own where it refused the request itself, put
    /// into this dialect where it is of another.
    public static Body of(Failure failure) {
        String message = failure.message();
        if (failure instanceof Failure.Rejected(_, _, Body body)) {
            String foreign = foreignMessage(body.bytes());
            if (foreign == null) {
                return body;
            }
            message = foreign;
        }
        String param = failure instanceof Failure.Malformed(_, String field) ? field : null;
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("message", message);
            json.writeStringProperty("type", type(failure));
            if (param == null) {
                json.writeNullProperty("param");
            } else {
                json.writeStringProperty("param", param);
            }
            json.writeStringProperty("code", failure.code());
            json.writeEndObject();
            json.writeEndObject();
        }
        return new Body(out.toByteArray());
    }

    private static String type(Failure failure) {
        return switch (failure) {
            case Failure.Malformed _,
                    Failure.NotFound _,
                    Failure.TooLarge _,
                    Failure.Vetoed _,
                    Failure.Rejected _,
                    Failure.Abandoned _ ->
                    "invalid_request_error";
            case Failure.Forbidden(_, boolean known) ->
                    known ? "permission_error" : "authentication_error";
            case Failure.Uncleared _ -> "policy_error";
            case Failure.Overloaded _ -> "rate_limit_error";
            case Failure.Unready _ -> "server_error";
            case Failure.Timeout _, Failure.Broken _ -> "upstream_error";
        };
    }

    /// Whether `bytes` are an error of this dialect or of a near relative (`error` as a string, or
    /// `detail`, `message`), fit to be handed on.
    public static boolean isError(byte[] bytes) {
        try (JsonParser json = Json.answer(bytes, 0, bytes.length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean error = false;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                error |= name.equals("error") || name.equals("detail") || name.equals("message");
                json.nextToken();
                json.skipChildren();
            }
            return error;
        } catch (JacksonException _) {
            return false;
        }
    }

    /// What an error says that is not of this dialect; null where its `error` is an object, as it
    /// has to be.
    private static @Nullable String foreignMessage(byte[] bytes) {
        String message = new String(bytes, StandardCharsets.UTF_8);
        try (JsonParser json = Json.answer(bytes, 0, bytes.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (name.equals("error") && token == JsonToken.START_OBJECT) {
                    return null;
                }
                boolean says =
                        name.equals("error") || name.equals("detail") || name.equals("message");
                if (says && token == JsonToken.VALUE_STRING) {
                    message = json.getString();
                }
                json.skipChildren();
            }
        } catch (JacksonException _) {
            return message;
        }
        return message;
    }

    /// The message of an `error` value, which is an object or a string; null where it is null.
    /// Leaves the parser on the value's end.
    static @Nullable String messageOf(JsonParser json, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return token == JsonToken.VALUE_NULL ? null : "an error without a message";
        }
        String message = "an error without a message";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean hit = json.currentName().equals("message");
            if (json.nextToken() == JsonToken.VALUE_STRING && hit) {
                message = json.getString();
            }
            json.skipChildren();
        }
        return message;
    }
}
