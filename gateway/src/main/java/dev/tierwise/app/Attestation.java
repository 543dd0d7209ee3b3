package dev.tierwise.app;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.discover.Attestor;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which models claim to run here and could not be believed.
///
/// @param doubted what they claim
record Attestation(List<Attestor.Claim> doubted) {
    /// Asks their runtimes.
    static Attestation of(Sources sources, Vertx vertx, Duration patience) {
        List<Attestor.Claim> claims = sources.claims();
        if (claims.isEmpty()) {
            return new Attestation(List.of());
        }
        Set<String> here = new Attestor(new HttpFetch(vertx), patience).attested(claims);
        return new Attestation(
                claims.stream().filter(claim -> !here.contains(claim.model())).toList());
    }

    /// Names of the models.
    Set<String> models() {
        return doubted.stream().map(Attestor.Claim::model).collect(Collectors.toSet());
    }

    /// For each model why regulated data does not go there, and what to do.
    List<String> warnings() {
        return doubted.stream().map(Attestation::warning).toList();
    }

    private static String warning(Attestor.Claim claim) {
        return claim.model()
                + ": Ollama at "
                + claim.base()
                + " does not say that "
                + claim.remoteName()
                + " runs here, so it counts as hosted (zone cloud) and gets no regulated data; `ollama"
                + " list` shows what is there, `ollama pull "
                + claim.remoteName()
                + "` fetches it, and a model of ollama.com never counts as local";
    }
}
