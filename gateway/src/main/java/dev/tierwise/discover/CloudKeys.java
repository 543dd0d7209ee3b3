package dev.tierwise.discover;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.catalogue.Offer;
import dev.tierwise.catalogue.Tiering;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds hosted APIs by the keys in the environment. Calls nobody; a key is looked at only to see
/// that it is not blank.
final class CloudKeys {
    private static final DataClass CLEARANCE = DataClass.INTERNAL;
    private static final Pattern OPENAI_HOST =
            Pattern.compile("([a-z0-9-]+\\.)?api\\.openai\\.com");

    private final Variables variables;
    private final Tiering tiering;
    private final List<FoundUpstream> upstreams = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();

    CloudKeys(Variables variables, Catalogue catalogue, LocalDate day) {
        this.variables = variables;
        this.tiering = new Tiering(catalogue, day);
    }

    /// The hosted APIs with a key, their models in the order of preference, and those without.
    Probe.Probed find() {
        for (String name : Backends.NAMES) {
            Backends.named(name)
                    .filter(backend -> backend.kind() == Backend.Kind.CLOUD)
                    .filter(backend -> !backend.keyVariables().isEmpty())
                    .ifPresent(this::look);
        }
        return new Probe.Probed(List.copyOf(upstreams), models(), List.copyOf(missing));
    }

    private void look(Backend backend) {
        Optional<String> variable = variables.firstSet(backend.keyVariables());
        String names = String.join(", ", backend.keyVariables());
        if (variable.isEmpty()) {
            missing.add(
                    new Missing(
                            backend.name(),
                            "environment: " + names,
                            "not set",
                            "export " + backend.keyVariables().getFirst() + "=…"));
            return;
        }
        URI url = address(backend);
        if (url == null) {
            missing.add(
                    new Missing(
                            backend.name(),
                            "environment: " + String.join(", ", backend.urlVariables()),
                            "it names a server that is not " + backend.title() + "'s own",
                            "name that server in tierwise.yaml as openai-compatible, or unset the"
                                    + " variable"));
            return;
        }
        upstreams.add(
                new FoundUpstream(
                        backend.name(),
                        backend,
                        url,
                        variable.get(),
                        CLEARANCE,
                        backend.maxConcurrent()));
    }

    /// Where the API is. A variable may choose another of the maker's own hosts, such as that of a
    /// region; where it names anyone else, the key is not the maker's and neither are the models.
    private @Nullable URI address(Backend backend) {
        Optional<String> variable = variables.firstSet(backend.urlVariables());
        if (variable.isEmpty()) {
            return backend.url();
        }
        try {
            URI url = URI.create(variables.value(variable.get()).strip());
            boolean own =
                    url.getHost() != null
                            && "https".equals(url.getScheme())
                            && OPENAI_HOST.matcher(url.getHost()).matches();
            return own ? URI.create("https://" + url.getAuthority()) : null;
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private List<FoundModel> models() {
        boolean frontier =
                upstreams.stream()
                        .flatMap(upstream -> tiering.offers(upstream.name()).stream())
                        .anyMatch(offer -> offer.tier() == Tier.FRONTIER);
        List<FoundModel> models = new ArrayList<>();
        for (FoundUpstream upstream : upstreams) {
            Optional<ModelFacts> standIn =
                    frontier ? Optional.empty() : tiering.standIn(upstream.name());
            for (Offer offer : tiering.offers(upstream.name())) {
                boolean raised = standIn.filter(facts -> facts.equals(offer.facts())).isPresent();
                models.add(model(upstream, offer.facts(), raised ? Tier.FRONTIER : offer.tier()));
            }
        }
        return models;
    }

    private static FoundModel model(FoundUpstream upstream, ModelFacts facts, Tier tier) {
        FoundModel.Traits traits =
                new FoundModel.Traits(
                        0,
                        facts.released(),
                        Abilities.listed(
                                upstream.backend().capabilities(facts.capabilities()),
                                Abilities.Origin.CATALOGUE,
                                "catalogue: " + facts.id(),
                                facts.context(),
                                "catalogue: " + facts.id()),
                        facts.prices());
        return new FoundModel(upstream.name(), facts.id(), tier, CLEARANCE, traits);
    }
}
