package dev.tierwise.call.http;

import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Permit;
import dev.tierwise.wire.Read;
import java.time.Duration;
import java.util.Optional;

/// A model reached over HTTP; one try a call. Thread-safe; blocks the calling virtual thread while
/// the bytes move on event loops.
public final class HttpModel implements Model {
    /// How long a permit outlasts the wait for a connection.
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final ModelCard card;
    private final Upstream upstream;

    /// @param card the model
    /// @param upstream the server that has it
    public HttpModel(ModelCard card, Upstream upstream) {
        this.card = card;
        this.upstream = upstream;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public boolean healthy() {
        return true;
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        if (!clearance.allows(card)) {
            return failed(clearance.refusal(card));
        }
        Prompt prompt = clearance.prompt();
        return switch (upstream.talk().request(prompt, card)) {
            case Read.Bad<Body>(Failure.Malformed problem) -> failed(problem);
            case Read.Good<Body>(Body body) -> send(clearance, body, call);
        };
    }

    private Outcome send(Clearance clearance, Body body, Call call) {
        Optional<Permit> permit =
                clearance.permit(
                        body, card, upstream.host(), upstream.limits().connect().plus(SLACK));
        if (permit.isEmpty()) {
            return failed(clearance.refusal(card));
        }
        Prompt prompt = clearance.prompt();
        var journey = new Journey(upstream, call.loop());
        Failure failure = journey.send(new Cargo(body, permit.get()), prompt.stream());
        if (failure != null) {
            return failed(failure);
        }
        if (journey.status() != 200) {
            return failed(Refusal.of(upstream, card, journey));
        }
        return prompt.stream() ? begin(prompt, journey) : whole(prompt, journey);
    }

    private Outcome whole(Prompt prompt, Journey journey) {
        return switch (upstream.talk().answer(journey.body(), prompt, card)) {
            case Read.Good<Answer>(Answer answer) -> new Outcome.Whole(answer);
            case Read.Bad<Answer>(Failure.Malformed problem) ->
                    failed(
                            new Failure.Broken(
                                    upstream.says(problem.message()),
                                    "error".equals(problem.field())
                                            ? Failure.Fault.SERVER_ERROR
                                            : Failure.Fault.GARBLED));
        };
    }

    private Outcome begin(Prompt prompt, Journey journey) {
        if (!journey.streams()) {
            return failed(
                    new Failure.Broken(
                            upstream.says(
                                    "a stream was asked for and `"
                                            + journey.contentType()
                                            + "` came"),
                            Failure.Fault.GARBLED));
        }
        var stream = new HttpStream(journey, prompt, card, upstream);
        Failure failure = stream.awaitFirst();
        return failure == null ? new Outcome.Begun(stream) : failed(failure);
    }

    private static Outcome failed(Failure failure) {
        return new Outcome.Failed(failure);
    }
}
