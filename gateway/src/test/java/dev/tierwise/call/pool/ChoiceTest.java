package dev.tierwise.call.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Model.Standing;
import dev.tierwise.call.Model.Standing.Loaded;
import dev.tierwise.call.pool.Choice.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant LATELY = NOW.minus(Duration.ofMinutes(1));
    private static final double UNMEASURED = Double.NaN;

    @Test
    void whereTheModelIsLoadedComesFirst() {
        Site absent = site(0, 1, Loaded.NO, 40, LATELY);
        Site there = site(0, 1, Loaded.YES, 20, LATELY);

        assertThat(first(absent, there)).isEqualTo(1);
    }

    @Test
    void aLongQueueIsWorthALoad() {
        Site absent = site(0, 1, Loaded.NO, 40, LATELY);
        Site queue = site(3, 1, Loaded.YES, 40, LATELY);

        assertThat(first(queue, absent)).isEqualTo(1);
    }

    @Test
    void theFasterComesFirstUntilItsQueueEatsThatUp() {
        Site slow = site(0, 2, Loaded.YES, 20, LATELY);

        assertThat(first(slow, site(0, 2, Loaded.YES, 40, LATELY))).isEqualTo(1);
        assertThat(first(slow, site(2, 2, Loaded.YES, 40, LATELY))).isEqualTo(1);
        assertThat(first(slow, site(4, 2, Loaded.YES, 40, LATELY))).isZero();
    }

    @Test
    void whereNothingIsMeasuredAllAreTriedInTurn() {
        var used = new ArrayList<@Nullable Instant>(Arrays.asList(null, null, null));
        var asked = new ArrayList<Integer>();
        for (int request = 0; request < 6; request++) {
            Site[] sites =
                    used.stream()
                            .map(at -> site(0, 1, Loaded.UNKNOWN, UNMEASURED, at))
                            .toArray(Site[]::new);
            int chosen = first(sites);
            asked.add(chosen);
            used.set(chosen, LATELY.plusSeconds(request));
        }

        assertThat(asked).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void aSiteThatWasNeverMeasuredIsTriedBesideAFastOne() {
        Site fast = site(0, 1, Loaded.YES, 100, LATELY);
        Site unknown = site(0, 1, Loaded.YES, UNMEASURED, null);

        assertThat(first(fast, unknown)).isEqualTo(1);
    }

    @Test
    void aSlowMeasurementIsForgottenInAnHour() {
        Site fast = site(0, 1, Loaded.YES, 100, LATELY);
        Site slow = site(0, 1, Loaded.YES, 2, NOW.minus(Duration.ofMinutes(59)));
        Site old = site(0, 1, Loaded.YES, 2, NOW.minus(Duration.ofMinutes(61)));

        assertThat(first(fast, slow)).isZero();
        assertThat(first(fast, old)).isEqualTo(1);
    }

    @Test
    void aConversationGoesBackToWhereItWasRead() {
        Site other = site(0, 1, Loaded.YES, 40, LATELY);
        Site before = new Site(standing(0, 1, Loaded.YES, 40, NOW), true, true, NOW);
        Site full = new Site(standing(2, 1, Loaded.YES, 40, NOW), true, true, NOW);

        assertThat(first(other, before)).isEqualTo(1);
        assertThat(first(other, full)).isZero();
    }

    @Test
    void whatIsNotReadyComesLast() {
        Site down = new Site(standing(0, 1, Loaded.YES, 100, LATELY), false, true, NOW);
        Site absent = site(5, 1, Loaded.NO, 1, LATELY);

        assertThat(Choice.order(List.of(down, absent), 200)).containsExactly(1, 0);
    }

    @Test
    void aShortAnswerIsWorthLessOfALoadThanALongOne() {
        Site slow = site(0, 1, Loaded.YES, 5, LATELY);
        Site fastButAbsent = site(0, 1, Loaded.NO, 50, LATELY);

        assertThat(Choice.order(List.of(slow, fastButAbsent), 20).getFirst()).isZero();
        assertThat(Choice.order(List.of(slow, fastButAbsent), 200).getFirst()).isEqualTo(1);
    }

    @Test
    void theOrderHasEachSiteOnce() {
        List<Site> sites =
                IntStream.range(0, 20)
                        .mapToObj(i ->
                                site(
                                        i % 3,
                                        1 + i % 2,
                                        i % 2 == 0 ? Loaded.YES : Loaded.NO,
                                        i - 5,
                                        LATELY))
                        .toList();

        assertThat(Choice.order(sites, 200))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    private static int first(Site... sites) {
        return Choice.order(List.of(sites), 200).getFirst();
    }

    private static Site site(
            int load, int sites, Loaded loaded, double speed, @Nullable Instant used) {
        return new Site(standing(load, sites, loaded, speed, used), true, false, NOW);
    }

    private static Standing standing(
            int load, int sites, Loaded loaded, double speed, @Nullable Instant used) {
        return new Standing(
                Math.min(load, sites),
                Math.max(0, load - sites),
                sites,
                loaded,
                speed,
                Double.isNaN(speed) ? Double.NaN : 500,
                used);
    }
}
