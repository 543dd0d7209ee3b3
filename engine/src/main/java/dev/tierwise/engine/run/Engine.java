package dev.tierwise.engine.run;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.gguf.Metadata;
import dev.tierwise.engine.grammar.Grammar;
import dev.tierwise.engine.grammar.Matcher;
import dev.tierwise.engine.grammar.TokenTrie;
import dev.tierwise.engine.math.Team;
import dev.tierwise.engine.model.Batch;
import dev.tierwise.engine.model.LanguageModel;
import dev.tierwise.engine.model.LoraAdapter;
import dev.tierwise.engine.token.Made;
import dev.tierwise.engine.token.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A language model at work: several requests at once, each of which can be cancelled. Thread-safe.
/// Close it when no request needs it any more; running ones end.
public final class Engine implements AutoCloseable {
    private static final int MOST_WAITING = 1024;

    private final GgufFile file;
    private final LanguageModel model;
    private final Tokenizer tokenizer;
    private final Settings settings;
    private final Team team;
    private final Scheduler scheduler;
    private final Sampler.Scratch scratch;
    private final Chances chances;
    private final Conversations conversations;
    private final Thread thread;
    private final Map<Path, LoraAdapter> adapters = new HashMap<>();
    private @Nullable TokenTrie trie;

    private Engine(GgufFile file, LanguageModel model, Tokenizer tokenizer, Settings settings) {
        this.file = file;
        this.model = model;
        this.tokenizer = tokenizer;
        this.settings = settings;
        this.team = new Team(settings.threads());
        this.scratch = new Sampler.Scratch(model.vocabulary());
        this.chances = new Chances(model.vocabulary());
        this.conversations = new Conversations(file.metadata(), tokenizer);
        var places = new ArrayList<Sequence>();
        for (int i = 0; i < settings.slots(); i++) {
            places.add(new Sequence(model.cache(settings.context())));
        }
        this.scheduler =
                new Scheduler(model, team, places, new Batch(settings.batch()), MOST_WAITING);
        this.thread = Thread.ofPlatform().daemon().name("tierwise-engine").unstarted(scheduler);
        thread.start();
    }

    /// How a model is to work.
    ///
    /// @param threads threads that reckon at once; no more than there are free cores
    /// @param slots requests at once
    /// @param context tokens of prompt and answer together, of each request; never more than the
    ///   model was trained for
    /// @param batch tokens of prompts that are taken in at once
    public record Settings(int threads, int slots, int context, int batch) {
        public Settings {
            if (threads < 1 || slots < 1 || context < 1 || batch < slots) {
                throw new IllegalArgumentException("an engine needs a thread, a slot and room");
            }
        }
    }

    /// What opening came to.
    public sealed interface Opening {
        /// It works.
        ///
        /// @param engine to be closed
        record Ready(Engine engine) implements Opening {}

        /// It does not.
        ///
        /// @param message what is wrong and how to mend it
        record Refused(String message) implements Opening {}
    }

    /// Opens a model's file.
    public static Opening open(Path path, Settings wished) {
        return switch (GgufFile.open(path)) {
            case GgufFile.Opening.Refused(String message, _) -> new Opening.Refused(message);
            case GgufFile.Opening.Open(GgufFile file) -> open(file, wished);
        };
    }

    private static Opening open(GgufFile file, Settings wished) {
        Made made = Tokenizer.of(Vocabularies.of(file.metadata()));
        if (made instanceof Made.Refused(String field, String problem)) {
            file.close();
            return new Opening.Refused(file.path() + " cannot be run: `" + field + "`: " + problem);
        }
        var loading = LanguageModel.load(file, wished.batch(), wished.threads(), wished.context());
        return switch (loading) {
            case LanguageModel.Loading.Refused(String message) -> {
                file.close();
                yield new Opening.Refused(message);
            }
            case LanguageModel.Loading.Ready(LanguageModel model) -> {
                var settings =
                        new Settings(
                                wished.threads(),
                                wished.slots(),
                                Math.min(wished.context(), model.context()),
                                wished.batch());
                Tokenizer tokenizer = ((Made.Ready) made).tokenizer();
                yield new Opening.Ready(new Engine(file, model, tokenizer, settings));
            }
        };
    }

