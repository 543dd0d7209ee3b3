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
import dev.tierwise.veil.Veil;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model reached over HTTP; one try a call. Thread-safe; blocks the calling virtual thread while
/// the bytes move on event loops.
public final class HttpModel implements Model {
    /// How long a permit outlasts the wait for a connection.
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final Standing LOADED = Standing.of(Standing.Loaded.YES, 0);

    private final ModelCard card;
    private final Upstream upstream;
    private volatile long answered;

    /// @param card the model
    /// @param upstream the server that has it
    public HttpModel(ModelCard card, Upstream upstream) {
        this.card = card;
        this.upstream = upstream;
        this.answered = System.nanoTime() - upstream.kept().toNanos();
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public boolean healthy() {
        return true;
    }

    /// A server that loads models says nothing of it with its answers; what it answered with a
    /// moment ago is there.
    @Override
    public Standing standing() {
        boolean there = System.nanoTime() - answered < upstream.kept().toNanos();
        return there ? LOADED : Standing.UNKNOWN;
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        if (!clearance.allows(card)) {
            return failed(clearance.refusal(card));
        }
        return switch (clearance.veil(card)) {
            case null -> ask(clearance, new Shown(clearance.prompt(), null), call);
            case Veil.Drawn.Over(Veil veil, Body body) ->
                    switch (ChatReader.read(body.bytes())) {
                        case Read.Good<Prompt>(Prompt veiled) ->
                                ask(clearance, new Shown(veiled, veil), call);
                        case Read.Bad<Prompt>(Failure.Malformed problem) -> failed(problem);
                    };
            case Veil.Drawn.Refused _ -> failed(clearance.refusal(card));
        };
    }

    /// What the upstream gets to see.
    ///
    /// @param prompt the prompt, with tokens in it where there is a veil
    /// @param veil lifted from the answer; null for none
    private record Shown(Prompt prompt, @Nullable Veil veil) {
        Answer lifted(Answer answer) {
            return veil == null
                    ? answer
                    : new Answer(veil.lift(answer.body()), answer.usage(), answer.finish());
        }

        Talk.Pieces lifted(Talk.Pieces pieces) {
            return veil == null ? pieces : new VeiledPieces(pieces, veil, prompt);
        }
    }

    private Outcome ask(Clearance clearance, Shown shown, Call call) {
        return switch (upstream.talk().request(shown.prompt, card)) {
            case Read.Bad<Body>(Failure.Malformed problem) -> failed(problem);
            case Read.Good<Body>(Body body) -> send(clearance, shown, body, call);
        };
    }

    private Outcome send(Clearance clearance, Shown shown, Body body, Call call) {
        Optional<Permit> permit =
                clearance.permit(
                        body, card, upstream.host(), upstream.limits().connect().plus(SLACK));
        if (permit.isEmpty()) {
            return failed(clearance.refusal(card));
        }
        var journey = new Journey(upstream, call.loop());
        Failure failure = journey.send(new Cargo(body, permit.get()), shown.prompt.stream());
        if (failure != null) {
            return failed(failure);
        }
        if (journey.status() != 200) {
            return failed(Refusal.of(upstream, card, journey));
        }
        answered = System.nanoTime();
        return shown.prompt.stream() ? begin(shown, journey) : whole(shown, journey);
    }

    private Outcome whole(Shown shown, Journey journey) {
        return switch (upstream.talk().answer(journey.body(), shown.prompt, card)) {
            case Read.Good<Answer>(Answer answer) -> new Outcome.Whole(shown.lifted(answer));
            case Read.Bad<Answer>(Failure.Malformed problem) ->
                    failed(
                            new Failure.Broken(
                                    upstream.says(problem.message()),
                                    "error".equals(problem.field())
                                            ? Failure.Fault.SERVER_ERROR
                                            : Failure.Fault.GARBLED));
        };
    }

    private Outcome begin(Shown shown, Journey journey) {
        if (!journey.streams()) {
            return failed(
                    new Failure.Broken(
                            upstream.says(
                                    "a stream was asked for and `"
                                            + journey.contentType()
                                            + "` came"),
                            Failure.Fault.GARBLED));
        }
        Talk.Pieces pieces = shown.lifted(upstream.talk().pieces(shown.prompt, card));
        var stream = new HttpStream(journey, shown.prompt, upstream, pieces);
        Failure failure = stream.awaitFirst();
        return failure == null ? new Outcome.Begun(stream) : failed(failure);
    }

    private static Outcome failed(Failure failure) {
        return new Outcome.Failed(failure);
    }
}
