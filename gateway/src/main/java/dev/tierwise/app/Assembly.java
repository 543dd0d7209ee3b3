package dev.tierwise.app;

import dev.tierwise.api.DoorRules;
import dev.tierwise.api.Key;
import dev.tierwise.call.Endurance;
import dev.tierwise.call.Model;
import dev.tierwise.call.Steady;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.http.HttpModel;
import dev.tierwise.call.http.Upstream;
import dev.tierwise.call.runtime.BorrowedModel;
import dev.tierwise.call.runtime.Residency;
import dev.tierwise.call.runtime.RuntimeWatch;
import dev.tierwise.call.runtime.WatchedModel;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.catalogue.Offer;
import dev.tierwise.catalogue.Tiering;
import dev.tierwise.config.Config;
import dev.tierwise.config.KeySettings;
import dev.tierwise.config.RuleSettings;
import dev.tierwise.config.ServerSettings;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import dev.tierwise.flow.Setup;
import dev.tierwise.route.Router;
import dev.tierwise.route.Rule;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the objects that one configuration asks for, by constructors.
final class Assembly {
    /// The backend whose strongest model is the baseline when there is no frontier model here.
    private static final String BASELINE_MAKER = "openai";

    private final Vertx vertx;
    private final HttpFetch fetch;
    private final Clock clock;
    private final Catalogue catalogue;
    private final Runtimes runtimes;
    private final Safeguards safeguards;
    private final Steering steering;

    Assembly(
            Vertx vertx,
            Clock clock,
            Catalogue catalogue,
            Runtimes runtimes,
            Safeguards safeguards,
            Steering steering) {
        this.safeguards = safeguards;
        this.steering = steering;
        this.vertx = vertx;
        this.fetch = new HttpFetch(vertx, safeguards::localOnly);
        this.clock = clock;
        this.catalogue = catalogue;
        this.runtimes = runtimes;
    }

    /// @param occasion what brought the configuration, such as `start`
    Live live(Config config, Sources sources, String occasion) {
        Map<String, Model> models = new HashMap<>();
        Map<ModelCard, Model> sites = new HashMap<>();
        List<Upstream> upstreams = new ArrayList<>();
        List<LocalRuntimes.Served> served = new ArrayList<>();
        sources.upstreams()
                .forEach((name, source) -> {
                    List<ModelCard> cards = cardsOf(sources, name);
                    if (!cards.isEmpty()) {
                        Lodgings.Stay stay = runtimes.lodgings().of(source, cards);
                        var upstream =
                                new Upstream(
                                        vertx,
                                        stay.endpoint(),
                                        source.endurance().maxConcurrent(),
                                        stay.windows());
                        upstreams.add(upstream);
                        connect(upstream, source, sources, stay, sites);
                        served.addAll(served(source, cards, stay));
                    }
                });
        Pooling.pool(sources, sites, models, clock);
        runtimes.serve(config.engine(), sources.builtins());
        runtimes.serve(served);
        runtimes.lodgings().keep(sources.upstreams());
        List<Tier> lacking = lacking(sources.models());
        sources.builtins()
                .forEach(builtin -> models.put(builtin.card().name(), run(builtin, lacking)));
        var router = new Router(sources.models(), rules(config.rules()), steering.wits(config));
        var setup =
                new Setup(
                        safeguards.guard(
                                config.policy(),
                                Taught.of(config.taggers()).taggers(),
                                clock,
                                occasion),
                        router,
                        models,
                        baseline(config, sources.models()),
                        steering.learning(config));
        return new Live(setup, door(config), upstreams);
    }

    private List<LocalRuntimes.Served> served(
            Sources.Source source, List<ModelCard> cards, Lodgings.Stay stay) {
        return Controls.of(source, fetch).stream()
                .flatMap(control ->
                        cards.stream()
                                .map(card ->
                                        new LocalRuntimes.Served(card, control, stay.residency())))
                .toList();
    }

    private static List<Tier> lacking(List<ModelCard> models) {
        return Stream.of(Tier.values())
                .filter(tier -> models.stream().noneMatch(model -> model.tier() == tier))
                .toList();
    }

