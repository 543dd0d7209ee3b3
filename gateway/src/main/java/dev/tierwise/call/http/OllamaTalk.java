package dev.tierwise.call.http;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Usage;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.Event;
import dev.tierwise.wire.LineScanner;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.ollama.ChatReader;
import dev.tierwise.wire.ollama.ChatWriter;
import dev.tierwise.wire.openai.AnswerWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ollama's native dialect. Its OpenAI-compatible API has no `num_ctx`, so a prompt longer than the
/// server's default window is cut there without a word; here the window is made to fit.
final class OllamaTalk implements Talk {
    private static final long ROOM_FOR_ANSWER = 1_024;

    private final @Nullable String keepAlive;
    private final Windows windows;

    OllamaTalk(@Nullable String keepAlive, Windows windows) {
        this.keepAlive = keepAlive;
        this.windows = windows;
    }

    @Override
    public String path() {
        return "/api/chat";
    }

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public Read<Body> request(Prompt prompt, ModelCard card) {
        long answer = prompt.maxOutput() > 0 ? prompt.maxOutput() : ROOM_FOR_ANSWER;
        long window = windows.of(card, prompt.estimatedTokens() + answer);
        return ChatWriter.write(prompt, new ChatWriter.Terms(card.remoteName(), window, keepAlive));
    }

    @Override
    public Read<Answer> answer(byte[] bytes, Prompt prompt, ModelCard card) {
        return switch (ChatReader.read(bytes, callId())) {
            case Read.Good<Delta>(Delta delta) ->
                    new Read.Good<>(writer(prompt, card).answer(delta, usage(delta, prompt)));
            case Read.Bad<Delta>(var problem) -> new Read.Bad<>(problem);
        };
    }

    private static Usage usage(Delta delta, Prompt prompt) {
        return delta.usage() != null
                ? delta.usage()
                : new Usage(
                        prompt.estimatedTokens(), 0, Usage.tokensOf(delta.text().length()), true);
    }

    private static AnswerWriter writer(Prompt prompt, ModelCard card) {
        return new AnswerWriter(
                "chatcmpl-" + UUID.randomUUID(),
                System.currentTimeMillis() / 1_000,
                card.name(),
                prompt.usageInStream());
    }

    /// Letters only: digits in a row would look like somebody's number when they come back.
    private static String callId() {
        String hex = UUID.randomUUID().toString();
        var letters = new StringBuilder("call_");
        for (int i = 0; i < 8; i++) {
            char c = hex.charAt(i);
            letters.append(c <= '9' ? (char) (c - '0' + 'g') : c);
        }
        return letters.append('_').toString();
    }

    @Override
    public Pieces pieces(Prompt prompt, ModelCard card) {
        return new Lines(writer(prompt, card));
    }

    private static final class Lines implements Pieces {
        private final LineScanner scanner = LineScanner.lines();
        private final AnswerWriter writer;

        Lines(AnswerWriter writer) {
            this.writer = writer;
        }

        @Override
        public List<Event> feed(byte[] bytes) {
            var events = new ArrayList<Event>(2);
            if (!scanner.feed(bytes)) {
                events.add(garbled("a line of more than 16 MiB"));
                return events;
            }
            for (byte[] line = scanner.next(); line.length > 0; line = scanner.next()) {
                switch (ChatReader.read(line, callId())) {
                    case Read.Good<Delta>(Delta delta) -> {
                        events.add(writer.event(delta));
                        if (!delta.finish().isEmpty()) {
                            events.add(AnswerWriter.done());
                        }
                    }
                    case Read.Bad<Delta>(var problem) ->
                            events.add(
                                    "error".equals(problem.field())
                                            ? failed(Event.Kind.ERROR, problem.message())
                                            : garbled(problem.message()));
                }
            }
            return events;
        }

        @Override
        public boolean endedWhole() {
            return scanner.rest().length == 0;
        }

        private static Event garbled(String what) {
            return failed(Event.Kind.GARBLED, what);
        }

        private static Event failed(Event.Kind kind, String what) {
            return new Event(new Body(new byte[0]), kind, what, null, 0);
        }
    }
}
