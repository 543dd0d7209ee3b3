package dev.tierwise.discover;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the probes of the OpenAI-like local servers share: address, key, and how a model that such
/// a server lists becomes a found one.
///
/// @param backend how the server is spoken to
/// @param keyVariable the environment variable that holds its key; null when none is set
/// @param key the key itself; null when none is set
/// @param catalogue facts that the server does not tell
/// @param trials what is tried with a request
record OpenAiModels(
        Backend backend,
        @Nullable String keyVariable,
        @Nullable String key,
        Catalogue catalogue,
        Trials trials) {
    /// What a server says of one of its models, as far as it says it.
    ///
    /// @param name the name it goes by
    /// @param parameters weights; 0 when not said
    /// @param abilities what it can do
    record Listed(String name, long parameters, Abilities abilities) {}

    /// What the server says of its models' abilities.
    OpenAiSaid said(Eyes eyes) {
        return new OpenAiSaid(backend, url(), headers(), eyes, trials);
    }

    /// The address of `path` on the server.
    URI at(String path) {
        return URI.create(url() + path);
    }

    /// The server's own address.
    URI url() {
        URI url = backend.url();
        if (url == null) {
            throw new IllegalStateException(backend.name() + " has no default address");
        }
        return url;
    }

    /// Headers that carry the key, if there is one.
    Map<String, String> headers() {
        return key == null ? Map.of() : Map.of(backend.auth().header(), backend.auth().value(key));
    }

    /// The server as an upstream.
    FoundUpstream upstream(DataClass clearance, int slots) {
        return new FoundUpstream(backend.name(), backend, url(), keyVariable, clearance, slots);
    }

    /// A listed model, with the catalogue's facts where the server is silent.
    FoundModel model(Listed listed, DataClass clearance) {
        Optional<ModelFacts> facts = catalogue.local(listed.name());
        FoundModel.Traits traits =
                new FoundModel.Traits(
                        listed.parameters() > 0
                                ? listed.parameters()
                                : facts.map(ModelFacts::parameters).orElse(0L),
                        LocalDate.EPOCH,
                        contextOf(listed, facts),
                        Price.FREE);
        return new FoundModel(backend.name(), listed.name(), Tier.LOCAL, clearance, traits);
    }

    private static Abilities contextOf(Listed listed, Optional<ModelFacts> facts) {
        Abilities said = listed.abilities();
        return said.context() > 0 || facts.isEmpty()
                ? said
                : new Abilities(
                        said.facts(),
                        facts.get().context(),
                        "catalogue: " + facts.get().id(),
                        said.remarks());
    }

    /// That nothing can be used, and what to do.
    Probe.Probed nothing(String why, String next) {
        return Probe.Probed.nothing(new Missing(backend.name(), url().getAuthority(), why, next));
    }

    /// Without the key.
    @Override
    public String toString() {
        return "OpenAiModels[" + backend.name() + "]";
    }
}