    private Model run(Builtin builtin, List<Tier> lacking) {
        Model model = runtimes.model(builtin, lacking);
        var places = new Steady.Places(Builtin.ENDURANCE.maxConcurrent());
        return new Steady(model, places, Builtin.ENDURANCE, clock);
    }

    private static List<ModelCard> cardsOf(Sources sources, String upstream) {
        return sources.sites().filter(card -> card.upstream().equals(upstream)).toList();
    }

    private void connect(
            Upstream upstream,
            Sources.Source source,
            Sources sources,
            Lodgings.Stay stay,
            Map<ModelCard, Model> models) {
        var places = new Steady.Places(source.endurance().maxConcurrent());
        Optional<RuntimeWatch> watch = Controls.watch(source, fetch);
        Residency residency = stay.residency();
        for (ModelCard card : cardsOf(sources, source.endpoint().name())) {
            Model http = new HttpModel(card, upstream);
            Model model =
                    watch.filter(_ -> Controls.tells(source, card))
                            .<Model>map(it -> new WatchedModel(http, it))
                            .orElse(http);
            Endurance endurance = Pooling.endurance(card, sources);
            Model steady = new Steady(model, places, endurance, clock);
            models.put(
                    card,
                    residency == null
                            ? steady
                            : new BorrowedModel(steady, residency, stay.patience()));
        }
    }

    static List<Rule> rules(List<RuleSettings> settings) {
        var rules = new ArrayList<Rule>(settings.size());
        for (RuleSettings rule : settings) {
            RuleSettings.When when = rule.when();
            Rule.Use use =
                    switch (rule.use()) {
                        case RuleSettings.Use.Only(Tier tier) -> new Rule.Use(tier, null, null);
                        case RuleSettings.Use.Named(String model) ->
                                new Rule.Use(null, model, null);
                        case RuleSettings.Use.AtMost(Tier tier) -> new Rule.Use(null, null, tier);
                    };
            rules.add(
                    new Rule(
                            rules.size() + 1,
                            when.task(),
                            when.key(),
                            when.model(),
                            when.headers(),
                            use));
        }
        return rules;
    }

    static DoorRules door(Config config) {
        ServerSettings server = config.server();
        return new DoorRules(
                config.keys().stream().map(Assembly::key).toList(),
                ServerSettings.isLoopback(server.host()),
                Set.copyOf(server.allowedOrigins()),
                server.maxBody(),
                server.bodyTimeout(),
                server.heartbeat());
    }

    private static Key key(KeySettings settings) {
        return new Key(
                settings.name(),
                settings.key().reveal(),
                new Key.Bounds(
                        settings.maxTier(),
                        settings.dataClass(),
                        settings.task(),
                        settings.tenant(),
                        settings.purposes(),
                        settings.admin()));
    }

    /// The model that savings are counted against: the one named, or the first of the frontier
    /// here, or the strongest that the catalogue would offer.
    private @Nullable ModelCard baseline(Config config, List<ModelCard> models) {
        String named = config.baseline();
        for (ModelCard model : models) {
            if (named == null ? model.tier() == Tier.FRONTIER : model.name().equals(named)) {
                return model;
            }
        }
        if (named != null) {
            for (String backend : Backends.NAMES) {
                var facts = catalogue.cloud(backend, named);
                if (facts.isPresent()) {
                    return priceTag(backend, facts.get());
                }
            }
            return null;
        }
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Tiering(catalogue, day)
                .offers(BASELINE_MAKER).stream()
                        .filter(offer -> offer.tier() == Tier.FRONTIER)
                        .map(Offer::facts)
                        .map(facts -> priceTag(BASELINE_MAKER, facts))
                        .findFirst()
                        .orElse(null);
    }

    /// A model that is only compared with, never called.
    private static ModelCard priceTag(String backend, ModelFacts facts) {
        return new ModelCard(
                facts.id(),
                backend,
                facts.id(),
                Tier.FRONTIER,
                DataClass.PUBLIC,
                ModelCard.CLOUD,
                facts.context(),
                Set.<Capability>of(),
                facts.prices());
    }
}
