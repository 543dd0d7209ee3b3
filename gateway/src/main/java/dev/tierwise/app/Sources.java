package dev.tierwise.app;

import dev.tierwise.call.Endurance;
import dev.tierwise.call.http.Endpoint;
import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.config.Config;
import dev.tierwise.config.ModelSettings;
import dev.tierwise.config.ServerSettings;
import dev.tierwise.config.UpstreamSettings;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.discover.Abilities;
import dev.tierwise.discover.Attestor;
import dev.tierwise.discover.Found;
import dev.tierwise.discover.FoundUpstream;
import dev.tierwise.discover.Inquiry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts together what the file lists and what was found: upstreams with their limits, and models
/// with what the catalogue knows of them. What the file says wins.
final class Sources {
    private static final Duration TOTAL = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration QUEUE_WAIT = Duration.ofSeconds(30);
    private static final int RETRIES = 2;

    /// Ollama's models that run on ollama.com although the address is this machine's.
    private static final Pattern REMOTE_NAME = Pattern.compile(".*[-:]cloud$");

    /// Backends that can be told what to load.
    private static final Set<String> LOADING = Set.of("ollama", "lm-studio", "llama-server");

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final List<ModelCard> models = new ArrayList<>();
    private final List<Attestor.Claim> claims = new ArrayList<>();
    private final List<Builtin> builtins = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Abilities> abilities = new HashMap<>();
    private final Map<String, Abilities> told;
    private int listed;
    private final Catalogue catalogue;
    private final Function<String, @Nullable String> environment;

    private Sources(
            Catalogue catalogue,
            Function<String, @Nullable String> environment,
            Map<String, Abilities> told) {
        this.told = told;
        this.catalogue = catalogue;
        this.environment = environment;
    }

    /// One server, ready to be connected to.
    ///
    /// @param endpoint where and how
    /// @param backend its kind
    /// @param endurance its limits
    /// @param zone where its models run, as the file says; null where it does not
    /// @param loading how its models get into memory
    record Source(
            Endpoint endpoint,
            Backend backend,
            Endurance endurance,
            @Nullable String zone,
            UpstreamSettings.Loading loading) {
        /// The address before the path of the OpenAI dialect.
        URI bare() {
            return URI.create(endpoint.base().toString().replaceFirst("/(v1/?)?$", ""));
        }

        /// Whether it is this machine, as far as the address and the kind of server tell. LM Studio
        /// may hand requests on (LM Link) and has no way to say whether it does.
        boolean local() {
            return isBeside() && !backend.name().equals("lm-studio");
        }

        /// Whether the address is this machine's.
        boolean isBeside() {
            String host = endpoint.base().getHost();
            return backend.kind() == Backend.Kind.LOCAL
                    && host != null
                    && ServerSettings.isLoopback(host);
        }

        /// Whether this gateway decides what is loaded there: where the file says so, or else where
        /// the runtime is on this machine and is known to run its models there.
        boolean managed() {
            Boolean said = loading.manage();
            boolean can = LOADING.contains(backend.name());
            return can && (said == null ? local() || (isBeside() && zone != null) : said);
        }
    }

    static Sources of(
            Config config,
            Found found,
            Catalogue catalogue,
            Function<String, @Nullable String> environment) {
        var sources = new Sources(catalogue, environment, found.abilities());
        config.upstreams().forEach(sources::add);
        config.models().forEach(sources::add);
        sources.listed = sources.models.size();
        found.upstreams().forEach(sources::add);
        found.models().forEach(sources::add);
        return sources;
    }

    Map<String, Source> upstreams() {
        return sources;
    }

    List<ModelCard> models() {
        return models;
    }

    /// The cards of all sites of all models.
    Stream<ModelCard> sites() {
        return models.stream().flatMap(model -> model.each().stream());
    }

    /// The same with models that run in this process, those whose name is free.
    Sources with(Builtin.Found more) {
        problems.addAll(more.problems());
        for (Builtin builtin : more.models()) {
            String name = builtin.card().name();
            if (models.stream().noneMatch(model -> model.name().equals(name))) {
                builtins.add(builtin);
                models.add(builtin.card());
            }
        }
        return this;
    }

