package dev.tierwise.api;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads the small requests of the gateway's own routes.
final class MessageBody {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private MessageBody() {}

    /// The field `model`; empty where there is none, or no JSON.
    static String model(byte[] body) {
        try {
            return MAPPER.readTree(body).path("model").asString("").strip();
        } catch (JacksonException _) {
            return "";
        }
    }
}
