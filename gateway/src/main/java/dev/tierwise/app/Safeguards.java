package dev.tierwise.app;

import dev.tierwise.detect.Detector;
import dev.tierwise.guard.Guard;
import dev.tierwise.guard.Permit;
import dev.tierwise.guard.Scanner;
import dev.tierwise.policy.Policy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What keeps data where it may be, beyond any one configuration: the detector, the permits, the
/// classes of conversations, and the switch. Thread-safe.
final class Safeguards implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("tierwise.guard");

    /// The longest that one request may be scanned.
    private static final Duration SCAN_LIMIT = Duration.ofMillis(250);

    private static final int SCANS_AT_ONCE = 4 * Runtime.getRuntime().availableProcessors();

    private final LocalOnlyFile file;
    private final Guard.Watch watch = Guard.Watch.begin(Safeguards::violated);
    private final CompletableFuture<Detector> detector;
    private @Nullable Thread watcher;

    private Safeguards(LocalOnlyFile file) {
        this.file = file;
        this.detector =
                CompletableFuture.supplyAsync(
                        Detector::shipped, task -> Thread.ofPlatform().daemon().start(task));
    }

    /// Reads the switch and begins to load the detector.
    static Safeguards begin(Folders folders) {
        var safeguards = new Safeguards(new LocalOnlyFile(folders));
        safeguards.file.look(safeguards.watch.localOnly(), Safeguards::turned);
        return safeguards;
    }

    /// Looks at the switch from now on.
    synchronized void watch() {
        if (watcher == null) {
            watcher =
                    Thread.ofVirtual()
                            .start(() -> file.watch(watch.localOnly(), Safeguards::turned));
        }
    }

    /// The guard of a policy.
    Guard guard(Policy policy, Clock clock) {
        var scanner = new Scanner(detector.join(), SCAN_LIMIT, SCANS_AT_ONCE);
        return new Guard(policy, scanner, watch, clock);
    }

    private static void turned() {
        LOG.log(System.Logger.Level.WARNING, "the switch local-only was turned");
    }

    private static void violated(Permit permit, String objection) {
        LOG.log(
                System.Logger.Level.ERROR,
                "permit={0} zone={1} withheld: {2}",
                permit.id(),
                permit.place().zone().name(),
                objection);
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.interrupt();
        }
    }
}
