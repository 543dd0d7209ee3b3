package dev.tierwise.app;

import dev.tierwise.api.Readiness;
import dev.tierwise.api.Room;
import dev.tierwise.api.Server;
import dev.tierwise.api.Services;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.config.Config;
import dev.tierwise.config.ServerSettings;
import dev.tierwise.detect.Detector;
import dev.tierwise.discover.Discovery;
import dev.tierwise.discover.Found;
import dev.tierwise.experience.Experience;
import dev.tierwise.fit.Advice;
import dev.tierwise.fit.Shapes;
import dev.tierwise.flow.Books;
import dev.tierwise.flow.Flow;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.ledger.Opened;
import dev.tierwise.machine.Machine;
import dev.tierwise.meter.Meter;
import dev.tierwise.models.Store;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The running product: one Vert.x, one ledger, one server, and the setup in force, which a reload
/// or a change among the local servers exchanges as a whole. Thread-safe.
final class Gateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("tierwise.gateway");

    /// How often local servers are looked for anew.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    /// When they are looked for again after the start, for one that was not there in time.
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Ledger ledger;
    private final Meter meter;
    private final Surroundings surroundings;
    private final Experience experience;
    private final Lookout lookout;
    private final Assembly assembly;
    private final Runtimes runtimes;
    private final Safeguards safeguards;
    private final SpeedNotes speeds;
    private volatile State state;
    private final Flow flow;
    private final Server server;
    private final int loops = Math.max(1, Runtime.getRuntime().availableProcessors());

    /// The configuration in force, what was found with it, and what both made.
    private record State(Config config, Found found, Live live) {}

    /// What the gateway sees of the machine.
    ///
    /// @param environment environment variables
    /// @param clock time
    /// @param catalogue what is known of models
    /// @param detector finds what may not leave; asked for once
    record Surroundings(
            Function<String, @Nullable String> environment,
            Clock clock,
            Catalogue catalogue,
            Supplier<Detector> detector) {
        static Surroundings real() {
            return new Surroundings(
                    System::getenv,
                    Clock.systemUTC(),
                    Catalogue.load(
                            PriceFile.of(Folders.of(System::getenv)).orNone(),
                            ModelFile.of(System::getenv).orNone()),
                    Detector::shipped);
        }

        LocalDate day() {
            return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        }
    }

    /// What starting came to.
    sealed interface Start {
        /// It runs.
        ///
        /// @param gateway to be closed
        /// @param port where it listens
        record Running(Gateway gateway, int port) implements Start {}

        /// It does not.
        ///
        /// @param problems each with its remedy
        record Failed(List<String> problems) implements Start {}
    }

    /// Where the gateway writes things down.
    ///
    /// @param ledger the ledger's file
    /// @param audit the audit trail's folder
    /// @param learns whether it learns from what it answers
    record Records(Path ledger, Path audit, boolean learns) {
        /// Those of a gateway that serves.
        static Records serving(Path ledger) {
            return new Records(ledger, ledger.toAbsolutePath().resolveSibling("audit"), true);
        }

        /// Those of a command that asks for itself: a trail has one writer only, and a gateway may
        /// be running.
        static Records asking(Path ledger) {
            return new Records(ledger, ledger.toAbsolutePath().resolveSibling("audit-ask"), false);
        }

        /// Where what was learned is kept.
        Path router() {
            return Folders.router(ledger);
        }

        private Experience experience(Clock clock, Meter meter) {
            return learns
                    ? Experience.open(router(), clock, alarm -> meter.drifted(alarm.what()))
                    : Experience.reading(router(), clock);
        }
    }

    /// Opens the ledger, looks around and listens, all three side by side where they can be.
    static Start start(Config config, Records records, Surroundings surroundings) {
        Optional<String> open = openDoor(config);
        if (open.isPresent()) {
            return new Start.Failed(List.of(open.get()));
        }
        return switch (prepare(config, records, surroundings)) {
            case Start.Failed failed -> failed;
            case Start.Running(Gateway gateway, _) -> gateway.listen();
        };
    }

    /// As [#start], but nobody can come in: for requests of this process alone.
    static Start prepare(Config config, Records records, Surroundings surroundings) {
        Folders folders = Folders.of(surroundings.environment());
        var opening =
                CompletableFuture.supplyAsync(() -> Ledger.open(records.ledger()), Gateway::thread);
        var beginning =
                CompletableFuture.supplyAsync(
                        () -> Safeguards.begin(folders, records.audit(), surroundings.detector()),
                        Gateway::thread);
        var meter = new Meter();
        var learned =
                CompletableFuture.supplyAsync(
                        () -> records.experience(surroundings.clock(), meter), Gateway::thread);
        Vertx vertx = newVertx();
        var lookout = new Lookout(vertx, surroundings);
        Found found = firstLook(lookout, config);
        Sources sources = sources(config, found, surroundings);
        Attestation attestation = lookout.attest(sources, Discovery.HURRIED);
        Opened opened = opening.join();
        Safeguards.Begun begun = beginning.join();
        Experience experience = learned.join();
        if (opened instanceof Opened.Ready(Ledger ledger)
                && begun instanceof Safeguards.Begun.Ready(Safeguards safeguards)
                && sources.problems().isEmpty()) {
            safeguards.doubt(attestation);
            safeguards.turn(config.localOnly(), Safeguards.CONFIGURATION, "");
            lookout.obey(safeguards::localOnly);
            var runtimes = runtimes(vertx, surroundings, records, lookout.fetch(), meter);
            var assembly =
                    new Assembly(
                            vertx,
                            surroundings.clock(),
                            surroundings.catalogue(),
                            runtimes,
                            safeguards,
                            new Steering(experience));
            var state = new State(config, found, assembly.live(config, sources, "start"));
            var books = new Notebooks(ledger, records.ledger(), experience, meter);
            var outfit = new Outfit(vertx, books, lookout, assembly, runtimes, safeguards);
            return new Start.Running(new Gateway(outfit, surroundings, state), 0);
        }
        var problems = new ArrayList<>(sources.problems());
        switch (opened) {
            case Opened.Failed(String message) -> problems.add(message);
            case Opened.Ready(Ledger ledger) -> ledger.close();
        }
        switch (begun) {
            case Safeguards.Begun.Failed(String message) -> problems.add(message);
            case Safeguards.Begun.Ready(Safeguards safeguards) -> safeguards.close();
        }
        experience.close();
        vertx.close();
        return new Start.Failed(problems);
    }

    /// A machine under load may not answer in a hurry; where nobody listens at all, patience costs
    /// nothing.
    private static Found firstLook(Lookout lookout, Config config) {
        Found hurried = lookout.look(config, Discovery.HURRIED);
        return hurried.models().isEmpty()
                ? lookout.look(config, Discovery.PATIENT, hurried)
                : hurried;
    }

    private static Runtimes runtimes(
            Vertx vertx, Surroundings surroundings, Records records, HttpFetch fetch, Meter meter) {
        var lodgings =
                new Lodgings(
                        fetch,
                        records.learns(),
                        new Footprints(new OwnMachine(), it -> advice(records.ledger(), it)),
                        meter);
        Path data = Folders.of(surroundings.environment()).data();
        return new Runtimes(vertx, surroundings.clock(), data, lodgings);
    }

    private static Advice advice(Path ledger, Machine machine) {
        Path speeds = SpeedNotes.beside(ledger);
        return Advice.load(SpeedNotes.read(speeds, Shapes.load(), machine.name()));
    }

    /// Where a gateway writes things down, opened.
    private record Notebooks(Ledger ledger, Path file, Experience experience, Meter meter) {}

    /// The longest that the records of requests that have been answered are waited for.
    private static final Duration SETTLED = Duration.ofSeconds(5);

    /// What a gateway is made of, beside one configuration.
    private record Outfit(
            Vertx vertx,
            Notebooks notebooks,
            Lookout lookout,
            Assembly assembly,
            Runtimes runtimes,
            Safeguards safeguards) {}

    /// All models that there are: listed, found, and those that run in this process.
    static Sources sources(Config config, Found found, Surroundings surroundings) {
        Sources sources =
                Sources.of(config, found, surroundings.catalogue(), surroundings.environment());
        sources.problems().addAll(Taught.of(config.taggers()).problems());
        return sources.with(
                Builtin.find(
                        config,
                        sources.models(),
                        new Store(Folders.of(surroundings.environment()).models())));
    }

    private static void thread(Runnable task) {
        Thread.ofPlatform().daemon().name("tierwise-start").start(task);
    }

    static Vertx newVertx() {
        // the JVM's resolver reads the system's files; Vert.x's own is slow to start
        System.setProperty("vertx.disableDnsResolver", "true");
        return Vertx.vertx(
                new VertxOptions()
                        .setEventLoopPoolSize(
                                Math.max(1, Runtime.getRuntime().availableProcessors()))
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false)));
    }

    private Gateway(Outfit outfit, Surroundings surroundings, State state) {
        this.vertx = outfit.vertx;
        this.ledger = outfit.notebooks.ledger;
        this.experience = outfit.notebooks.experience;
        this.meter = outfit.notebooks.meter;
        this.surroundings = surroundings;
        this.lookout = outfit.lookout;
        this.assembly = outfit.assembly;
        this.runtimes = outfit.runtimes;
        this.safeguards = outfit.safeguards;
        this.speeds =
                new SpeedNotes(SpeedNotes.beside(outfit.notebooks.file), surroundings.clock());
        this.state = state;
        var books = new Books(ledger, meter, safeguards.trail(), surroundings.clock());
        this.flow = new Flow(() -> live().setup(), books);
        var listen =
                new Server.Listen(
                        state.config().server().host(),
                        state.config().server().port(),
                        state.config().server().maxHeader(),
                        loops,
                        Room.of(Runtime.getRuntime().maxMemory()));
        this.server =
                new Server(
                        vertx,
                        listen,
                        () -> live().rules(),
                        new Services(
                                flow,
                                () -> live().models(),
                                meter::page,
                                this::readiness,
                                runtimes,
                                safeguards,
                                ratings(outfit.notebooks)));
    }

    private FeedbackBox ratings(Notebooks books) {
        return new FeedbackBox(
                new FeedbackBox.Shelves(books.experience, books.ledger, books.file),
                books.meter,
                surroundings.clock(),
                () -> live().models());
    }

    private Start listen() {
        try {
            int port = server.start().toCompletableFuture().join();
            vertx.setPeriodic(
                    SOON.toMillis(),
                    LOOK_AGAIN.toMillis(),
                    _ -> Thread.startVirtualThread(this::lookAgain));
            vertx.setPeriodic(
                    LOOK_AGAIN.toMillis(),
                    _ -> Thread.startVirtualThread(() -> speeds.look(live().setup())));
            Thread.startVirtualThread(meter::watchProcess);
            safeguards.watch();
            return new Start.Running(this, port);
        } catch (CompletionException e) {
            var settings = state.config().server();
            close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Start.Failed(
                    List.of(
                            "cannot listen on "
                                    + settings.host()
                                    + ":"
                                    + settings.port()
                                    + " ("
                                    + cause.getMessage()
                                    + "); stop what listens there, or choose another with --port"));
        }
    }

    Live live() {
        return state.live();
    }

    /// The path of a request.
    Flow flow() {
        return flow;
    }

    /// The switch that keeps everything on this machine.
    ///
    /// @param who turns it
    void localOnly(boolean on, String who, String reason) {
        safeguards.turn(on, who, reason);
    }

    /// An event loop for a client of this process.
    Executor loop() {
        Context context = vertx.getOrCreateContext();
        return task -> context.runOnContext(_ -> task.run());
    }

    private Readiness readiness() {
        var reasons = new ArrayList<String>();
        runtimes.troubles().forEach(reasons::add);
        ledger.trouble().ifPresent(trouble -> reasons.add("ledger: " + trouble));
        safeguards.trail().trouble().ifPresent(trouble -> reasons.add("audit: " + trouble));
        int models = live().models().size();
        if (models == 0) {
            reasons.add(
                    "no model: nothing answers at the ports of Ollama, LM Studio, llama-server and"
                            + " vLLM, no key of a hosted API is set, and no tierwise.yaml lists one;"
                            + " `./tw doctor` says what to type next");
        }
        return new Readiness(reasons, models);
    }

    /// Puts a new configuration in force; a bad one changes nothing.
    ///
    /// @return what is wrong with it; empty when it is in force
    synchronized List<String> reload(Config config) {
        ServerSettings bound = state.config().server();
        Config kept = config.listeningOn(bound.host(), bound.port());
        Optional<String> open = openDoor(kept);
        return open.isPresent()
                ? List.of(open.get())
                : exchange(kept, lookout.look(kept, Discovery.PATIENT, state.found()));
    }

    /// Why this configuration would let strangers in, if it would.
    private static Optional<String> openDoor(Config config) {
        boolean open =
                !ServerSettings.isLoopback(config.server().host()) && config.keys().isEmpty();
        return open
                ? Optional.of(
                        "refusing to listen on "
                                + config.server().host()
                                + " without a key: anybody who reaches this machine could use your"
                                + " models. Set up `keys` in tierwise.yaml, or listen on 127.0.0.1")
                : Optional.empty();
    }

    private synchronized void lookAgain() {
        State now = state;
        Found found = lookout.look(now.config(), Discovery.PATIENT, now.found());
        Sources sources = sources(now.config(), found, surroundings);
        safeguards.doubt(lookout.attest(sources, Discovery.PATIENT));
        if (!found.isLike(now.found())) {
            exchange(now.config(), found, sources);
            LOG.log(
                    System.Logger.Level.INFO,
                    "models changed: {0} can be reached now",
                    live().models().size());
        }
    }

    private List<String> exchange(Config config, Found found) {
        Sources sources = sources(config, found, surroundings);
        safeguards.doubt(lookout.attest(sources, Discovery.PATIENT));
        return exchange(config, found, sources);
    }

    private List<String> exchange(Config config, Found found, Sources sources) {
        if (!sources.problems().isEmpty()) {
            return sources.problems();
        }
        safeguards.turn(config.localOnly(), Safeguards.CONFIGURATION, "");
        State old = state;
        state = new State(config, found, assembly.live(config, sources, "reload"));
        Duration grace = config.server().grace();
        Thread.startVirtualThread(() -> old.live().retire(grace));
        return List.of();
    }

    /// Takes no new requests, lets running ones end within the configured grace, and writes what
    /// the ledger still holds.
    @Override
    public void close() {
        Duration grace = state.config().server().grace();
        server.stop(grace);
        flow.settle(SETTLED);
        speeds.look(live().setup());
        live().retire(Duration.ZERO);
        runtimes.close();
        safeguards.close();
        experience.close();
        ledger.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