    /// What is known of what a model at one site can do, and from whom; null where it is one of
    /// this process.
    @Nullable Abilities abilities(ModelCard site) {
        String key = Found.key(site.upstream(), site.remoteName());
        return abilities.getOrDefault(key, told.get(key));
    }

    /// The runtimes of the file that can be asked what their models can do.
    List<Inquiry.Subject> subjects() {
        var subjects = new ArrayList<Inquiry.Subject>();
        sources.forEach((name, source) -> {
            List<String> ids =
                    sites().filter(site -> site.upstream().equals(name))
                            .map(ModelCard::remoteName)
                            .toList();
            if (source.backend.kind() == Backend.Kind.LOCAL && !ids.isEmpty()) {
                subjects.add(
                        new Inquiry.Subject(
                                name,
                                source.backend,
                                source.bare(),
                                source.endpoint.headers(),
                                source.endpoint.api() == Endpoint.Api.OPENAI,
                                ids));
            }
        });
        return subjects;
    }

    /// The models of the file whose address is this machine's and whose runtime has to say itself
    /// that they run here.
    List<Attestor.Claim> claims() {
        return claims;
    }

    /// The question to Ollama itself, whose own word lies at its root, also where its OpenAI
    /// dialect is spoken below `/v1`.
    private static Attestor.Claim claim(ModelCard card, Source source) {
        return new Attestor.Claim(card.name(), card.seat(), card.remoteName(), source.bare());
    }

    /// Models that run in this process.
    List<Builtin> builtins() {
        return builtins;
    }

    /// What in the file cannot be used, such as an unknown backend.
    List<String> problems() {
        return problems;
    }

    private void add(UpstreamSettings settings) {
        Optional<Backend> backend = Backends.named(settings.backend());
        if (backend.isEmpty()) {
            problems.add(
                    "upstreams: `"
                            + settings.name()
                            + "` names backend `"
                            + settings.backend()
                            + "`, which there is not; there are "
                            + String.join(", ", Backends.NAMES));
            return;
        }
        URI url = settings.url() == null ? backend.get().url() : settings.url();
        if (url == null) {
            problems.add(
                    "upstreams: `" + settings.name() + "` needs a `url`; its backend has none");
            return;
        }
        String key =
                settings.key() != null
                        ? settings.key().reveal()
                        : settings.url() == null ? keyOf(backend.get().keyVariables()) : null;
        Backend.Timeouts usual = backend.get().timeouts();
        UpstreamSettings.Timeouts own = settings.timeouts();
        var limits =
                new Endpoint.Limits(
                        own.connect() == null ? usual.connect() : own.connect(),
                        own.firstByte() == null ? usual.firstByte() : own.firstByte(),
                        own.idle() == null ? usual.idle() : own.idle(),
                        own.total() == null ? TOTAL : own.total());
        boolean openAi = settings.api() == UpstreamSettings.Api.OPENAI;
        Endpoint endpoint =
                endpoint(
                        settings.name(),
                        backend.get(),
                        new Reach(url, key, openAi, keepAlive(settings)),
                        limits);
        int places =
                settings.maxConcurrent() == null
                        ? backend.get().maxConcurrent()
                        : settings.maxConcurrent();
        sources.put(
                settings.name(),
                new Source(
                        endpoint,
                        backend.get(),
                        new Endurance(settings.retries(), places, settings.queueWait(), PATIENCE),
                        settings.zone(),
                        settings.loading()));
    }

    private static @Nullable String keepAlive(UpstreamSettings settings) {
        return settings.keepAlive() == null ? null : settings.keepAlive().toSeconds() + "s";
    }

    private void add(FoundUpstream found) {
        if (sources.containsKey(found.name())) {
            return;
        }
        Backend backend = found.backend();
        String variable = found.keyVariable();
        String key = variable == null ? null : environment.apply(variable);
        Backend.Timeouts usual = backend.timeouts();
        Endpoint endpoint =
                endpoint(
                        found.name(),
                        backend,
                        new Reach(found.url(), key == null ? null : key.strip(), false, null),
                        new Endpoint.Limits(
                                usual.connect(), usual.firstByte(), usual.idle(), TOTAL));
        sources.put(
                found.name(),
                new Source(
                        endpoint,
                        backend,
                        new Endurance(RETRIES, found.maxConcurrent(), QUEUE_WAIT, PATIENCE),
                        null,
                        UpstreamSettings.Loading.DEFAULT));
    }

