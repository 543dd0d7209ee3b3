package dev.tierwise.engine.run;

import dev.tierwise.engine.model.LoraAdapter;
import dev.tierwise.engine.token.TextStream;
import dev.tierwise.engine.token.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an answer token by token.
final class Generation extends Task {
    private final Ask ask;
    private final Tokenizer tokenizer;
    private final Listener listener;
    private final Sampler sampler;
    private final Chances chances;
    private final TextStream text;
    private final StopTexts stops;
    private int cached;
    private int generated;

    Generation(Ask ask, Tokenizer tokenizer, Listener listener, Sampler sampler, Chances chances) {
        super(ask.prompt());
        this.ask = ask;
        this.tokenizer = tokenizer;
        this.listener = listener;
        this.sampler = sampler;
        this.chances = chances;
        this.text = tokenizer.stream();
        this.stops = new StopTexts(ask.stops());
    }

    @Override
    @Nullable LoraAdapter adapter() {
        return ask.adapter();
    }

    @Override
    float scale() {
        return ask.scale();
    }

    @Override
    void begun(int cachedTokens) {
        cached = cachedTokens;
    }

    @Override
    boolean wants(int index) {
        return index >= prompt().size() - 1;
    }

    @Override
    void logits(Sequence sequence, int index, float[] logits, int at) {
        Constraint constraint = ask.constraint();
        int token = sampler.pick(logits, at, constraint == null ? null : constraint.allowed());
        if (token < 0) {
            end(
                    Listener.Why.FAILED,
                    "no token is allowed by the grammar that the answer has to follow");
            return;
        }
        if (tokenizer.ends(token)) {
            end(Listener.Why.STOP, "");
            return;
        }
        if (constraint != null) {
            constraint.accept(token);
        }
        generated++;
        boolean told = ask.chances() >= 0;
        double logprob = told ? chances.logprob(logits, at, token) : Double.NaN;
        List<Listener.Chance> others =
                ask.chances() > 0 ? chances.likeliest(logits, at, ask.chances()) : List.of();
        listener.token(new Listener.Token(token, stops.feed(text.next(token)), logprob, others));
        if (stops.stopped()) {
            end(Listener.Why.STOP, "");
        } else if (generated == ask.most() || !sequence.hasRoom()) {
            end(Listener.Why.LENGTH, "");
        } else {
            sequence.append(token);
        }
    }

    @Override
    void end(Listener.Why why, String message) {
        finish();
        String rest = stops.stopped() ? "" : stops.feed(text.end()) + stops.rest();
        listener.end(
                new Listener.End(
                        why,
                        message,
                        rest,
                        new Listener.Counts(prompt().size(), cached, generated)));
    }
}
