package dev.tierwise.call.http;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Event;
import dev.tierwise.wire.Read;
import java.util.List;

/// How to speak to an upstream in its dialect. Thread-safe.
sealed interface Talk permits OpenAiTalk, OllamaTalk {
    /// The path behind the endpoint's base.
    String path();

    /// The media type of a streamed answer.
    String streamType();

    /// The body to send for `prompt`.
    Read<Body> request(Prompt prompt, ModelCard card);

    /// The whole answer in `bytes`, in the words of the client's dialect.
    Read<Answer> answer(byte[] bytes, Prompt prompt, ModelCard card);

    /// A reader for one streamed answer.
    Pieces pieces(Prompt prompt, ModelCard card);

    /// Reads a streamed answer piece by piece; one thread at a time.
    interface Pieces {
        /// Takes the next bytes and gives the events they complete, in the client's dialect.
        List<Event> feed(byte[] bytes);

        /// Whether the bytes so far end between two pieces.
        boolean endedWhole();
    }
}
