package dev.tierwise.discover;

import dev.tierwise.call.Fetch;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import tools.jackson.databind.node.JsonNodeFactory;

/// Asks local runtimes whether a model really runs here: an address of this machine is no proof,
/// for Ollama answers there for models that run on ollama.com. Thread-safe.
public final class Attestor {
    private final Fetch fetch;
    private final Duration patience;

    /// @param fetch how to ask
    /// @param patience how long all of it may take
    public Attestor(Fetch fetch, Duration patience) {
        this.fetch = fetch;
        this.patience = patience;
    }

    /// A model that is said to run here.
    ///
    /// @param model its name in this gateway
    /// @param seat which site of that name, see [dev.tierwise.core.ModelCard#seat]
    /// @param remoteName its name at Ollama
    /// @param base Ollama's address
    public record Claim(String model, String seat, String remoteName, URI base) {}

    /// The claims whose runtime says itself that the model runs here; whatever is not in this set
    /// is not known to.
    public Set<Claim> attested(List<Claim> claims) {
        Deadline end = Deadline.in(patience);
        Eyes eyes = new Eyes(fetch, end);
        List<Callable<Map.Entry<Claim, Boolean>>> questions = new ArrayList<>();
        for (Claim claim : claims) {
            questions.add(() -> Map.entry(claim, isHere(eyes, claim)));
        }
        var here = new HashSet<Claim>();
        for (Map.Entry<Claim, Boolean> answer : Together.ask(questions, end)) {
            if (answer.getValue()) {
                here.add(answer.getKey());
            }
        }
        return here;
    }

    private static boolean isHere(Eyes eyes, Claim claim) {
        String question =
                JsonNodeFactory.instance.objectNode().put("model", claim.remoteName()).toString();
        String base = claim.base().toString().replaceAll("/+$", "");
        return eyes.post(URI.create(base + "/api/show"), question) instanceof Sight.Json shown
                && !OllamaProbe.isRemote(claim.remoteName(), shown.body());
    }
}
