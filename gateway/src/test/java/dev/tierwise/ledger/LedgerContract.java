package dev.tierwise.ledger;

import static dev.tierwise.ledger.Entries.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every kind of store must do.
abstract class LedgerContract {
    /// A store that holds nothing yet; the same one at each call within a test.
    abstract Store store();

    @Test
    void whatIsAppendedCanBeReadBack() {
        store().append(List.of(Entries.usual("a"), Entries.usual("b")));

        Figures figures = figures(Span.ALL);

        assertThat(figures.all().requests()).isEqualTo(2);
        assertThat(figures.all().tokens()).isEqualTo(new Totals.Tokens(240, 40, 60, 0));
        assertThat(figures.all().latency())
                .isEqualTo(new Totals.Quantiles(2, Duration.ofMillis(41), Duration.ofMillis(41)));
        assertThat(figures.all().firstByte())
                .isEqualTo(new Totals.Quantiles(2, Duration.ofMillis(10), Duration.ofMillis(10)));
        assertThat(figures.first()).isEqualTo(NOON);
        assertThat(figures.last()).isEqualTo(NOON);
    }

    @Test
    void anEmptyStoreHasFiguresOfNothing() {
        store().append(List.of());

        Figures figures = figures(Span.ALL);

        assertThat(figures.first()).isNull();
        assertThat(figures.all().requests()).isZero();
        assertThat(figures.all().latency()).isNull();
        assertThat(figures.tiers()).isEmpty();
        assertThat(figures.attempts().count()).isZero();
    }

    @Test
    void anEntryThatIsAppendedAgainCountsOnce() {
        store().append(List.of(Entries.usual("a")));

        var again = store().append(List.of(Entries.usual("a"), Entries.usual("b")));

        assertThat(again).isEmpty();
        assertThat(figures(Span.ALL).all().requests()).isEqualTo(2);
        assertThat(figures(Span.ALL).attempts().count()).isEqualTo(2);
    }

    @Test
    void unknownPriceIsNeverCountedAsZero() {
        store().append(
                        List.of(
                                Entries.priced("a", Tier.MID, new Money(30), new Money(100)),
                                Entries.priced("b", Tier.MID, null, new Money(100)),
                                Entries.priced("c", Tier.MID, new Money(5), null)));

        Totals.Spend spend = figures(Span.ALL).all().spend();

        assertThat(spend)
                .isEqualTo(new Totals.Spend(new Money(35), 1, 1, new Money(30), new Money(100)));
        assertThat(spend.saving()).isEqualTo(new Money(70));
    }

    @Test
    void baselinesAreNamedWithTheRequestsComparedWithThem() {
        store().append(
                        List.of(
                                Entries.usual("a"),
                                Entries.priced("b", Tier.MID, null, new Money(100))));

        Figures figures = figures(Span.ALL);

        assertThat(figures.baselines()).containsExactly(Map.entry("frontier-model", 1L));
    }

    @Test
    void aSpanHoldsItsFirstMomentAndNotItsLast() {
        store().append(
                        List.of(
                                Entries.at("before", NOON.minusMillis(1)),
                                Entries.at("first", NOON),
                                Entries.at("within", NOON.plusMillis(9)),
                                Entries.at("after", NOON.plusMillis(10))));

        Figures figures = figures(new Span(NOON, NOON.plusMillis(10)));

        assertThat(figures.all().requests()).isEqualTo(2);
        assertThat(figures.attempts().count()).isEqualTo(2);
        assertThat(figures.last()).isEqualTo(NOON.plusMillis(9));
    }

    @Test
    void tiersComeInTheirOrderAndRequestsWithoutAnAnswerInNone() {
        store().append(
                        List.of(
                                Entries.priced("a", Tier.FRONTIER, Money.ZERO, Money.ZERO),
                                Entries.priced("b", Tier.FRONTIER, Money.ZERO, Money.ZERO),
                                Entries.priced("c", Tier.LOCAL, Money.ZERO, Money.ZERO),
                                Entries.gone("d", Outcome.REFUSED)));

        Figures figures = figures(Span.ALL);

        assertThat(figures.tiers())
                .extracting(Figures.Group::name)
                .containsExactly("local", "frontier");
        assertThat(figures.all().count(Outcome.REFUSED)).isEqualTo(1);
        assertThat(figures.all().count(Outcome.BROKEN)).isZero();
    }

