package dev.tierwise.api;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Requests to the switch and its answers.
final class SwitchJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LONGEST_REASON = 300;

    private SwitchJson() {}

    /// A request to turn it.
    ///
    /// @param on null to ask how it stands
    record Wish(@Nullable Boolean on, String reason) {}

    /// What the body wishes; null when it cannot be read.
    static @Nullable Wish read(byte[] body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            JsonNode on = root.path("on");
            String reason = root.path("reason").asString("");
            boolean known = root.isObject() && (on.isBoolean() || on.isMissingNode());
            return known && reason.length() <= LONGEST_REASON
                    ? new Wish(on.isBoolean() ? on.booleanValue() : null, reason)
                    : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    static Failure unreadable() {
        return new Failure.Malformed(
                "Send {\"on\": true or false, \"reason\": \"…\"}, or {} to ask how it stands; a"
                        + " reason has at most "
                        + LONGEST_REASON
                        + " characters.",
                "on");
    }

    static Failure noAdmin() {
        return new Failure.Forbidden(
                "This needs a key with `admin: true`; without one, use `./tw local-only` on the"
                        + " gateway's machine.",
                true);
    }

    static Body of(Switch state) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("local_only", !state.holders().isEmpty());
        ObjectNode holders = root.putObject("held_by");
        state.holders().forEach(holders::put);
        return new Body(MAPPER.writeValueAsBytes(root));
    }
}
