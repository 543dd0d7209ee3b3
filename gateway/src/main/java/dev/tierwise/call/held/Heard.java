package dev.tierwise.call.held;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.wire.openai.ReplyReader;

/// What a model has said so far in a streamed answer. Never throws for any bytes, takes time in
/// proportion to them, and keeps no more than [ReplyReader#MOST_CHARACTERS]. Not thread-safe.
public final class Heard {
    private final ReplyReader reader = new ReplyReader();

    /// Nothing yet.
    public Heard() {}

    /// What a whole answer says.
    public static Reply of(Answer answer) {
        return ReplyReader.whole(answer.body().bytes());
    }

    /// Takes the next events, or pieces of events, as a [dev.tierwise.call.Sink] gets them.
    public void take(Body event) {
        reader.feed(event.bytes());
    }

    /// The characters so far: of words, and of names and arguments of calls.
    public int length() {
        return reader.length();
    }

    /// The words so far.
    public String text() {
        return reader.text();
    }

    /// All of it so far.
    public Reply reply() {
        return reader.reply();
    }

    /// Whether the stream came to its own end.
    public boolean ended() {
        return reader.ended();
    }

    /// Whether more was said than is kept: what is here is not the beginning of the whole.
    public boolean overflowed() {
        return reader.overflowed();
    }
}