    @Test
    void requestsWithSeveralAttemptsAreCounted() {
        Entry one = Entries.usual("a");
        Attempt first = one.attempts().getFirst();
        store().append(
                        List.of(
                                withAttempts(one, List.of(first, other(first, 2, Tier.LOCAL))),
                                withAttempts(
                                        Entries.usual("b"),
                                        List.of(
                                                first,
                                                other(first, 2, Tier.MID),
                                                other(first, 3, Tier.FRONTIER))),
                                Entries.usual("c"),
                                Entries.gone("d", Outcome.REFUSED)));

        Figures.Attempts attempts = figures(Span.ALL).attempts();

        assertThat(attempts)
                .isEqualTo(new Figures.Attempts(6, 3, 2, 1, Map.of("answered", 3L, "timeout", 3L)));
    }

    @Test
    void verdictsAreCountedByWhatWasDone() {
        Verdict second =
                new Verdict(
                        2,
                        "local-model",
                        Double.NaN,
                        Verdict.Action.CONSULT,
                        "unsure",
                        "other",
                        true,
                        null);
        store().append(
                        List.of(
                                Entries.judged("a", Entries.verdict(1, Verdict.Action.ACCEPT)),
                                Entries.judged(
                                        "b", Entries.verdict(1, Verdict.Action.CLIMB), second),
                                Entries.judged("c", Entries.verdict(1, Verdict.Action.ACCEPT))));

        Figures.Judged judged = figures(Span.ALL).judged();

        assertThat(judged.count(Verdict.Action.ACCEPT)).isEqualTo(2);
        assertThat(judged.count(Verdict.Action.CLIMB)).isEqualTo(1);
        assertThat(judged.count(Verdict.Action.SKIP)).isZero();
        assertThat(judged.agreed()).isEqualTo(1);
        assertThat(judged.differed()).isZero();
        assertThat(judged.held())
                .isEqualTo(new Totals.Quantiles(3, Duration.ofMillis(10), Duration.ofMillis(10)));
    }

    @Test
    void theLastFeedbackOfARequestCounts() {
        store().append(
                        List.of(
                                Entries.feedback("a", Feedback.Kind.THUMB, 1),
                                Entries.feedback("b", Feedback.Kind.THUMB, 1),
                                Entries.feedback("a", Feedback.Kind.THUMB, 0),
                                Entries.feedback("c", Feedback.Kind.SCORE, 0.5)));

        Figures.Ratings ratings = figures(Span.ALL).ratings();

        var rated = new Figures.Rated("local", 3, 1, 1, 0.5);
        assertThat(ratings.tiers()).containsExactly(rated);
        assertThat(ratings.models())
                .containsExactly(new Figures.Rated("local-model", 3, 1, 1, 0.5));
    }

    @Test
    void feedbackThatIsAppendedAgainCountsOnce() {
        var given = Entries.feedback("a", Feedback.Kind.THUMB, 1);
        store().append(List.of(given));

        var again = store().append(List.of(given));

        assertThat(again).isEmpty();
        assertThat(figures(Span.ALL).ratings().tiers())
                .containsExactly(new Figures.Rated("local", 1, 1, 0, 1));
    }

    @Test
    void aRequestIsFoundByItsId() {
        store().append(List.of(Entries.usual("a"), Entries.gone("b", Outcome.REFUSED)));

        var found = store().find("a");

        assertThat(found)
                .isEqualTo(
                        new Ledger.Found.One(
                                new Entry.Origin(
                                        "a",
                                        NOON,
                                        "anonymous",
                                        "mail",
                                        "local-model",
                                        Tier.LOCAL)));
        assertThat(store().find("b"))
                .isEqualTo(
                        new Ledger.Found.One(
                                new Entry.Origin("b", NOON, "anonymous", "mail", null, null)));
        assertThat(store().find("c")).isEqualTo(new Ledger.Found.None());
    }

