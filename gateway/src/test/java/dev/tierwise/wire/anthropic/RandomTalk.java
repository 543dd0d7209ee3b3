package dev.tierwise.wire.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes valid conversations of this dialect, and says beside it who says what in them.
final class RandomTalk {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Random random;
    private final List<String> said = new ArrayList<>();
    private final ObjectNode request = MAPPER.createObjectNode();
    private final List<String> open = new ArrayList<>();
    private int calls;

    RandomTalk(long seed) {
        random = new Random(seed);
        request.put("model", "auto").put("max_tokens", 1 + random.nextInt(100));
        if (random.nextBoolean()) {
            request.put("system", tell("system", word()));
        }
        ArrayNode messages = request.putArray("messages");
        for (int turns = random.nextInt(4); turns > 0; turns--) {
            user(messages.addObject());
            assistant(messages.addObject());
        }
        user(messages.addObject());
    }

    String request() {
        return request.toString();
    }

    /// Who says what, in order.
    List<String> said() {
        return said;
    }

    private void user(ObjectNode message) {
        message.put("role", "user");
        if (open.isEmpty() && random.nextBoolean()) {
            message.put("content", tell("user", word()));
            return;
        }
        ArrayNode blocks = message.putArray("content");
        for (String id : open) {
            ObjectNode result = blocks.addObject().put("type", "tool_result");
            boolean failed = random.nextInt(3) == 0;
            String word = word();
            result.put("tool_use_id", id).put("is_error", failed);
            if (random.nextBoolean()) {
                result.put("content", word);
            } else {
                result.putArray("content").addObject().put("type", "text").put("text", word);
            }
            tell("tool " + id, failed ? "The tool failed: " + word : word);
        }
        boolean results = !open.isEmpty();
        open.clear();
        for (int i = random.nextInt(3) + (results ? 0 : 1); i > 0; i--) {
            if (random.nextInt(4) == 0) {
                String url = "https://example.org/" + random.nextInt(99);
                ObjectNode source = blocks.addObject().put("type", "image").putObject("source");
                source.put("type", "url").put("url", url);
                tell("user", url);
            } else {
                blocks.addObject().put("type", "text").put("text", tell("user", word()));
            }
        }
    }

    private void assistant(ObjectNode message) {
        message.put("role", "assistant");
        ArrayNode blocks = message.putArray("content");
        if (random.nextBoolean()) {
            blocks.addObject().put("type", "text").put("text", tell("assistant", word()));
        }
        for (int i = random.nextInt(3) + (blocks.isEmpty() ? 1 : 0); i > 0; i--) {
            String id = "t" + calls++;
            ObjectNode use = blocks.addObject().put("type", "tool_use").put("id", id);
            ObjectNode input = use.put("name", "f").putObject("input");
            input.put("a", word()).putArray("b").add(random.nextInt()).addNull();
            open.add(id);
            tell("call " + id, input.toString());
        }
    }

    private String tell(String who, String what) {
        said.add(who + ": " + what);
        return what;
    }

    private String word() {
        String[] pieces = {"a", "ü", "😀", "\"", "\\", "\n", " ", "{", "data:"};
        var word = new StringBuilder("w");
        for (int i = random.nextInt(6); i > 0; i--) {
            word.append(pieces[random.nextInt(pieces.length)]);
        }
        return word.toString();
    }

    /// Who says what in a chat request.
    static List<String> said(JsonNode chat) {
        var said = new ArrayList<String>();
        for (JsonNode message : chat.path("messages")) {
            String role = message.path("role").asString();
            String who =
                    role.equals("tool") ? "tool " + message.path("tool_call_id").asString() : role;
            JsonNode content = message.path("content");
            if (content.isString()) {
                said.add(who + ": " + content.asString());
            }
            if (content.isArray()) {
                for (JsonNode part : content) {
                    said.add(
                            who
                                    + ": "
                                    + (part.has("text")
                                            ? part.path("text").asString()
                                            : part.at("/image_url/url").asString()));
                }
            }
            for (JsonNode call : message.path("tool_calls")) {
                said.add(
                        "call "
                                + call.path("id").asString()
                                + ": "
                                + call.at("/function/arguments").asString());
            }
        }
        return said;
    }
}
