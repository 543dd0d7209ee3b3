package dev.tierwise.app;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.discover.Attestor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which models claim to run here and could not be believed.
///
/// @param doubted what they claim
record Attestation(List<Attestor.Claim> doubted) {
    /// Asks their runtimes.
    static Attestation of(Sources sources, HttpFetch fetch, Duration patience) {
        List<Attestor.Claim> claims = sources.claims();
        if (claims.isEmpty()) {
            return new Attestation(List.of());
        }
        Set<Attestor.Claim> here = new Attestor(fetch, patience).attested(claims);
        return new Attestation(claims.stream().filter(claim -> !here.contains(claim)).toList());
    }

    /// Where the models are.
    Set<String> seats() {
        return doubted.stream().map(Attestor.Claim::seat).collect(Collectors.toSet());
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
