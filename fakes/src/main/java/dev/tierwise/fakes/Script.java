package dev.tierwise.fakes;

import java.time.Duration;
import java.util.List;

/// What the fake model says and how fast.
///
/// @param text the answer, where neither a tool is called nor JSON is asked for; `{{message}}` in
///   it or in the arguments of a call stands for what the last message of the request says
/// @param chunks content chunks of a streamed answer; a shorter text comes in fewer
/// @param timing the waits
/// @param toolCalls sent in place of the text when the request offers tools
public record Script(String text, int chunks, Timing timing, List<ToolCall> toolCalls) {
    private static final String MESSAGE = "{{message}}";

    /// The waits of an answer.
    ///
    /// @param firstByte before the head is sent
    /// @param prefill after the head of a stream, before its first event; a whole answer has no
    ///   head to send before it is complete and waits in silence
    /// @param chunk before each further chunk of a stream
    public record Timing(Duration firstByte, Duration prefill, Duration chunk) {
        /// No waits.
        public static final Timing NONE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /// A call of a tool.
    ///
    /// @param name the tool's name
    /// @param arguments a JSON object as text
    public record ToolCall(String name, String arguments) {}

    /// Copies the calls.
    public Script {
        if (chunks < 1) {
            throw new IllegalArgumentException("an answer has at least one chunk, not " + chunks);
        }
        toolCalls = List.copyOf(toolCalls);
    }

    /// Says `text` at once, in eight chunks when streamed.
    public static Script of(String text) {
        return new Script(text, 8, Timing.NONE, List.of());
    }

    /// The same with another text.
    public Script withText(String other) {
        return new Script(other, chunks, timing, toolCalls);
    }

    /// The same in another number of chunks.
    public Script withChunks(int other) {
        return new Script(text, other, timing, toolCalls);
    }

    /// The same with a wait before each further chunk of a stream.
    public Script withChunkDelay(Duration delay) {
        return withTiming(new Timing(timing.firstByte(), timing.prefill(), delay));
    }

    /// The same with a wait before the head.
    public Script withFirstByteDelay(Duration delay) {
        return withTiming(new Timing(delay, timing.prefill(), timing.chunk()));
    }

    /// The same with a wait between the head and the first event.
    public Script withPrefillDelay(Duration delay) {
        return withTiming(new Timing(timing.firstByte(), delay, timing.chunk()));
    }

    /// The same with other waits.
    public Script withTiming(Timing other) {
        return new Script(text, chunks, other, toolCalls);
    }

    /// The same with these calls, sent when the request offers tools.
    public Script withToolCalls(ToolCall... calls) {
        return new Script(text, chunks, timing, List.of(calls));
    }

    /// The same with one call of `name`; `arguments` is a JSON object as text.
    public Script withToolCall(String name, String arguments) {
        return withToolCalls(new ToolCall(name, arguments));
    }

    /// What is said to a request whose last message is `message`.
    Script heard(String message) {
        String quoted = Json.text(message);
        String escaped = quoted.substring(1, quoted.length() - 1);
        return new Script(
                text.replace(MESSAGE, message),
                chunks,
                timing,
                toolCalls.stream()
                        .map(call ->
                                new ToolCall(
                                        call.name(), call.arguments().replace(MESSAGE, escaped)))
                        .toList());
    }
}
