package dev.tierwise.fakes;

import java.util.ArrayList;
import java.util.List;

/// A dialect: how chat answers and errors look on the wire. Implementations have no state.
sealed interface Wire permits OpenAiWire, OllamaWire {

    /// The content type of a stream.
    String streamType();

    /// The text of the answer: the script's, or JSON where the request asks for it.
    String text(ChatRequest request, Script script);

    /// The events of a streamed answer.
    Streamed streamed(ChatRequest request, Script script);

    /// The body of a whole answer.
    String whole(ChatRequest request, Script script);

    /// The body of an error.
    String error(Problem problem);

    /// The given JSON, or what should be JSON, as one event of a stream.
    String event(String json);

    /// An error in words.
    ///
    /// @param type the kind of error in OpenAI's words
    /// @param code the exact error in OpenAI's words
    /// @param message for people
    record Problem(String type, String code, String message) {}

    /// Cuts a text into at most `parts` nearly equal pieces, none empty, no character torn apart.
    static List<String> pieces(String text, int parts) {
        int length = text.codePointCount(0, text.length());
        int count = Math.max(1, Math.min(parts, length));
        var pieces = new ArrayList<String>(count);
        int from = 0;
        for (int i = 1; i <= count; i++) {
            int characters = (int) ((long) length * i / count - (long) length * (i - 1) / count);
            int to = text.offsetByCodePoints(from, characters);
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
