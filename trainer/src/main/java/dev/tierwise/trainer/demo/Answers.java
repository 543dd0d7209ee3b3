package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Form;
import dev.tierwise.engine.demo.Gate;
import dev.tierwise.engine.run.Ask;
import dev.tierwise.engine.run.Constraint;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.engine.run.Listener;
import dev.tierwise.engine.run.Sampling;
import dev.tierwise.engine.run.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Asks the finished file through the built-in engine, just as the product does.
final class Answers implements AutoCloseable {
    private static final int MOST = 80;
    private static final int AT_ONCE = 32; // the engine lets no more than a few hundred wait
    private final Engine engine;

    Answers(Path model) throws IOException {
        engine =
                switch (Engine.open(model, new Engine.Settings(1, 8, 1024, 256))) {
                    case Engine.Opening.Ready(Engine ready) -> ready;
                    case Engine.Opening.Refused(String message) -> throw new IOException(message);
                };
    }

    /// The model's answers, in order.
    List<Gate.Evidence> to(List<Example> examples) {
        var answers = new ArrayList<Gate.Evidence>(examples.size());
        for (int from = 0; from < examples.size(); from += AT_ONCE) {
            List<Example> some = examples.subList(from, Math.min(examples.size(), from + AT_ONCE));
            var waiting = some.stream().map(this::to).toList();
            waiting.forEach(answer -> answers.add(answer.join()));
        }
        return answers;
    }

    private CompletableFuture<Gate.Evidence> to(Example example) {
        var done = new CompletableFuture<Gate.Evidence>();
        var messages = new ArrayList<Map<String, Object>>();
        if (!example.system().isEmpty()) {
            messages.add(Map.of("role", "system", "content", example.system()));
        }
        messages.add(Map.of("role", "user", "content", example.user()));
        Tokens prompt =
                switch (engine.prompt(messages, Clock.systemUTC())) {
                    case Engine.Prompted.Ready(Tokens tokens) -> tokens;
                    case Engine.Prompted.Refused(String message) ->
                            throw new IllegalArgumentException(message);
                };
        Constraint form = Form.of(example.user()).map(engine::constraint).orElse(null);
        var ask = new Ask(prompt, MOST, Sampling.GREEDY, List.of(), form, null, 0, 0);
        engine.start(ask, new Collector(example, done));
        return done;
    }

    private static final class Collector implements Listener {
        private final Example example;
        private final CompletableFuture<Gate.Evidence> done;
        private final StringBuilder text = new StringBuilder();
        private final List<Double> logprobs = new ArrayList<>();

        Collector(Example example, CompletableFuture<Gate.Evidence> done) {
            this.example = example;
            this.done = done;
        }

        @Override
        public void token(Token token) {
            text.append(token.text());
            logprobs.add(token.logprob());
        }

        @Override
        public void end(End end) {
            if (end.why() == Why.FAILED) {
                done.completeExceptionally(new IllegalStateException(end.message()));
                return;
            }
            text.append(end.text());
            double sum = logprobs.stream().mapToDouble(Double::doubleValue).sum();
            double weakest = logprobs.stream().mapToDouble(Double::doubleValue).min().orElse(-99);
            done.complete(
                    new Gate.Evidence(
                            example.system(), example.user(), text.toString(), sum, weakest));
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
