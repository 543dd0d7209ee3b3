package dev.tierwise.call.aside;

import dev.tierwise.call.Sink;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Capability;
import dev.tierwise.core.Prompt;
import dev.tierwise.guard.Clearance;
import dev.tierwise.wire.openai.ChancesCut;
import dev.tierwise.wire.openai.ChatEdit;
import java.util.concurrent.ThreadLocalRandom;

/// Makes from a request the other requests that tell how far an answer to it can be trusted. Each
/// gets its leave from the guard, never a wider one. Stateless.
public final class Asides {
    /// Below this, samples of one model are all alike.
    private static final double LEAST_TEMPERATURE = 0.7;

    private Asides() {}

    /// The same for an answer in one piece, such as a second model's to compare with.
    public static Clearance whole(Clearance clearance) {
        return derived(clearance, unstreamed(clearance.prompt()).prompt());
    }

    /// The same for one more answer that chance makes another, in one piece.
    public static Clearance sample(Clearance clearance) {
        ChatEdit edit = unstreamed(clearance.prompt());
        double temperature = edit.number("temperature").orElse(LEAST_TEMPERATURE);
        if (!(temperature > LEAST_TEMPERATURE)) {
            temperature = LEAST_TEMPERATURE;
        }
        int seed = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        return derived(
                clearance,
                edit.without("n")
                        .with("temperature", Double.toString(temperature))
                        .with("seed", Integer.toString(seed))
                        .prompt());
    }

    /// The same with the chances of the answer's tokens, which the client does not get to see if
    /// [#withoutChances] lies before it. The request itself where the client asks for chances, or
    /// where the answers to it would have to be several.
    public static Clearance withChances(Clearance clearance) {
        Prompt prompt = clearance.prompt();
        if (prompt.needs().contains(Capability.LOGPROBS)
                || prompt.needs().contains(Capability.CHOICES)) {
            return clearance;
        }
        return derived(
                clearance,
                ChatEdit.of(prompt).with("logprobs", "true").with("top_logprobs", "2").prompt());
    }

    /// A whole answer without the chances of its tokens.
    public static Answer withoutChances(Answer answer) {
        return new Answer(ChancesCut.ofAnswer(answer.body()), answer.usage(), answer.finish());
    }

    /// Takes the chances of tokens out of what goes to `sink`, which gets whole events.
    public static Sink withoutChances(Sink sink) {
        return new Sink() {
            @Override
            public boolean accept(Body event) {
                return sink.accept(ChancesCut.ofEvents(event));
            }

            @Override
            public void whenDrained(Runnable resume) {
                sink.whenDrained(resume);
            }
        };
    }

    private static ChatEdit unstreamed(Prompt prompt) {
        return ChatEdit.of(prompt).without("stream").without("stream_options");
    }

    private static Clearance derived(Clearance clearance, Prompt prompt) {
        boolean same = prompt.body() == clearance.prompt().body();
        return same ? clearance : clearance.derive(prompt);
    }
}
