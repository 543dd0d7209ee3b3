package dev.tierwise.app;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.config.ModelSettings;
import dev.tierwise.core.Capability;
import dev.tierwise.discover.Abilities;
import dev.tierwise.discover.Abilities.Origin;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a model that the configuration lists. The file wins; a runtime is believed
/// before the catalogue; a runtime that could not be asked yet has shown nothing.
final class Known {
    /// What a hosted chat model is taken to be able to do when nothing is known of it.
    private static final Set<Capability> USUAL =
            EnumSet.of(
                    Capability.TOOLS,
                    Capability.JSON_MODE,
                    Capability.JSON_SCHEMA,
                    Capability.LOGPROBS,
                    Capability.CHOICES);

    private static final String FILE = "the configuration";

    private Known() {}

    /// @param told what its runtime says; null where it has not been asked, or has not answered
    static Abilities of(
            ModelSettings settings,
            Backend backend,
            @Nullable Abilities told,
            Optional<ModelFacts> facts) {
        Abilities there =
                backend.kind() == Backend.Kind.CLOUD
                        ? hosted(backend, facts)
                        : told == null ? silent(facts) : told;
        Set<Capability> own = settings.capabilities();
        Abilities said =
                own == null
                        ? there
                        : Abilities.listed(
                                own,
                                Origin.CONFIGURED,
                                FILE,
                                there.context(),
                                there.contextSource());
        Long context = settings.context();
        boolean listed = said.context() == 0 && facts.isPresent();
        return new Abilities(
                said.facts(),
                context != null ? context : listed ? facts.get().context() : said.context(),
                context != null
                        ? FILE
                        : listed ? "catalogue: " + facts.get().id() : said.contextSource(),
                there.remarks());
    }

    private static Abilities hosted(Backend backend, Optional<ModelFacts> facts) {
        return facts.map(model ->
                        Abilities.listed(
                                backend.capabilities(model.capabilities()),
                                Origin.CATALOGUE,
                                "catalogue: " + model.id(),
                                model.context(),
                                "catalogue: " + model.id()))
                .orElseGet(() ->
                        Abilities.listed(
                                backend.capabilities(USUAL),
                                Origin.ASSUMED,
                                "nobody says so",
                                0,
                                ""));
    }

    private static Abilities silent(Optional<ModelFacts> facts) {
        return new Abilities(
                Map.of(),
                facts.map(ModelFacts::context).orElse(0L),
                facts.map(model -> "catalogue: " + model.id()).orElse(""),
                List.of(
                        "it has not said what it can do, so it gets nothing that needs a"
                                + " capability; `capabilities` on the model settles it"));
    }
}
