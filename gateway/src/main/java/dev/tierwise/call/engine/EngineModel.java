package dev.tierwise.call.engine;

import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Standing;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Usage;
import dev.tierwise.engine.model.LoraAdapter;
import dev.tierwise.engine.run.Ask;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.engine.run.Listener;
import dev.tierwise.engine.run.Sampling;
import dev.tierwise.engine.run.Tokens;
import dev.tierwise.guard.Clearance;
import dev.tierwise.wire.Delta;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.AnswerWriter;
import dev.tierwise.wire.openai.Wishes;
import dev.tierwise.wire.openai.WishesReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A model that runs in this process. Thread-safe; blocks the calling virtual thread while the
/// engine's threads reckon.
public final class EngineModel implements Model {
    private final ModelCard card;
    private final Path file;
    private final Engine.Settings settings;
    private final Residents residents;
    private final Clock clock;
    private final @Nullable Trust trust;
    private final @Nullable Adapter adapter;

    /// A change to a model, read from a file of its own.
    ///
    /// @param file the adapter's GGUF file
    /// @param scale how much of it is added; 1 for what it was trained with
    public record Adapter(Path file, double scale) {}

    /// @param card the model
    /// @param file its GGUF file
    /// @param settings how it is to work
    /// @param residents the models in memory
    /// @param clock time
    /// @param trust looks at each answer, which is then the likeliest one whatever the request says
    ///   of chance, before it is given; null for a model that answers for itself
    /// @param adapter what changes it in each request; null for the model as it is
    public EngineModel(
            ModelCard card,
            Path file,
            Engine.Settings settings,
            Residents residents,
            Clock clock,
            @Nullable Trust trust,
            @Nullable Adapter adapter) {
        this.card = card;
        this.file = file;
        this.settings = settings;
        this.residents = residents;
        this.clock = clock;
        this.trust = trust;
        this.adapter = adapter;
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
    public Standing standing() {
        var loaded = residents.holds(file) ? Standing.Loaded.YES : Standing.Loaded.NO;
        return Standing.of(loaded, settings.slots());
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        if (!clearance.allows(card)) {
            return failed(clearance.refusal(card));
        }
        Prompt prompt = clearance.prompt();
        return switch (WishesReader.read(prompt)) {
            case Read.Bad<Wishes>(Failure.Malformed problem) -> failed(problem);
            case Read.Good<Wishes>(Wishes wishes) -> ask(prompt, wishes, call);
        };
    }

    private Outcome ask(Prompt prompt, Wishes wishes, Call call) {
        List<Map<String, Object>> messages = Conversation.of(wishes.messages());
        return switch (residents.lend(file, settings)) {
            case Residents.Asked.Refused(String message) ->
                    // an interrupt breaks off the reading of a file as well
                    failed(
                            Thread.currentThread().isInterrupted()
                                    ? new Failure.Abandoned("The client left.")
                                    : new Failure.Unready(message));
            case Residents.Asked.Lent(Engine engine, Runnable release) ->
                    switch (engine.prompt(messages, clock)) {
                        case Engine.Prompted.Refused(String message) -> {
                            release.run();
                            yield failed(new Failure.Malformed(message, "messages"));
                        }
                        case Engine.Prompted.Ready(Tokens tokens) -> {
                            var lent = new Lent(engine, release);
                            yield ask(prompt, wishes, tokens, lent, call);
                        }
                    };
        };
    }

    private record Lent(Engine engine, Runnable release) {}

    private Outcome ask(Prompt prompt, Wishes wishes, Tokens tokens, Lent lent, Call call) {
        Engine engine = lent.engine;
        int room = engine.settings().context() - tokens.size();
        if (room <= 0) {
            lent.release.run();
            return failed(tooLong(tokens.size(), engine.settings().context()));
        }
        return switch (Shapes.constraint(wishes, trust, engine)) {
            case Shapes.Made.Refused(Failure.Malformed problem) -> {
                lent.release.run();
                yield failed(problem);
            }
            case Shapes.Made.Ready ready ->
                    switch (change(engine)) {
                        case LoraAdapter.Reading.Refused(String message) -> {
                            lent.release.run();
                            yield failed(new Failure.Unready(message));
                        }
                        case LoraAdapter.Reading.Ready(LoraAdapter change) ->
                                ask(prompt, wishes, ask(wishes, tokens, ready, change), lent, call);
                        case null ->
                                ask(prompt, wishes, ask(wishes, tokens, ready, null), lent, call);
                    };
        };
    }

    private LoraAdapter.@Nullable Reading change(Engine engine) {
        return adapter == null ? null : engine.adapter(adapter.file);
    }

    private Ask ask(
            Wishes wishes, Tokens tokens, Shapes.Made.Ready shape, @Nullable LoraAdapter change) {
        return new Ask(
                tokens,
                wishes.maxTokens(),
                trust == null ? sampling(wishes.choice()) : Sampling.GREEDY,
                wishes.stop(),
                shape.constraint(),
                change,
                adapter == null ? 0 : (float) adapter.scale,
                wishes.logprobs() ? wishes.topLogprobs() : trust == null ? -1 : 0);
    }

    private Outcome ask(Prompt prompt, Wishes wishes, Ask ask, Lent lent, Call call) {
        Trust own = trust;
        if (own != null) {
            return looked(prompt, wishes, ask, lent, own);
        }
        var chances = new Chances(lent.engine.tokenizer(), wishes.logprobs());
        return prompt.stream()
                ? stream(prompt, ask, lent, chances, call)
                : whole(prompt, ask, lent, chances);
    }

    private Outcome stream(Prompt prompt, Ask ask, Lent lent, Chances chances, Call call) {
        var stream = new EngineStream(call.loop(), writer(prompt), chances, lent.release);
        Failure failure = stream.awaitFirst(lent.engine.start(ask, stream), ask.prompt().size());
        return failure == null ? new Outcome.Begun(stream) : failed(failure);
    }

    private Outcome whole(Prompt prompt, Ask ask, Lent lent, Chances chances) {
        var whole = new WholeAnswer(chances, lent.release);
        return switch (whole.await(lent.engine.start(ask, whole))) {
            case WholeAnswer.Gathered.Failed(Failure failure) -> failed(failure);
            case WholeAnswer.Gathered.Whole(Delta answer, Usage usage) ->
                    new Outcome.Whole(writer(prompt).answer(answer, usage));
        };
    }

    /// An answer that nobody sees before it is trusted.
    private Outcome looked(Prompt prompt, Wishes wishes, Ask ask, Lent lent, Trust own) {
        long begin = System.nanoTime();
        var chances = new Chances(lent.engine.tokenizer(), wishes.logprobs());
        var whole = new WholeAnswer(chances, lent.release);
        return switch (whole.await(lent.engine.start(ask, whole))) {
            case WholeAnswer.Gathered.Failed(Failure failure) -> failed(failure);
            case WholeAnswer.Gathered.Whole(Delta answer, Usage usage) -> {
                Failure objection =
                        own.objection(wishes, answer.text(), whole.logprob(), whole.weakest());
                if (objection != null) {
                    yield failed(objection);
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                yield prompt.stream()
                        ? new Outcome.Begun(new ToldStream(writer(prompt), answer, usage, took))
                        : new Outcome.Whole(writer(prompt).answer(answer, usage));
            }
        };
    }

    private AnswerWriter writer(Prompt prompt) {
        return new AnswerWriter(
                "chatcmpl-" + UUID.randomUUID(),
                clock.instant().getEpochSecond(),
                card.name(),
                prompt.usageInStream());
    }

    private static Sampling sampling(Wishes.Choice choice) {
        Long seed = choice.seed();
        return new Sampling(
                choice.temperature(),
                choice.topK(),
                choice.topP(),
                choice.minP(),
                choice.frequencyPenalty(),
                choice.presencePenalty(),
                choice.bias(),
                seed == null ? ThreadLocalRandom.current().nextLong() : seed);
    }

    private Failure tooLong(int tokens, int context) {
        return new Failure.Vetoed(
                "The prompt has "
                        + tokens
                        + " tokens, and with its answer `"
                        + card.name()
                        + "` takes "
                        + context
                        + " (`engine.context`).",
                "context_length_exceeded");
    }

    static Usage usage(Listener.End end) {
        Listener.Counts counts = end.counts();
        return new Usage(counts.prompt(), counts.cached(), counts.generated(), false);
    }

    static Failure failure(Listener.End end) {
        return end.why() == Listener.Why.CANCELLED
                ? new Failure.Abandoned(
                        end.message().isEmpty() ? "The client left." : end.message() + ".")
                : new Failure.Broken(
                        "The built-in engine: " + end.message() + ".", Failure.Fault.SERVER_ERROR);
    }

    static Outcome failed(Failure failure) {
        return new Outcome.Failed(failure);
    }
}
