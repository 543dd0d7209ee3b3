package dev.tierwise.fakes;

import dev.tierwise.fakes.Plan.Body;
import dev.tierwise.fakes.Plan.Ending;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// An answer of many megabytes, made while it is sent so that it never lies in memory.
///
/// @param bytes the length of its text, rounded up to whole blocks
record HugeAnswer(long bytes) {
    private static final int BLOCK = 16 * 1024;
    private static final String FILLING = "x".repeat(BLOCK);

    /// The plan for the answer that `answer` makes of a script with one block of text.
    Plan.Send plan(Planner planner, Function<Script, Planner.Answer> answer) {
        long blocks = Math.max(1, (bytes + BLOCK - 1) / BLOCK);
        var oneBlock = planner.script().withText(FILLING).withChunks(1).withToolCalls();
        return switch (answer.apply(oneBlock)) {
            case Planner.Answer.Whole whole -> whole(planner, whole.body(), blocks);
            case Planner.Answer.Events events -> events(planner, events.parts(), blocks);
        };
    }

    private static Plan.Send events(Planner planner, Streamed parts, long blocks) {
        var last = Stream.concat(parts.finish().stream(), Stream.of(parts.done()));
        var pieces =
                sequence(
                        List.of(
                                buffers(parts.opening()),
                                repeated(String.join("", parts.content()), blocks),
                                buffers(last.toList())));
        return planner.stream(new Body(Duration.ZERO, pieces, Duration.ZERO, Ending.END));
    }

    /// An answer without the block of text, such as a list of models, stays as it is.
    private static Plan.Send whole(Planner planner, String body, long blocks) {
        int at = body.indexOf(FILLING);
        if (at < 0) {
            return planner.whole(body, Planner.JSON);
        }
        var before = Buffer.buffer(body.substring(0, at));
        var after = Buffer.buffer(body.substring(at + BLOCK));
        var pieces =
                sequence(
                        List.of(
                                Collections.singleton(before).iterator(),
                                repeated(FILLING, blocks),
                                Collections.singleton(after).iterator()));
        long length = before.length() + blocks * BLOCK + after.length();
        return planner.whole(length, Planner.JSON, pieces);
    }

    private static Iterator<Buffer> buffers(List<String> texts) {
        return texts.stream().map(Buffer::buffer).iterator();
    }

    private static Iterator<Buffer> repeated(String text, long times) {
        return LongStream.range(0, times).mapToObj(_ -> Buffer.buffer(text)).iterator();
    }

    /// One iterator after the other; `Stream.concat` would buffer what its iterator reads ahead.
    private static Iterator<Buffer> sequence(List<Iterator<Buffer>> parts) {
        var remaining = parts.iterator();
        return new Iterator<>() {
            private Iterator<Buffer> current = remaining.next();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && remaining.hasNext()) {
                    current = remaining.next();
                }
                return current.hasNext();
            }

            @Override
            public Buffer next() {
                return hasNext() ? current.next() : Collections.<Buffer>emptyIterator().next();
            }
        };
    }
}
