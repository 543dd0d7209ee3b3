package dev.tierwise.call.engine;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Sink;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.openai.AnswerWriter;
import java.time.Duration;

/// A stream of an answer that was held back until it was whole.
///
/// @param writer writes its events
/// @param answer the whole of it
/// @param usage its tokens
/// @param took how long it took
record ToldStream(AnswerWriter writer, Delta answer, Usage usage, Duration took)
        implements AnswerStream {
    @Override
    public void start(Sink sink, Runnable ended) {
        sink.accept(writer.event(answer).raw());
        sink.accept(AnswerWriter.done().raw());
        ended.run();
    }

    @Override
    public Ending end() {
        return new Ending(null, usage, answer.finish(), took);
    }

    @Override
    public Ending drop() {
        return end(); // it is over already
    }
}
