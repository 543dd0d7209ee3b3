package dev.tierwise.wire.openai;

import dev.tierwise.core.Body;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Event;
import dev.tierwise.wire.LineScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads a streamed answer: Server-Sent Events whose data are `chat.completion.chunk` objects,
/// until `[DONE]`. Events keep their bytes. One reader a stream, one thread at a time.
public final class ChunkReader {
    private final LineScanner scanner = LineScanner.events();

    /// Takes the next bytes and gives the events that they complete. An event that is not of the
    /// dialect comes as [Event.Kind#GARBLED]; nothing after it is to be trusted.
    public List<Event> feed(byte[] bytes) {
        var events = new ArrayList<Event>(2);
        if (!scanner.feed(bytes)) {
            events.add(garbled(new byte[0], "an event of more than 16 MiB"));
            return events;
        }
        for (byte[] raw = scanner.next(); raw.length > 0; raw = scanner.next()) {
            events.add(read(raw));
        }
        return events;
    }

    /// Whether the stream ended between two events. A half event at the end means that it was cut.
    public boolean endedWhole() {
        for (byte b : scanner.rest()) {
            if (b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    static Event read(byte[] raw) {
        int from = dataStart(raw);
        if (from < 0) {
            return startsAsField(raw)
                    ? new Event(new Body(raw), Event.Kind.COMMENT, "", null, 0)
                    : garbled(raw, "a line that is not of Server-Sent Events");
        }
        int to = dataEnd(raw, from);
        if (isDone(raw, from, to)) {
            return new Event(new Body(raw), Event.Kind.DONE, "", null, 0);
        }
        var chunk = new Chunk();
        try (JsonParser json = Json.answer(raw, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return garbled(raw, "data that is no JSON object");
            }
            chunk.read(json);
            return chunk.event(raw);
        } catch (JacksonException _) {
            return garbled(raw, "data that is not JSON");
        }
    }

    private static Event garbled(byte[] raw, String what) {
        return new Event(new Body(raw), Event.Kind.GARBLED, what, null, 0);
    }

    /// Where the value of the first `data:` line begins, or -1.
    static int dataStart(byte[] raw) {
        int line = 0;
        while (line < raw.length) {
            if (startsWith(raw, line, "data:")) {
                int at = line + 5;
                return at < raw.length && raw[at] == ' ' ? at + 1 : at;
            }
            while (line < raw.length && raw[line] != '\n' && raw[line] != '\r') {
                line++;
            }
            line++;
        }
        return -1;
    }

    /// Where the value that begins there ends.
    static int dataEnd(byte[] raw, int from) {
        int to = from;
        while (to < raw.length && raw[to] != '\n' && raw[to] != '\r') {
            to++;
        }
        return to;
    }

    /// Whether every line is a comment or one of the fields that the standard names.
    private static boolean startsAsField(byte[] raw) {
        int first = raw.length == 0 ? '\n' : raw[0];
        return first == ':'
                || first == '\n'
                || first == '\r'
                || startsWith(raw, 0, "event")
                || startsWith(raw, 0, "id")
                || startsWith(raw, 0, "retry");
    }

    static boolean isDone(byte[] raw, int from, int to) {
        return to - from >= 6 && startsWith(raw, from, "[DONE]");
    }

    static boolean startsWith(byte[] raw, int at, String word) {
        if (at + word.length() > raw.length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (raw[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// What one chunk says, gathered front to back.
    private static final class Chunk {
        private String finish = "";
        private int contentBytes;
        private int choices;
        private @Nullable Usage usage;
        private @Nullable String error;

        void read(JsonParser json) {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                switch (name) {
                    case "choices" -> readChoices(json, token);
                    case "usage" -> usage = UsageReader.read(json, token);
                    case "error" -> error = ErrorBody.messageOf(json, token);
                    default -> json.skipChildren();
                }
            }
        }

        private void readChoices(JsonParser json, JsonToken token) {
            if (token != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                choices++;
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (name.equals("finish_reason") && value == JsonToken.VALUE_STRING) {
                        finish = json.getString();
                    } else if (name.equals("delta")) {
                        contentBytes += Strings.weigh(json);
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }

        Event event(byte[] raw) {
            if (error != null) {
                return new Event(new Body(raw), Event.Kind.ERROR, error, usage, 0);
            }
            Event.Kind kind = choices == 0 && usage != null ? Event.Kind.USAGE : Event.Kind.CONTENT;
            return new Event(new Body(raw), kind, finish, usage, contentBytes);
        }
    }
}
