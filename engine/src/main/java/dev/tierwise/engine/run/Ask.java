package dev.tierwise.engine.run;

import dev.tierwise.engine.model.LoraAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wish for an answer.
///
/// @param prompt the prompt, at least one token
/// @param most the most tokens of the answer; 0 for as many as there is room for
/// @param sampling how tokens are chosen
/// @param stops texts before which the answer ends
/// @param constraint what it may look like; null for anything
/// @param adapter a change to the model; null for none
/// @param scale how much of the adapter is added, usually 1
/// @param chances how many of the likeliest tokens are told in each place; -1 for no chances at all
public record Ask(
        Tokens prompt,
        int most,
        Sampling sampling,
        List<String> stops,
        @Nullable Constraint constraint,
        @Nullable LoraAdapter adapter,
        float scale,
        int chances) {
    public Ask {
        stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    /// The same of the model as it is.
    public Ask(
            Tokens prompt,
            int most,
            Sampling sampling,
            List<String> stops,
            @Nullable Constraint constraint,
            int chances) {
        this(prompt, most, sampling, stops, constraint, null, 0, chances);
    }

    /// An answer of at most so many tokens, the likeliest each time.
    public static Ask greedy(Tokens prompt, int most) {
        return new Ask(prompt, most, Sampling.GREEDY, List.of(), null, null, 0, -1);
    }
}
