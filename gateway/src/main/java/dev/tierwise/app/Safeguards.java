package dev.tierwise.app;

import dev.tierwise.api.Switch;
import dev.tierwise.audit.Appended;
import dev.tierwise.audit.AuditRecord;
import dev.tierwise.audit.Opened;
import dev.tierwise.audit.Retention;
import dev.tierwise.audit.Trail;
import dev.tierwise.audit.TrailSettings;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.detect.Detector;
import dev.tierwise.detect.tag.Tagger;
import dev.tierwise.guard.Guard;
import dev.tierwise.guard.KeyedHash;
import dev.tierwise.guard.LocalOnly;
import dev.tierwise.guard.Permit;
import dev.tierwise.guard.Scanner;
import dev.tierwise.guard.Watch;
import dev.tierwise.policy.Policy;
import dev.tierwise.policy.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What keeps data where it may be, beyond any one configuration: the detector, the permits, the
/// classes of conversations, the audit trail, and the switch. Thread-safe.
final class Safeguards implements Switch, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("tierwise.guard");

    /// Who turns the switch by `policy.local-only`.
    static final String CONFIGURATION = "configuration";

    /// How long regulated data wait for their permit to be on disk.
    private static final Duration NOTING = Duration.ofSeconds(5);

    private static final int SCANS_AT_ONCE = 4 * Runtime.getRuntime().availableProcessors();

    private final LocalOnlyFile file;
    private final Trail trail;
    private final Watch watch;
    private final CompletableFuture<Detector> detector;
    private @Nullable Thread watcher;
    private List<String> warned = List.of();

    private Safeguards(
            LocalOnlyFile file, Trail trail, KeyedHash bodies, Supplier<Detector> loads) {
        this.detector =
                CompletableFuture.supplyAsync(
                        () -> warmed(loads.get()),
                        task -> Thread.ofPlatform().daemon().start(task));
        this.file = file;
        this.trail = trail;
        this.watch = new Watch(this::violated, this::note, bodies);
    }

    /// A detector that has scanned once: its classes are loaded before the first request's time
    /// runs.
    private static Detector warmed(Detector detector) {
        var _ = detector.scan("Dear Dr. Smith, the MRN is 4471-22901 and it is urgent.", "content");
        return detector;
    }

    /// What beginning came to.
    sealed interface Begun {
        /// They are there.
        ///
        /// @param safeguards to be closed
        record Ready(Safeguards safeguards) implements Begun {}

        /// They are not, and nothing may be sent anywhere.
        ///
        /// @param message what is wrong and how to mend it
        record Failed(String message) implements Begun {}
    }

    /// Opens the audit trail, reads the switch and begins to load the detector.
    ///
    /// @param audit the folder of the trail
    /// @param loads makes the detector
    static Begun begin(Folders folders, Path audit, Supplier<Detector> loads) {
        Path newest = audit.resolveSibling(audit.getFileName() + ".checkpoint");
        return switch (Trail.open(TrailSettings.usual(audit, newest))) {
            case Opened.Failed(String message) -> new Begun.Failed(message);
            case Opened.Ready(Trail trail) -> {
                try {
                    var bodies = new KeyedHash(bodyKey(audit));
                    yield new Begun.Ready(
                            new Safeguards(new LocalOnlyFile(folders), trail, bodies, loads)
                                    .begun());
                } catch (IOException e) {
                    trail.close();
                    yield new Begun.Failed(
                            "The key for hashes of bodies in "
                                    + audit
                                    + " cannot be read or made ("
                                    + e.getClass().getSimpleName()
                                    + "); mend the folder's rights or the disk.");
                }
            }
        };
    }

    private Safeguards begun() {
        look();
        Thread.ofVirtual().start(this::tidy);
        return this;
    }

    /// Drops what is older than the retention, now and once a day, until the trail is closed.
    private void tidy() {
        try {
            while (!(trail.prune() instanceof Retention.Result.Failed)) {
                Thread.sleep(Duration.ofDays(1));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The key that bodies are hashed with, made at the first use: who has it and a body can show
    /// that a record is about this body, and nobody else can guess bodies from hashes.
    private static byte[] bodyKey(Path audit) throws IOException {
        Path file = audit.resolveSibling(audit.getFileName() + ".body-key");
        if (Files.exists(file)) {
            return Files.readAllBytes(file);
        }
        byte[] key = KeyedHash.random();
        LocalOnlyFile.writePrivately(file, key);
        return key;
    }

    private static Scanner scanner(Policy policy, Detector detector) {
        return new Scanner(detector, policy.scanning().limit(), SCANS_AT_ONCE, policy.tools());
    }

    /// A guard for decisions that send nothing.
    static Guard dryGuard(Policy policy, Clock clock) {
        var watch =
                new Watch(
                        (_, _) -> {},
                        (_, _, _) -> Optional.of("nothing is sent"),
                        new KeyedHash(KeyedHash.random()));
        return new Guard(policy, scanner(policy, Detector.shipped()), watch, clock);
    }

    /// The trail.
    Trail trail() {
        return trail;
    }

    /// Looks at the switch from now on.
    synchronized void watch() {
        if (watcher == null) {
            watcher = Thread.ofVirtual().start(() -> file.watch(watch.localOnly(), this::turned));
        }
    }

    /// Whether nothing may leave this machine.
    boolean localOnly() {
        return watch.localOnly().isOn();
    }

    private void look() {
        file.look(watch.localOnly(), this::turned);
    }

    /// Names the models that are not known to run here, whatever their address; says so when they
    /// are others than before.
    synchronized void doubt(Attestation attestation) {
        watch.doubt(attestation.seats());
        List<String> warnings = attestation.warnings();
        if (!warnings.equals(warned)) {
            warnings.forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
            warned = warnings;
        }
    }

    /// The guard of a policy, which comes into force with it.
    ///
    /// @param taught what the detector finds beside
    /// @param source what brought it, such as `start`
    Guard guard(Policy policy, List<Tagger> taught, Clock clock, String source) {
        Detector all = detector.join();
        for (Tagger tagger : taught) {
            all = all.with(tagger);
        }
        var scanner = scanner(policy, all);
        if (source.equals("start")) {
            // permits of regulated data are on disk before their bytes leave
            String version = Safeguards.class.getPackage().getImplementationVersion();
            var _ =
                    trail.append(
                            new AuditRecord.Start(
                                    version == null ? "development" : version,
                                    policy.hash(),
                                    scanner.bundle(),
                                    true));
        }
        var _ = trail.append(new AuditRecord.PolicySet(policy.hash(), source, scanner.bundle()));
        return new Guard(policy, scanner, watch, clock);
    }

    private void turned(boolean on, String who, String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                "local-only is {0} ({1})",
                on ? "on: nothing leaves this machine" : "off",
                who);
        var _ = trail.append(new AuditRecord.Intervention("local-only", on, who, reason));
    }

    @Override
    public Map<String, String> holders() {
        return watch.localOnly().holders();
    }

    @Override
    public void turn(boolean on, String who, String reason) {
        LocalOnly localOnly = watch.localOnly();
        if (on ? localOnly.hold(who, reason) : localOnly.release(who)) {
            turned(on, who, reason);
        }
    }

    private Optional<String> note(Permit permit, String requestId, ModelCard model) {
        var record =
                new AuditRecord.Permitted(
                        requestId,
                        permit.dataClass(),
                        new AuditRecord.Permit(permit.id(), place(permit.zone())),
                        model.name(),
                        permit.policy());
        var ticket = trail.append(record);
        boolean regulated = permit.dataClass().compareTo(DataClass.INTERNAL) > 0;
        if (!regulated && !ticket.settled()) {
            return trail.trouble();
        }
        return switch (ticket.await(NOTING)) {
            case Appended.Durable _ -> Optional.empty();
            case Appended.Refused(String message) -> Optional.of(message);
            case Appended.Waiting(String message) -> Optional.of(message);
        };
    }

    private void violated(Permit permit, String objection) {
        LOG.log(
                System.Logger.Level.ERROR,
                "permit={0} zone={1} withheld: {2}",
                permit.id(),
                permit.zone().name(),
                objection);
        var _ =
                trail.append(
                        new AuditRecord.Violation(
                                "permit", null, permit.dataClass(), place(permit.zone()), true));
    }

    private static AuditRecord.Place place(Zone zone) {
        return new AuditRecord.Place(
                zone.name(),
                zone.kind() == Zone.Kind.LOCAL,
                zone.jurisdiction().isEmpty() ? null : zone.jurisdiction());
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.interrupt();
        }
        trail.close();
    }
}
