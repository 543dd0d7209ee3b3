package dev.tierwise.wire.openai;

import dev.tierwise.core.reply.Reply;
import dev.tierwise.wire.LineScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads what a model says into a [Reply], from a whole answer or from the events of a stream: the
/// words of the first choice, the calls of tools, why it stopped and the chances of its tokens.
/// Never throws for any bytes: what cannot be read is passed over. Takes time in proportion to what
/// comes, and keeps no more than [#MOST_CHARACTERS]. Not thread-safe: one reader an answer.
public final class ReplyReader {
    /// The most characters of words, and of names and arguments of calls, that are kept.
    public static final int MOST_CHARACTERS = 4 << 20;

    private static final int MOST_CALLS = 256;

    private final LineScanner scanner = LineScanner.events();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<Pieces> calls = new ArrayList<>(0);
    private final TokensReader tokens = new TokensReader();
    private String finish = "";
    private int length;
    private boolean ended;
    private boolean overflowed;

    /// A reader that has heard nothing yet.
    public ReplyReader() {}

    /// A call that is being said.
    ///
    /// @param index the place that the model gives it
    /// @param id tells apart calls that have the same place; empty when not said
    private record Pieces(int index, String id, StringBuilder name, StringBuilder arguments) {}

    /// What a whole `chat.completion` says.
    public static Reply whole(byte[] json) {
        var reader = new ReplyReader();
        reader.read(json, 0, json.length);
        return reader.reply();
    }

    /// Takes the next bytes of a stream of `chat.completion.chunk` events, split anyhow.
    public void feed(byte[] bytes) {
        if (overflowed) {
            return;
        }
        if (!scanner.feed(bytes)) {
            overflowed = true;
            return;
        }
        for (byte[] raw = scanner.next(); raw.length > 0; raw = scanner.next()) {
            int from = ChunkReader.dataStart(raw);
            if (from < 0) {
                continue;
            }
            int to = ChunkReader.dataEnd(raw, from);
            if (ChunkReader.isDone(raw, from, to)) {
                ended = true;
            } else {
                read(raw, from, to);
            }
        }
    }

    /// The characters so far: of the words, and of names and arguments of calls.
    public int length() {
        return length;
    }

    /// The words so far; those of a refusal where there are no others.
    public String text() {
        return words.isEmpty() ? refusal.toString() : words.toString();
    }

    /// All that was said so far.
    public Reply reply() {
        List<Reply.Call> said =
                calls.stream()
                        .map(call ->
                                new Reply.Call(call.name.toString(), call.arguments.toString()))
                        .toList();
        return new Reply(text(), finish, said, tokens.tokens());
    }

    /// Whether the mark has come that ends a whole stream.
    public boolean ended() {
        return ended;
    }

    /// Whether more was said than is kept. Nothing is kept from then on.
    public boolean overflowed() {
        return overflowed;
    }

    private void read(byte[] bytes, int from, int to) {
        try (JsonParser json = Json.answer(bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean choices = json.currentName().equals("choices");
                if (json.nextToken() == JsonToken.START_ARRAY && choices) {
                    choices(json);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException _) {
            // the rest of it says nothing
        }
    }

    private void choices(JsonParser json) {
        for (int place = 0; json.nextToken() == JsonToken.START_OBJECT; place++) {
            choice(json, place);
        }
    }

    /// One choice. Only the first is read, as its index tells, or its place where that comes late.
    private void choice(JsonParser json, int place) {
        int index = place;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("index") && value.isNumeric()) {
                index = json.getValueAsInt(place);
            } else if (index != 0) {
                json.skipChildren();
            } else {
                switch (name) {
                    case "finish_reason" -> {
                        if (value == JsonToken.VALUE_STRING) {
                            finish = json.getString();
                        }
                    }
                    case "message", "delta" -> message(json, value);
                    case "logprobs" -> tokens.read(json, value);
                    default -> json.skipChildren();
                }
            }
        }
    }

    private void message(JsonParser json, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "content" -> content(json, value);
                case "refusal" -> append(refusal, string(json, value));
                case "tool_calls" -> calls(json, value);
                case "function_call" -> call(json, value, 0);
                default -> json.skipChildren();
            }
        }
    }

    /// Words, or a list of parts with words in them.
    private void content(JsonParser json, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            append(words, string(json, token));
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                part(json);
            } else {
                append(words, string(json, json.currentToken()));
            }
        }
    }

    private void part(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean text = json.currentName().equals("text");
            JsonToken value = json.nextToken();
            if (text) {
                append(words, string(json, value));
            } else {
                json.skipChildren();
            }
        }
    }

    private void calls(JsonParser json, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (int place = 0; json.nextToken() == JsonToken.START_OBJECT; place++) {
            call(json, JsonToken.START_OBJECT, place);
        }
    }

    /// A call, or a piece of one; name and arguments lie in `function`, in the oldest form of the
    /// API beside it.
    private void call(JsonParser json, JsonToken token, int place) {
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        int index = place;
        String id = "";
        String name = "";
        String arguments = "";
        int depth = 1;
        while (depth > 0) {
            if (json.nextToken() == JsonToken.END_OBJECT) {
                depth--;
                continue;
            }
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "index" -> index = value.isNumeric() ? json.getValueAsInt(place) : place;
                case "id" -> id = string(json, value);
                case "name" -> name = string(json, value);
                case "arguments" -> arguments = string(json, value);
                case "function" -> {
                    if (value == JsonToken.START_OBJECT) {
                        depth++;
                    } else {
                        json.skipChildren();
                    }
                }
                default -> json.skipChildren();
            }
        }
        Pieces call = call(index, id);
        if (call != null) {
            if (!name.contentEquals(call.name)) {
                append(call.name, name);
            }
            append(call.arguments, arguments);
        }
    }

    /// The call that a piece belongs to. Some servers give every call the same place.
    private @Nullable Pieces call(int index, String id) {
        for (int at = calls.size() - 1; at >= 0; at--) {
            Pieces call = calls.get(at);
            if (call.index == index) {
                boolean other = !id.isEmpty() && !call.id.isEmpty() && !id.equals(call.id);
                if (!other) {
                    return call;
                }
                break;
            }
        }
        if (calls.size() == MOST_CALLS) {
            overflowed = true;
            return null;
        }
        var call = new Pieces(index, id, new StringBuilder(), new StringBuilder());
        calls.add(call);
        return call;
    }

    private static String string(JsonParser json, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return "";
    }

    private void append(StringBuilder to, String piece) {
        if (length + piece.length() > MOST_CHARACTERS) {
            overflowed = true;
        } else if (!overflowed) {
            to.append(piece);
            length += piece.length();
        }
    }
}
