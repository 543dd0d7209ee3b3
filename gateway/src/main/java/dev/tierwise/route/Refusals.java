package dev.tierwise.route;

import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.util.List;
import java.util.stream.Collectors;

/// Says why no model answers.
final class Refusals {
    private Refusals() {}

    static Failure of(
            List<ModelCard> models, Tier tier, String reason, List<Plan.Veto> vetoes, String rule) {
        if (models.isEmpty()) {
            return new Failure.Unready(
                    "No model is set up. The quickest ways to a local one: (1) install Ollama and"
                            + " run `ollama pull llama3.2:3b`; (2) start LM Studio's server with a"
                            + " model loaded; (3) run `llama-server -m MODEL.gguf`. Or set a key"
                            + " such as OPENAI_API_KEY. Then `./tw doctor` shows what was found.");
        }
        if (vetoes.isEmpty()) {
            return new Failure.Unready(
                    "No model is set up in tier `"
                            + tier.word()
                            + "` ("
                            + reason
                            + "). `./tw doctor` shows which models there are.");
        }
        Plan.Kind first = vetoes.getFirst().kind();
        for (Plan.Veto veto : vetoes) {
            first = first.compareTo(veto.kind()) <= 0 ? first : veto.kind();
        }
        String all =
                vetoes.stream()
                        .map(veto -> veto.model() + " " + veto.why())
                        .collect(Collectors.joining("; "));
        String message = "No model may and can answer this request: " + all + ".";
        return switch (first) {
            case CLEARANCE -> new Failure.Uncleared(message, rule);
            case MAX_TIER -> new Failure.Forbidden(message, true);
            case CAPABILITY -> new Failure.Vetoed(message, "unsupported_capability");
            case CONTEXT -> new Failure.Vetoed(message, "context_length_exceeded");
        };
    }

    static Failure notFound(List<ModelCard> models, String name) {
        String near =
                models.stream()
                        .map(ModelCard::name)
                        .min((a, b) ->
                                Integer.compare(
                                        Nearness.distance(a, name), Nearness.distance(b, name)))
                        .map(model -> " The nearest is `" + model + "`.")
                        .orElse("");
        return new Failure.NotFound(
                "There is no model `"
                        + name
                        + "`."
                        + near
                        + " Ask for `auto`, `tier:local`, `tier:mid`, `tier:frontier`, or a name"
                        + " from GET /v1/models.",
                "model_not_found");
    }
}
