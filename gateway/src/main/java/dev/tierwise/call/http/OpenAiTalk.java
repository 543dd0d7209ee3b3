package dev.tierwise.call.http;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.wire.Event;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.AnswerReader;
import dev.tierwise.wire.openai.ChatWriter;
import dev.tierwise.wire.openai.ChunkReader;
import java.util.List;

/// The same dialect in and out: bytes pass through.
///
/// @param askUsage whether token counts of a stream must be asked for
record OpenAiTalk(boolean askUsage) implements Talk {
    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public Read<Body> request(Prompt prompt, ModelCard card) {
        return new Read.Good<>(ChatWriter.write(prompt, card.remoteName(), askUsage));
    }

    @Override
    public Read<Answer> answer(byte[] bytes, Prompt prompt, ModelCard card) {
        return AnswerReader.read(bytes, prompt.estimatedTokens());
    }

    @Override
    public Pieces pieces(Prompt prompt, ModelCard card) {
        var reader = new ChunkReader();
        return new Pieces() {
            @Override
            public List<Event> feed(byte[] bytes) {
                return reader.feed(bytes);
            }

            @Override
            public boolean endedWhole() {
                return reader.endedWhole();
            }
        };
    }
}
