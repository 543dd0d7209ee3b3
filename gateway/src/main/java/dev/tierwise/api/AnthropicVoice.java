package dev.tierwise.api;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.flow.Client;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.anthropic.ErrorBody;
import dev.tierwise.wire.anthropic.EventWriter;
import dev.tierwise.wire.anthropic.MessageWriter;
import org.jspecify.annotations.Nullable;

/// Speaks Anthropic's Messages dialect to one client.
final class AnthropicVoice implements Voice {
    private long promptTokens;
    private @Nullable EventWriter writer;

    @Override
    public String idHeader() {
        return "request-id";
    }

    @Override
    public void expect(Prompt prompt) {
        promptTokens = prompt.estimatedTokens();
    }

    @Override
    public int status(Failure failure) {
        return ErrorBody.status(failure);
    }

    @Override
    public Body error(Failure failure, String requestId) {
        return ErrorBody.of(failure, requestId);
    }

    @Override
    public Body errorEvent(Failure failure, String requestId) {
        return EventWriter.error(ErrorBody.of(failure, requestId));
    }

    @Override
    public Body heartbeat() {
        return EventWriter.ping();
    }

    @Override
    public Read<Body> whole(Answer answer, Client.Heading heading) {
        return MessageWriter.write(answer, heading.requestId(), heading.model());
    }

    @Override
    public Body events(Body events, Client.@Nullable Heading heading) {
        return writer(heading).event(events);
    }

    @Override
    public Read<Body> end(Client.@Nullable Heading heading) {
        EventWriter all = writer(heading);
        Body last = all.end();
        String problem = all.problem();
        return problem == null
                ? new Read.Good<>(last)
                : new Read.Bad<>(new Failure.Malformed(problem, null));
    }

    private EventWriter writer(Client.@Nullable Heading heading) {
        EventWriter now = writer;
        if (now == null) {
            now =
                    new EventWriter(
                            heading == null ? "" : heading.requestId(),
                            heading == null ? "" : heading.model(),
                            promptTokens);
            writer = now;
        }
        return now;
    }
}