    @Test
    void sumsEqualThoseOfTheEntriesThemselves() {
        for (int seed = 0; seed < 20; seed++) {
            List<Entry> entries = entries(new Random(seed), seed);
            store().append(entries);
        }
        var entries = new ArrayList<Entry>();
        for (int seed = 0; seed < 20; seed++) {
            entries.addAll(entries(new Random(seed), seed));
        }

        Figures figures = figures(Span.ALL);

        assertSums(figures.all(), entries);
        for (Figures.Group group : figures.tiers()) {
            assertSums(group.totals(), having(entries, e -> word(e.choice().tier()), group));
        }
        for (Figures.Group group : figures.tasks()) {
            assertSums(group.totals(), having(entries, e -> e.caller().task(), group));
        }
        for (Figures.Group group : figures.keys()) {
            assertSums(group.totals(), having(entries, e -> e.caller().key(), group));
        }
        assertThat(requests(figures.tasks())).isEqualTo(entries.size());
        assertThat(requests(figures.keys())).isEqualTo(entries.size());
    }

    private Figures figures(Span span) {
        Reading reading = store().read(span);
        assertThat(reading).isInstanceOf(Reading.Found.class);
        return ((Reading.Found) reading).figures();
    }

    private static List<Entry> entries(Random random, int seed) {
        return IntStream.range(0, 1 + random.nextInt(60))
                .mapToObj(index -> Entries.random(random, 1_000 * seed + index))
                .toList();
    }

    private static void assertSums(Totals totals, List<Entry> entries) {
        var compared =
                entries.stream()
                        .filter(e -> e.bill().cost() != null && e.bill().baselineCost() != null)
                        .toList();
        assertThat(totals.requests()).isEqualTo(entries.size());
        assertThat(totals.spend())
                .isEqualTo(
                        new Totals.Spend(
                                money(entries, e -> e.bill().cost()),
                                entries.stream().filter(e -> e.bill().cost() == null).count(),
                                compared.size(),
                                money(compared, e -> e.bill().cost()),
                                money(compared, e -> e.bill().baselineCost())));
        assertThat(totals.tokens())
                .isEqualTo(
                        new Totals.Tokens(
                                entries.stream().mapToLong(e -> e.bill().usage().input()).sum(),
                                entries.stream()
                                        .mapToLong(e -> e.bill().usage().cachedInput())
                                        .sum(),
                                entries.stream().mapToLong(e -> e.bill().usage().output()).sum(),
                                entries.stream()
                                        .filter(e -> e.bill().usage().estimated())
                                        .count()));
        for (Outcome outcome : Outcome.values()) {
            assertThat(totals.count(outcome))
                    .isEqualTo(
                            entries.stream().filter(e -> e.course().outcome() == outcome).count());
        }
        assertThat(totals.latency()).isEqualTo(quantiles(entries, e -> e.course().latency()));
        assertThat(totals.firstByte()).isEqualTo(quantiles(entries, e -> e.course().firstByte()));
    }

    private static Totals.@Nullable Quantiles quantiles(
            List<Entry> entries, Function<Entry, @Nullable Duration> time) {
        var times =
                entries.stream()
                        .filter(e -> e.course().outcome() == Outcome.ANSWERED)
                        .map(time)
                        .filter(Objects::nonNull)
                        .map(t -> t.truncatedTo(ChronoUnit.MICROS))
                        .sorted()
                        .toList();
        if (times.isEmpty()) {
            return null;
        }
        return new Totals.Quantiles(times.size(), share(times, 50), share(times, 95));
    }

    private static Duration share(List<Duration> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private static Money money(List<Entry> entries, Function<Entry, @Nullable Money> part) {
        return entries.stream().map(part).filter(Objects::nonNull).reduce(Money.ZERO, Money::plus);
    }

    private static List<Entry> having(
            List<Entry> entries, Function<Entry, @Nullable String> name, Figures.Group group) {
        return entries.stream().filter(e -> Objects.equals(name.apply(e), group.name())).toList();
    }

    private static @Nullable String word(@Nullable Tier tier) {
        return tier == null ? null : tier.word();
    }

    private static long requests(List<Figures.Group> groups) {
        return groups.stream().mapToLong(group -> group.totals().requests()).sum();
    }

    private static Entry withAttempts(Entry entry, List<Attempt> attempts) {
        return new Entry(
                entry.id(),
                entry.at(),
                entry.caller(),
                entry.choice(),
                entry.bill(),
                entry.course(),
                attempts);
    }

    private static Attempt other(Attempt first, int number, Tier tier) {
        return new Attempt(
                number,
                first.model(),
                first.upstream(),
                tier,
                first.startedAfter(),
                first.took(),
                null,
                first.usage(),
                null,
                0,
                "timeout");
    }
}
