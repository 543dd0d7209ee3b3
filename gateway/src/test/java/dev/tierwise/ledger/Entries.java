package dev.tierwise.ledger;

import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Entries for tests: one that differs from the usual in few things, or any at all from a seed.
public final class Entries {
    /// When the usual entries arrive.
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Entries() {}

    /// A request that a local model answered at once and for nothing.
    public static Entry usual(String id) {
        return priced(id, Tier.LOCAL, Money.ZERO, new Money(7_000_000));
    }

    /// A request that a model of `tier` answered.
    public static Entry priced(
            String id, Tier tier, @Nullable Money cost, @Nullable Money baseline) {
        var usage = new Usage(120, 20, 30, false);
        var attempt =
                new Attempt(
                        1,
                        tier.word() + "-model",
                        tier.word() + "-upstream",
                        tier,
                        Duration.ofNanos(300_000),
                        Duration.ofMillis(40),
                        Duration.ofMillis(9),
                        usage,
                        cost,
                        200,
                        "answered");
        return new Entry(
                id,
                NOON,
                new Caller("anonymous", "mail", Tier.FRONTIER, 0.8, DataClass.INTERNAL),
                new Entry.Choice("auto", tier, attempt.model(), "short"),
                new Entry.Bill(usage, cost, "frontier-model", baseline),
                new Entry.Course(
                        Duration.ofMillis(41), Duration.ofMillis(10), true, 200, Outcome.ANSWERED),
                List.of(attempt));
    }

    /// The usual entry at another time.
    public static Entry at(String id, Instant at) {
        Entry usual = usual(id);
        return new Entry(
                id,
                at,
                usual.caller(),
                usual.choice(),
                usual.bill(),
                usual.course(),
                usual.attempts());
    }

    /// What somebody thought of a local model's answer, at noon.
    public static Feedback feedback(String requestId, Feedback.Kind kind, double score) {
        return new Feedback(requestId, NOON, "anonymous", kind, score, "local-model", Tier.LOCAL);
    }

    /// The usual entry, of which something was judged.
    public static Entry judged(String id, Verdict... verdicts) {
        Entry usual = usual(id);
        return new Entry(
                id,
                usual.at(),
                usual.caller(),
                usual.choice(),
                usual.bill(),
                usual.course(),
                usual.attempts(),
                List.of(verdicts));
    }

    /// A verdict without a second opinion.
    public static Verdict verdict(int number, Verdict.Action action) {
        return new Verdict(
                number,
                "local-model",
                0.5,
                action,
                "checks",
                null,
                null,
                Duration.ofMillis(10L * number));
    }

    /// The usual entry with another course and no attempts.
    public static Entry gone(String id, Outcome outcome) {
        Entry usual = usual(id);
        return new Entry(
                id,
                usual.at(),
                usual.caller(),
                new Entry.Choice("auto", null, null, "no_model"),
                new Entry.Bill(Usage.NONE, Money.ZERO, null, null),
                new Entry.Course(Duration.ofMillis(1), null, false, 503, outcome),
                List.of());
    }

    /// An entry made of `random`: every field that may be missing is at times.
    public static Entry random(Random random, int index) {
        Outcome outcome = pick(random, Outcome.values());
        boolean called = outcome != Outcome.REFUSED;
        var attempts = new ArrayList<Attempt>();
        int calls = called ? 1 + random.nextInt(3) : 0;
        for (int number = 1; number <= calls; number++) {
            attempts.add(attempt(random, number));
        }
        Tier tier = outcome == Outcome.ANSWERED ? pick(random, Tier.values()) : null;
        return new Entry(
                "request-" + index,
                NOON.plusMillis(random.nextInt(100_000)),
                new Caller(
                        "key-" + random.nextInt(3),
                        random.nextBoolean() ? "task-" + random.nextInt(4) : null,
                        pick(random, Tier.values()),
                        random.nextBoolean() ? random.nextDouble() : null,
                        pick(random, DataClass.values())),
                new Entry.Choice("auto", tier, tier == null ? null : tier.word() + "-model", "why"),
                new Entry.Bill(usage(random), money(random), "frontier-model", money(random)),
                new Entry.Course(
                        Duration.ofNanos(random.nextLong(60_000_000_000L)),
                        random.nextBoolean()
                                ? Duration.ofNanos(random.nextInt() & 0xFFFF_FFFFL)
                                : null,
                        random.nextBoolean(),
                        200,
                        outcome),
                attempts);
    }

    private static Attempt attempt(Random random, int number) {
        return new Attempt(
                number,
                "model-" + random.nextInt(3),
                "upstream",
                pick(random, Tier.values()),
                Duration.ofMillis(random.nextInt(1_000)),
                Duration.ofMillis(random.nextInt(10_000)),
                random.nextBoolean() ? Duration.ofMillis(random.nextInt(1_000)) : null,
                usage(random),
                money(random),
                random.nextBoolean() ? 200 : 0,
                random.nextBoolean() ? "answered" : "timeout");
    }

    private static Usage usage(Random random) {
        return new Usage(
                random.nextInt(100_000),
                random.nextInt(1_000),
                random.nextInt(5_000),
                random.nextBoolean());
    }

    private static @Nullable Money money(Random random) {
        return random.nextInt(4) == 0 ? null : new Money(random.nextLong(5_000_000_000L));
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
