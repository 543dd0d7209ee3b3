package dev.tierwise.engine.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Tokens to text as they come: gives a character as soon as all of its bytes are there, and U+FFFD
/// for bytes that can be none. One per answer, for one thread at a time.
public final class TextStream {
    private final Tokenizer tokenizer;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] held = new byte[0];

    TextStream(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// The text that `token` completes; empty while a character is under way, and for control
    /// tokens.
    public String next(int token) {
        return next(tokenizer.bytes(token));
    }

    /// What is left when no token comes any more: U+FFFD for a character that was begun, else
    /// nothing.
    public String end() {
        var out = CharBuffer.allocate(8);
        decoder.decode(ByteBuffer.wrap(held), out, true);
        decoder.flush(out);
        decoder.reset();
        held = new byte[0];
        return out.flip().toString();
    }

    String next(byte[] bytes) {
        var in = ByteBuffer.allocate(held.length + bytes.length).put(held).put(bytes).flip();
        var out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        held = new byte[in.remaining()];
        in.get(held);
        return out.flip().toString();
    }
}
