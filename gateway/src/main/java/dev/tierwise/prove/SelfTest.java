package dev.tierwise.prove;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import tools.jackson.core.io.JsonStringEncoder;

/// Runs one self-test: positions × disguises × identifiers × faults, drawn at random from a seed,
/// in rounds of one fault each.
public final class SelfTest {
    private static final int AT_ONCE = 32;

    /// How many requests a fault gets at least.
    private static final long FEW = 200;

    private static final int MOST_LEAKS = 100;

    /// How many values are looked for on the disk one by one; marks are looked for all at once.
    private static final int VALUES = 200;

    private final Plan plan;
    private final Random random;
    private final Map<String, Outcome.Leak> regulated = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Outcome.Leak> leaks = new ConcurrentLinkedQueue<>();
    private final AtomicLong leaked = new AtomicLong();

    /// The identifiers of requests under way, plain and as they are written in JSON.
    private final Map<String, Outcome.Leak> underway = new ConcurrentHashMap<>();

    private final AtomicLong partnered = new AtomicLong();
    private final Map<String, Boolean> harmless = new ConcurrentHashMap<>();
    private final AtomicLong reached = new AtomicLong();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final List<String> values = new ArrayList<>();
    private long sent;
    private long carried;
    private long innocent;

    /// What to run.
    ///
    /// @param folder an empty folder for the gateway's files
    /// @param requests how many requests, about
    /// @param seed what they are drawn from
    public record Plan(Path folder, long requests, long seed) {}

    private SelfTest(Plan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed);
    }

    /// Runs it; blocks until it is done.
    ///
    /// @param progress told how many requests were sent, now and then
    /// @throws IOException when the gateway's files cannot be read afterwards
    public static Outcome run(Plan plan, Subject.Maker maker, LongConsumer progress)
            throws IOException {
        Vertx vertx = Vertx.vertx();
        var test = new SelfTest(plan);
        try (var near = new Recorder(vertx, _ -> {}, _ -> {});
                var far = new Recorder(vertx, test::arrived, _ -> {});
                var partner = new Recorder(vertx, _ -> {}, test::shown);
                var beyond = new Recorder(vertx, test::arrived, _ -> {})) {
            int nearPort = near.start();
            int farPort = far.start();
            near.pointTo(beyond.start());
            var trouble = new Trouble();
            var stage = new Subject.Stage(plan.folder, nearPort, farPort, partner.start(), trouble);
            try (Subject subject = maker.start(stage);
                    var asker = new Asker(vertx, subject.port(), AT_ONCE)) {
                test.rounds(subject, asker, near, trouble, progress);
            }
            return test.outcome();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void arrived(String mark) {
        Outcome.Leak leak = regulated.get(mark);
        if (leak != null) {
            leaked.incrementAndGet();
            if (leaks.size() < MOST_LEAKS) {
                leaks.add(leak);
            }
        } else if (harmless.remove(mark) != null) {
            reached.incrementAndGet();
        }
    }

    /// Looks for what the partner must not see in what it sees.
    private void shown(String body) {
        partnered.incrementAndGet();
        underway.forEach((value, leak) -> {
            if (body.contains(value)) {
                leaked.incrementAndGet();
                leaks.add(leak);
            }
        });
    }

    private void rounds(
            Subject subject, Asker asker, Recorder near, Trouble trouble, LongConsumer progress) {
        int weights = Arrays.stream(Fault.values()).mapToInt(Fault::weight).sum();
        for (Fault fault : Fault.values()) {
            near.behave(fault.near());
            trouble.set(fault);
            long few = Math.min(FEW, plan.requests / Fault.values().length);
            round(fault, Math.max(few, plan.requests * fault.weight() / weights), subject, asker);
            trouble.set(Fault.NONE);
            subject.localOnly(false);
            progress.accept(sent);
        }
    }

    private void round(Fault fault, long requests, Subject subject, Asker asker) {
        var places = new Semaphore(AT_ONCE);
        for (long i = 0; i < requests; i++) {
            places.acquireUninterruptibly();
            if (fault == Fault.SWITCHED) {
                subject.localOnly(random.nextBoolean());
            } else if (fault == Fault.RELOADS && i % 200 == 0) {
                subject.reload();
            }
            Shot shot = random.nextInt(8) == 0 ? innocent(fault) : loaded(fault);
            sent++;
            asker.ask(shot.body, shot.header)
                    .whenComplete((status, _) -> {
                        shot.hidden.forEach(underway::remove);
                        answers.computeIfAbsent(status == null ? 0 : status, _ -> new LongAdder())
                                .increment();
                        places.release();
                    });
        }
        places.acquireUninterruptibly(AT_ONCE);
    }

    /// One request.
    ///
    /// @param body its JSON
    /// @param header the class that it declares; empty for none
    /// @param hidden what nobody outside may see of it
    private record Shot(Buffer body, String header, List<String> hidden) {}

    private Shot loaded(Fault fault) {
        Canary.Sort sort = pick(Canary.Sort.values());
        Position position = pick(Position.values());
        Disguise disguise = pick(Disguise.values());
        Canary canary = Canary.of(sort, random);
        carried++;
        var leak = new Outcome.Leak(sort.name(), position.name(), disguise.name(), fault.name());
        regulated.put(canary.mark(), leak);
        if (values.size() < VALUES) {
            values.add(canary.value());
        }
        // one in sixteen is declared as well and says nothing by itself
        boolean declared = random.nextInt(16) == 0;
        String shown = disguise.of(canary.value());
        String text = declared ? "Case " + canary.mark() : canary.sentence(shown);
        byte[] body = position.body(text, model(), random.nextBoolean());
        List<String> hidden = declared ? List.of() : List.of(canary.value(), escaped(shown));
        hidden.forEach(value -> underway.put(value, leak));
        return new Shot(Buffer.buffer(body), declared ? "phi" : "", hidden);
    }

    /// A request that may leave, so that a test in which nothing can leave does not pass.
    private Shot innocent(Fault fault) {
        String mark = Canary.PREFIX + Canary.letters(random, 10);
        if (fault.letsHarmlessThrough()) {
            innocent++;
            harmless.put(mark, true);
        }
        byte[] body =
                Position.LAST_USER.body("Sort " + mark + " please", "far", random.nextBoolean());
        return new Shot(Buffer.buffer(body), "", List.of());
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    }

    private String model() {
        return pick(
                new String[] {
                    "auto", "tier:frontier", "far", "tier:mid", "tier:local", "near", "partner"
                });
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private Outcome outcome() throws IOException {
        var disk = new DiskLook(values);
        List<String> found = disk.below(plan.folder);
        Map<Integer, Long> counts = new TreeMap<>();
        answers.forEach((status, count) -> counts.put(status, count.sum()));
        return new Outcome(
                plan.seed,
                sent,
                carried,
                innocent,
                reached.get(),
                partnered.get(),
                List.copyOf(leaks),
                leaked.get(),
                found,
                disk.files(),
                counts);
    }
}
