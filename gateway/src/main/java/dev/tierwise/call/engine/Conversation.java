package dev.tierwise.call.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The messages of a request as templates want them: text in one piece, `developer` as `system`.
final class Conversation {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Conversation() {}

    static List<Map<String, Object>> of(JsonNode messages) {
        var all = new ArrayList<Map<String, Object>>();
        for (JsonNode message : messages) {
            Map<String, Object> plain = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : message.properties()) {
                plain.put(field.getKey(), MAPPER.treeToValue(field.getValue(), Object.class));
            }
            String role = message.path("role").asString("");
            plain.put("role", role.equals("developer") ? "system" : role);
            plain.put("content", text(message.path("content")));
            all.add(plain);
        }
        return all;
    }

    /// What is not text has been vetoed before.
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asString("");
        }
        var text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }
}
