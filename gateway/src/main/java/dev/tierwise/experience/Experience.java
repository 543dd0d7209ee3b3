package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the user's own traffic has taught: how far predictions are off for each model and task,
/// what can be guaranteed, and whether traffic has drifted. Kept in a folder, as a journal of
/// examples and versions of what was learned from them, each of which can be gone back to. Holds no
/// word of a prompt or an answer.
///
/// Thread-safe. What requests ask is read from memory in microseconds; what they tell is put into a
/// bounded queue, and a thread of this object's own writes it down and learns from it. When that
/// cannot be done nothing is learned, and [#trouble] says why: a request never fails for it.
public final class Experience implements AutoCloseable {
    private static final int REMEMBERED = 32_768;
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Clock clock;
    private final @Nullable Path folder;
    private final Recent recent = new Recent(REMEMBERED);
    private final Inbox inbox = new Inbox();
    private final Guarantees guarantees = new Guarantees();
    private final Keeper keeper;

    private Experience(Keeper.Outfit outfit) {
        this.clock = outfit.clock();
        this.folder = outfit.folder();
        this.keeper = new Keeper(inbox, guarantees, outfit);
        Thread.ofPlatform().daemon().name("tierwise-router").start(keeper);
    }

    /// Opens what was learned in `folder`, which is made where it is missing. Does disk I/O. Where
    /// the folder cannot be used, or another process learns there, nothing is learned until that
    /// has changed.
    ///
    /// @param clock time
    /// @param alarmed told of alarms of drift, on a thread of this object's own
    public static Experience open(Path folder, Clock clock, Consumer<Alarm> alarmed) {
        return new Experience(new Keeper.Outfit(folder, true, clock, alarmed));
    }

    /// Uses what was learned in `folder`, and learns nothing.
    public static Experience reading(Path folder, Clock clock) {
        return new Experience(new Keeper.Outfit(folder, false, clock, _ -> {}));
    }

    /// One that keeps nothing on disk.
    public static Experience inMemory(Clock clock) {
        return new Experience(new Keeper.Outfit(null, true, clock, _ -> {}));
    }

    /// What was learned in `folder`, which a gateway may be writing meanwhile. Reads the disk only.
    public static Status look(Path folder) {
        try {
            Past past = Past.read(folder);
            return new Status(
                    past.learned(),
                    past.knowledge().rows(),
                    past.alarms(),
                    new Shelf(folder).versions(),
                    past.knowledge().examples(),
                    0,
                    null);
        } catch (IOException e) {
            return new Status(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    0,
                    folder + " cannot be read (" + e + "); let this user read it");
        }
    }

    /// The probability that `model` answers the prompt well, corrected by what was learned. Where
    /// nothing was, it is `foretold` itself.
    ///
    /// @param task the named or guessed task, or an empty text
    /// @param traits of the prompt
    /// @param foretold from 0 to 1
    public double corrected(String model, String task, double[] traits, double foretold) {
        Addition addition = keeper.shown().view().prompts().get(model);
        return addition == null ? foretold : addition.to(foretold, task, traits);
    }

    /// The probability that an answer is good, corrected by what was learned. Where nothing was, it
    /// is `probability` itself.
    ///
    /// @param model that gave the answer
    /// @param task the named or guessed task, or an empty text
    /// @param probability from 0 to 1
    public double judged(String model, String task, double probability) {
        Addition addition = keeper.shown().view().answers().get(model);
        return addition == null ? probability : addition.to(probability, task, Knowledge.NONE);
    }

    /// What the last 5,000 rows prove of "worse than the frontier on at most `mostWorse` of the
    /// requests". The first time a claim is asked for takes milliseconds; later it is proven anew
    /// beside the requests, when there are 5 % more rows or traffic has drifted.
    public Floor.Verdict guarantee(double mostWorse, double confidence) {
        var claim = new Guarantees.Claim(false, mostWorse, confidence);
        return guarantees.verdict(claim, keeper.shown().view());
    }

    /// As [#guarantee], of "mean quality is at least `ratio` times the frontier's".
    public Floor.Verdict floor(double ratio, double confidence) {
        var claim = new Guarantees.Claim(true, ratio, confidence);
        return guarantees.verdict(claim, keeper.shown().view());
    }

    /// An answer was delivered: feedback may come for it, and its score is watched for drift.
    public void answered(Answered answered) {
        recent.add(answered);
        inbox.offer(new Inbox.Item.Seen(answered));
    }

    /// The answer to that request, if feedback can still be learned from.
    public Optional<Answered> answer(String requestId) {
        return recent.find(requestId, clock.instant());
    }

    /// What came of an answer.
    public void record(Example example) {
        inbox.offer(new Inbox.Item.Note(new Event.Learn(example)));
    }

    /// A request that both a small and the frontier model have answered and that was judged. Rows
    /// must be a fair sample of the traffic.
    public void paired(Instant at, String requestId, Floor.Row row) {
        inbox.offer(new Inbox.Item.Note(new Event.Pair(at, requestId, row)));
    }

    /// Why nothing is learned now, and how to mend it; empty when all is well.
    public Optional<String> trouble() {
        return Optional.ofNullable(keeper.trouble());
    }

    /// What was learned, for people. Reads the disk.
    public Status status() {
        Keeper.Shown shown = keeper.shown();
        return new Status(
                shown.learned(),
                shown.view().rows(),
                shown.alarms(),
                versions(),
                shown.examples(),
                inbox.dropped(),
                keeper.trouble());
    }

    /// The versions that are kept, the newest last. Reads the disk.
    public List<Version> versions() {
        return folder == null ? List.of() : new Shelf(folder).versions();
    }

    /// Goes back to the state of a version, which becomes a new version; what comes later is
    /// learned on top of it. Takes milliseconds.
    public Change rollback(long version) {
        return version < 1 ? new Change.Refused("versions are numbered from 1") : turn(version);
    }

    /// Forgets all that was learned; the state that is left stays as a version.
    public Change reset() {
        return turn(0);
    }

    private Change turn(long to) {
        var told = new CompletableFuture<Change>();
        inbox.put(new Inbox.Item.Turn(to, told));
        return told.completeOnTimeout(
                        new Change.Refused("the router is closed, or its disk does not answer"),
                        FAREWELL.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }

    /// Waits until all that was told before is learned and on disk, `atMost` so long.
    ///
    /// @return whether it is
    public boolean flush(Duration atMost) {
        var reached = new CountDownLatch(1);
        inbox.put(new Inbox.Item.Mark(reached));
        return await(reached, atMost);
    }

    /// Learns what is left, keeps it as a version, and gives the folder back.
    @Override
    public void close() {
        inbox.put(new Inbox.Item.End());
        await(keeper.over(), FAREWELL);
    }

    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