    /// The size of a model's file in bytes, which is about what its weights take; empty when there
    /// is none.
    public static OptionalLong size(Path path) {
        try {
            return OptionalLong.of(Files.size(path));
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    /// What the file says of the model.
    public Metadata metadata() {
        return file.metadata();
    }

    /// Text to the model's tokens and back.
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// How it works.
    public Settings settings() {
        return settings;
    }

    /// Tokens that it knows.
    public int vocabulary() {
        return model.vocabulary();
    }

    /// What became of a conversation.
    public sealed interface Prompted {
        /// It is a prompt.
        ///
        /// @param tokens to be answered
        record Ready(Tokens tokens) implements Prompted {}

        /// It cannot be one.
        ///
        /// @param message why
        record Refused(String message) implements Prompted {}
    }

    /// The prompt of a conversation, by the model's own template.
    ///
    /// @param messages each with `role` and `content` and whatever else the template may ask for:
    ///   maps, lists, texts, numbers, booleans and nulls
    /// @param clock for templates that tell the model the day
    public Prompted prompt(List<Map<String, Object>> messages, Clock clock) {
        return conversations.prompt(messages, clock);
    }

    /// Holds one answer to a grammar.
    public Constraint constraint(Grammar grammar) {
        Matcher matcher = grammar.matcher(trie());
        return new Constraint() {
            @Override
            public long[] allowed() {
                return matcher.allowed();
            }

            @Override
            public void accept(int token) {
                matcher.accept(tokenizer.bytes(token));
            }
        };
    }

    private synchronized TokenTrie trie() {
        if (trie == null) {
            trie = TokenTrie.of(model.vocabulary(), tokenizer::bytes, tokenizer.ends());
        }
        return trie;
    }

    /// A running request.
    public interface Ticket {
        /// Ends it at the next token; its listener is told.
        void cancel();
    }

    /// Begins an answer. `listener` is told its end in any case, at once when it cannot begin.
    public Ticket start(Ask ask, Listener listener) {
        var sampler = new Sampler(ask.sampling(), model.vocabulary(), scratch);
        return start(new Generation(ask, tokenizer, listener, sampler, chances));
    }

    /// Reckons how likely each option is as the answer to `prompt`.
    ///
    /// @param options none of them empty
    public CompletableFuture<Scores> score(Tokens prompt, List<Tokens> options) {
        var result = new CompletableFuture<Scores>();
        start(new Scoring(prompt, options, chances, result));
        return result;
    }

    /// The place of a text among others: `width` numbers of length 1, the mean over its tokens.
    public CompletableFuture<List<Float>> embed(Tokens text) {
        var result = new CompletableFuture<List<Float>>();
        start(new Embedding(text, model.width(), result));
        return result;
    }

    private Ticket start(Task task) {
        String problem = problem(task.prompt());
        if (!problem.isEmpty()) {
            task.end(Listener.Why.FAILED, problem);
        } else if (!scheduler.submit(task)) {
            task.end(Listener.Why.FAILED, "too many requests wait for the model already");
        }
        return () -> {
            task.cancel();
            scheduler.wake();
        };
    }

    private String problem(Tokens prompt) {
        if (prompt.size() == 0) {
            return "the prompt is empty";
        }
        if (prompt.size() >= settings.context()) {
            return "the prompt has "
                    + prompt.size()
                    + " tokens, and prompt and answer together may have "
                    + settings.context();
        }
        for (int i = 0; i < prompt.size(); i++) {
            if (prompt.at(i) < 0 || prompt.at(i) >= model.vocabulary()) {
                return "the model has no token " + prompt.at(i);
            }
        }
        return "";
    }

    /// Opens a change to the model, or finds it open. It is the engine's: nobody else closes it.
    public LoraAdapter.Reading adapter(Path path) {
        synchronized (adapters) {
            LoraAdapter open = adapters.get(path);
            if (open != null) {
                return new LoraAdapter.Reading.Ready(open);
            }
            LoraAdapter.Reading reading = model.adapter(path);
            if (reading instanceof LoraAdapter.Reading.Ready(LoraAdapter adapter)) {
                adapters.put(path, adapter);
            }
            return reading;
        }
    }

    /// What it holds and does.
    ///
    /// @param weightBytes of the weights; the operating system holds what is in use
    /// @param cacheBytes of the slots' keys and values
    /// @param busy slots at work
    /// @param waiting requests without a slot
    /// @param tokens tokens taken in since it was opened
    public record Status(long weightBytes, long cacheBytes, int busy, int waiting, long tokens) {}

    /// What it holds and does now.
    public Status status() {
        return new Status(
                model.weightBytes(),
                model.cacheBytes(settings.context()) * settings.slots(),
                scheduler.busy(),
                scheduler.waiting(),
                scheduler.tokens());
    }

    /// Whether it takes requests: not once it was closed, or an error of the machine ended it.
    public boolean alive() {
        return thread.isAlive();
    }

    /// Ends what is running and gives the memory back.
    @Override
    public void close() {
        scheduler.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        team.close();
        synchronized (adapters) {
            adapters.values().forEach(LoraAdapter::close);
            adapters.clear();
        }
        model.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
