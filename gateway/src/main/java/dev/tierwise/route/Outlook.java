package dev.tierwise.route;

import dev.tierwise.predict.Forecast;
import java.util.List;
import java.util.function.Supplier;

/// What a decision was made of, for explanations.
///
/// @param aim the objective in words
/// @param task the kind of task; empty where nobody looked
/// @param difficulty how hard the prompt looks, with its signals
/// @param candidates the models that may and can answer, in the order of the plan, with what is
///   expected of each
/// @param judged whether the first model's answer is judged before it is accepted
/// @param second the small model whose agreement may be asked for; empty for none
/// @param reasons what in the prompt moved the chances of the strongest model against the first
///   one's, reckoned when asked for; empty where no benchmark speaks of such prompts
/// @param progress what came of the aim so far, told when asked for
/// @param claim how the guarantee stands; empty where none was asked for
public record Outlook(
        String aim,
        String task,
        Difficulty difficulty,
        List<Candidate> candidates,
        boolean judged,
        String second,
        Supplier<List<Forecast.Reason>> reasons,
        Supplier<String> progress,
        String claim) {
    /// Where nothing was foretold because the model was named.
    static final Outlook UNASKED =
            new Outlook("", "", Difficulty.UNASKED, List.of(), false, "", List::of, () -> "", "");

    public Outlook {
        candidates = List.copyOf(candidates);
    }
}
