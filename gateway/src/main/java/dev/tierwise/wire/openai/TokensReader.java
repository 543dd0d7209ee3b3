package dev.tierwise.wire.openai;

import dev.tierwise.core.reply.Reply;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the chances of tokens: the `logprobs` of a choice. A character that is split over several
/// tokens counts for the last of them. Keeps [#MOST] and passes over the rest.
final class TokensReader {
    private static final int MOST = 1 << 15;

    /// No token has more bytes that matter.
    private static final int LONGEST = 256;

    private final List<Reply.Token> tokens = new ArrayList<>(0);
    private @Nullable CharsetDecoder decoder;
    private ByteBuffer pending = ByteBuffer.allocate(0);

    List<Reply.Token> tokens() {
        return tokens;
    }

    /// Takes the value at hand; leaves the parser on its end.
    void read(JsonParser json, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean content = json.currentName().equals("content");
            if (json.nextToken() != JsonToken.START_ARRAY || !content) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                token(json);
            }
        }
    }

    private void token(JsonParser json) {
        if (tokens.size() == MOST) {
            json.skipChildren();
            return;
        }
        String text = "";
        double logprob = Double.NEGATIVE_INFINITY;
        boolean bytes = false;
        var others = new Others();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "token" -> text = string(json, value);
                case "logprob" -> logprob = number(json, value);
                case "bytes" -> bytes = bytes(json, value);
                case "top_logprobs" -> others.read(json, value);
                default -> json.skipChildren();
            }
        }
        String said = bytes ? decoded() : text;
        tokens.add(new Reply.Token(said, logprob, others.runnerUp(text)));
    }

    /// Puts the bytes of a token behind those of the last that made no whole character.
    ///
    /// @return whether there are any
    private boolean bytes(JsonParser json, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            json.skipChildren();
            return false;
        }
        if (decoder == null) {
            decoder =
                    StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
            pending = ByteBuffer.allocate(LONGEST + 4);
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken().isNumeric() && pending.position() < LONGEST) {
                pending.put((byte) json.getValueAsInt(0));
            } else {
                json.skipChildren();
            }
        }
        return true;
    }

    /// The whole characters among the bytes at hand.
    private String decoded() {
        CharsetDecoder own = decoder;
        if (own == null) {
            return "";
        }
        var said = CharBuffer.allocate(pending.position() + 1);
        pending.flip();
        own.reset();
        own.decode(pending, said, false);
        pending.compact();
        return said.flip().toString();
    }

    private static String string(JsonParser json, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return "";
    }

    private static double number(JsonParser json, JsonToken token) {
        if (token.isNumeric()) {
            return json.getDoubleValue();
        }
        json.skipChildren();
        return Double.NEGATIVE_INFINITY;
    }

    /// The likeliest tokens in a token's place, among which it may stand itself.
    private static final class Others {
        private final List<String> texts = new ArrayList<>(2);
        private final List<Double> logprobs = new ArrayList<>(2);

        void read(JsonParser json, JsonToken token) {
            if (token != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                String text = "";
                double logprob = Double.NEGATIVE_INFINITY;
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    switch (name) {
                        case "token" -> text = string(json, value);
                        case "logprob" -> logprob = number(json, value);
                        default -> json.skipChildren();
                    }
                }
                texts.add(text);
                logprobs.add(logprob);
            }
        }

        double runnerUp(String own) {
            int self = texts.indexOf(own);
            double best = Double.NaN;
            for (int i = 0; i < texts.size(); i++) {
                double logprob = logprobs.get(i);
                if (i != self && !(logprob <= best)) {
                    best = logprob;
                }
            }
            return best;
        }
    }
}
