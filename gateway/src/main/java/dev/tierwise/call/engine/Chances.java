package dev.tierwise.call.engine;

import dev.tierwise.core.Body;
import dev.tierwise.engine.run.Listener;
import dev.tierwise.engine.token.Tokenizer;
import dev.tierwise.wire.Delta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The chances of tokens in the words of the wire.
///
/// @param tokenizer tells what a token says
/// @param wanted whether the request asked for chances
record Chances(Tokenizer tokenizer, boolean wanted) {
    List<Delta.TokenChance> of(Listener.Token token) {
        if (!wanted) {
            return List.of();
        }
        var others = new ArrayList<Delta.TokenChance>();
        for (Listener.Chance chance : token.others()) {
            others.add(told(chance.id(), chance.logprob(), List.of()));
        }
        return List.of(told(token.id(), token.logprob(), others));
    }

    private Delta.TokenChance told(int id, double logprob, List<Delta.TokenChance> others) {
        byte[] bytes = tokenizer.bytes(id);
        // a control token says nothing; its name tells what it is
        byte[] shown =
                bytes.length > 0 ? bytes : tokenizer.name(id).getBytes(StandardCharsets.UTF_8);
        return new Delta.TokenChance(new Body(shown), logprob, others);
    }
}
