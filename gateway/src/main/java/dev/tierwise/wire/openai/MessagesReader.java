package dev.tierwise.wire.openai;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the `messages` array. Every string that a model would see becomes text of the prompt, tool
/// arguments and names included; images, sound and files are weighed and passed over.
final class MessagesReader {
    private final JsonParser json;
    private final Set<Capability> needs;
    private final List<Prompt.Message> messages = new ArrayList<>();

    MessagesReader(JsonParser json, Set<Capability> needs) {
        this.json = json;
        this.needs = needs;
    }

    List<Prompt.Message> messages() {
        return messages;
    }

    Failure.@Nullable Malformed read() {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return ChatReader.malformed(
                        "`messages[" + messages.size() + "]` must be an object.", "messages");
            }
            Failure.Malformed problem = readMessage();
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private Failure.@Nullable Malformed readMessage() {
        String role = "";
        var content = new ArrayList<Prompt.Content>(2);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (name.equals("role") && token == JsonToken.VALUE_STRING) {
                role = json.getString();
            } else if (name.equals("content") && token == JsonToken.START_ARRAY) {
                readParts(content);
            } else {
                readStrings(content);
            }
        }
        if (role.isEmpty()) {
            return ChatReader.malformed(
                    "`messages[" + messages.size() + "].role` is missing.", "messages");
        }
        messages.add(new Prompt.Message(role, content));
        return null;
    }

    private void readParts(List<Prompt.Content> content) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                readPart(content);
            } else {
                readStrings(content);
            }
        }
    }

    private void readPart(List<Prompt.Content> content) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            Capability media = mediaOf(name);
            if (media != null) {
                long start = json.currentTokenLocation().getByteOffset();
                json.skipChildren();
                json.finishToken();
                long bytes = json.currentLocation().getByteOffset() - start;
                content.add(new Prompt.Content.Media(media, (int) bytes));
                needs.add(media);
            } else if (!name.equals("type")) {
                readStrings(content);
            } else {
                json.skipChildren();
            }
        }
    }

    private static @Nullable Capability mediaOf(String field) {
        return switch (field) {
            case "image_url", "image" -> Capability.VISION;
            case "input_audio" -> Capability.AUDIO;
            case "file" -> Capability.FILES;
            default -> null;
        };
    }

    /// Takes every string of the value at hand, however deep.
    private void readStrings(List<Prompt.Content> content) {
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                content.add(new Prompt.Content.Text(json.getString()));
            }
        } while (depth > 0 && json.nextToken() != null);
    }
}