    /// How a server is reached.
    private record Reach(
            URI url, @Nullable String key, boolean openAi, @Nullable String keepAlive) {}

    private static Endpoint endpoint(
            String name, Backend backend, Reach reach, Endpoint.Limits limits) {
        boolean ollama = backend.dialect() == Backend.Dialect.OLLAMA && !reach.openAi;
        Map<String, String> headers = new HashMap<>();
        if (reach.key != null && !reach.key.isBlank()) {
            headers.put(backend.auth().header(), backend.auth().value(reach.key));
        }
        return new Endpoint(
                name,
                ollama ? reach.url : withPath(reach.url, backend.path()),
                headers,
                ollama ? Endpoint.Api.OLLAMA : Endpoint.Api.OPENAI,
                backend.quirks().streamUsage() == Backend.StreamUsage.ASK,
                reach.keepAlive,
                limits);
    }

    /// The address with the backend's path behind it, unless it has a path already: people paste
    /// both `http://host` and `http://host/v1`.
    static URI withPath(URI url, String path) {
        String own = url.getRawPath() == null ? "" : url.getRawPath();
        boolean bare = own.isEmpty() || own.equals("/");
        return bare ? URI.create(url.getScheme() + "://" + url.getRawAuthority() + path) : url;
    }

    private @Nullable String keyOf(List<String> variables) {
        for (String variable : variables) {
            String value = environment.apply(variable);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    private void add(ModelSettings settings) {
        List<ModelCard> sites =
                settings.sites().stream()
                        .filter(site -> sources.containsKey(site.upstream())) // else a problem
                        .map(site -> card(settings, site))
                        .toList();
        if (!sites.isEmpty()) {
            models.add(Pooling.card(sites));
        }
    }

    private ModelCard card(ModelSettings settings, ModelSettings.Site site) {
        Source source = Objects.requireNonNull(sources.get(site.upstream()));
        boolean local = source.local() && !REMOTE_NAME.matcher(site.id()).matches();
        Optional<ModelFacts> facts =
                source.backend.kind() == Backend.Kind.CLOUD
                        ? catalogue.cloud(source.backend.name(), site.id())
                        : catalogue.local(site.id());
        Abilities able =
                Known.of(
                        settings,
                        source.backend,
                        told.get(Found.key(site.upstream(), site.id())),
                        facts);
        abilities.put(Found.key(site.upstream(), site.id()), able);
        var card =
                new ModelCard(
                        settings.name(),
                        site.upstream(),
                        site.id(),
                        settings.tier(),
                        settings.clearance() != null
                                ? settings.clearance()
                                : local || source.zone() != null
                                        ? DataClass.SECRET
                                        : DataClass.INTERNAL,
                        zone(source.zone(), local),
                        able.context(),
                        able.capabilities(),
                        prices(settings, local, facts));
        if (local && source.backend.dialect() == Backend.Dialect.OLLAMA) {
            claims.add(claim(card, source));
        }
        return card;
    }

    private static String zone(@Nullable String named, boolean local) {
        return named != null ? named : local ? ModelCard.HOST : ModelCard.CLOUD;
    }

    private static List<Price> prices(
            ModelSettings settings, boolean local, Optional<ModelFacts> facts) {
        if (settings.prices() != null) {
            return settings.prices();
        }
        return local && settings.tier() == Tier.LOCAL
                ? Price.FREE
                : facts.map(ModelFacts::prices).orElse(List.of());
    }

    /// A model that was found goes beside those that were found before: in their place in the list
    /// where it is the same one, on this machine too; else under its own name where that is free.
    private void add(ModelCard found) {
        if (!sources.containsKey(found.upstream())) {
            return;
        }
        for (int i = listed; i < models.size(); i++) {
            if (Pooling.same(models.get(i), found)) {
                models.set(i, Pooling.with(models.get(i), found));
                return;
            }
        }
        if (models.stream().noneMatch(model -> model.name().equals(found.name()))) {
            models.add(found);
        }
    }
}
