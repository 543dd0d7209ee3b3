package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.evaluate.Choice.Aim;
import dev.tierwise.evaluate.Choice.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Ten rows whose figures were computed by hand: the small model is right on 0 to 5, the mid one on
/// 0 to 7, the frontier on all but 0. From prompts alone rows need the frontier the more the higher
/// their number; the cascade has it the wrong way round.
class FiguresTest {
    private static final double[] SMALL = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
    private static final double[] MID = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0};
    private static final double[] FRONTIER = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1};

    private static Trial trial(Trial.Goal goal, boolean three) {
        return new Trial(
                new Trial.Folders(List.of(), List.of(Path.of("x")), false),
                new Trial.Models("s", three ? "m" : null, "f", "t"),
                Trial.Prices.USUAL,
                goal,
                new Trial.Sampling(500, 20, 200, 1));
    }

    private static Trial.Goal goal(@Nullable List<Double> shares, @Nullable Double lambda) {
        return new Trial.Goal(shares, lambda, .95, .05, .95);
    }

    private static Replay replay(boolean three) {
        double[][] prompt =
                IntStream.range(0, 10)
                        .mapToObj(i ->
                                three
                                        ? new double[] {1 - .1 * i, .55, .1 * i}
                                        : new double[] {.5, .5 + .05 * i})
                        .toArray(double[][]::new);
        double[][] cascade =
                IntStream.range(0, 10)
                        .mapToObj(i -> prompt[9 - i].clone())
                        .toArray(double[][]::new);
        return new Replay(
                "ten",
                Collections.nCopies(10, "one"),
                three ? List.of(SMALL, MID, FRONTIER) : List.of(SMALL, FRONTIER),
                prompt,
                cascade,
                new double[10],
                null,
                null,
                "",
                new Replay.Learning(Training.Trust.SHIPPED, 0, 0, 0, 0));
    }

    private static Part two() {
        return Figures.of(replay(false), trial(goal(List.of(.7, .3), null), false));
    }

    private static Part.Router router(Part part, Method method) {
        return part.router(method).orElseThrow();
    }

    @Test
    void curveOfGoodNeedIsAsComputed() {
        Part.Ranked ranked = router(two(), Method.PROMPT_ONLY).ranked();

        assertThat(ranked.apgr().value()).isEqualTo(1.05, within(1e-9));
        assertThat(ranked.ofGap()).extracting(Curve.Measured::value).containsExactly(.2, .3);
        assertThat(ranked.ofStrong()).extracting(Curve.Measured::value).containsExactly(.3, .3, .3);
        assertThat(ranked.atShare())
                .extracting(it -> Math.round(it.value() * 1000))
                .containsExactly(700L, 800L, 900L, 1000L, 1000L);
        assertThat(ranked.points().get(35)).isEqualTo(.95, within(1e-9));
        assertThat(ranked.price().at(.3)).isEqualTo(.307, within(1e-9));
    }

    @Test
    void curveOfWrongNeedIsAsComputed() {
        Part.Router cascade = router(two(), Method.CASCADE);

        assertThat(cascade.ranked().apgr().value()).isEqualTo(-.05, within(1e-9));
        assertThat(cascade.regret().value()).isEqualTo(.33, within(1e-9));
        assertThat(cascade.ranked().price().at(.3)).isEqualTo(.32, within(1e-9));
        assertThat(router(two(), Method.PROMPT_ONLY).regret().value()).isEqualTo(0, within(1e-9));
    }

    @Test
    void tenBinsAreThoseOfRouteLlm() {
        Bins bins = router(two(), Method.PROMPT_ONLY).bins();

        assertThat(bins.apgr()).isEqualTo(.31 / .27, within(1e-9));
        assertThat(bins.cpt50()).isEqualTo(15, within(1e-9));
        assertThat(bins.cpt80()).isEqualTo(24, within(1e-9));
    }

    @Test
    void intervalsHoldTheFigure() {
        Part part = two();

        for (Curve.Measured quality : part.quality()) {
            assertThat(quality.value()).isBetween(quality.low(), quality.high());
            assertThat(quality.low()).isLessThan(quality.high());
        }
    }

    @Test
    void probabilitiesAreJudged() {
        List<Part.Head> heads = router(two(), Method.PROMPT_ONLY).heads();

        assertThat(heads.getFirst().brier()).isEqualTo(.25, within(1e-9));
        assertThat(heads.getFirst().ece()).isEqualTo(.1, within(1e-9));
    }

    @Test
    void sharesAreHeldAndCostAsComputed() {
        Part part = Figures.of(replay(true), trial(goal(List.of(.5, .3, .2), null), true));

        Part.Point point = part.point(Method.PROMPT_ONLY, Aim.AT_SHARES).orElseThrow();
        Part.Point oracle = part.point(Method.ORACLE, Aim.AT_SHARES).orElseThrow();
        assertThat(point.quality().value()).isEqualTo(1, within(1e-9));
        assertThat(point.cost().value()).isEqualTo(.235, within(1e-9));
        assertThat(Words.shares(point.shares())).isEqualTo("50/30/20");
        assertThat(oracle.quality().value()).isEqualTo(1, within(1e-9));
        assertThat(Tables.random(part, List.of(.5, .3, .2))).isEqualTo(.72, within(1e-9));
    }

    @Test
    void aPriceChoosesAsComputed() {
        Part part = Figures.of(replay(true), trial(goal(null, 1.0), true));

        Part.Point point = part.point(Method.PROMPT_ONLY, Aim.AT_LAMBDA).orElseThrow();
        assertThat(point.quality().value()).isEqualTo(.8, within(1e-9));
        assertThat(point.cost().value()).isEqualTo(.046, within(1e-9));
        assertThat(point.choice().tiers()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
    }

    @Test
    void theSameBudgetIsNeverOverspent() {
        Part part = Figures.of(replay(true), trial(goal(List.of(.5, .3, .2), null), true));

        for (Method method : Method.values()) {
            double shares = part.point(method, Aim.AT_SHARES).orElseThrow().cost().value();
            double price = part.point(method, Aim.SAME_BUDGET).orElseThrow().cost().value();
            assertThat(price).isLessThanOrEqualTo(shares + 1e-9);
        }
    }

    @Test
    void fewRowsHaveNoFloorAndSayWhy() {
        Part part = two();

        assertThat(part.floors()).isNull();
        assertThat(part.whyNoFloor()).isEqualTo("10 rows; a floor takes 200 at least");
    }

    @Test
    void aFrontierThatIsNotBetterHasNoGapToClose() {
        Replay replay = replay(false);
        var same =
                new Replay(
                        "same",
                        replay.tasks(),
                        List.of(SMALL, SMALL),
                        replay.prompt(),
                        null,
                        replay.length(),
                        null,
                        null,
                        "",
                        replay.learning());

        Part part = Figures.of(same, trial(goal(null, null), false));

        assertThat(router(part, Method.PROMPT_ONLY).ranked().apgr().value()).isNaN();
        assertThat(part.chance()).isNaN();
        assertThat(Tables.headline(part)).contains("use the small one");
    }

    @Test
    void curvesStandForThemselves() {
        double[] need = IntStream.range(0, 10).mapToDouble(i -> i).toArray();

        var curve = new Curve(need, SMALL, FRONTIER);

        assertThat(curve.apgr().value()).isEqualTo(1.05, within(1e-9));
        assertThat(curve.cpt(.5).value()).isEqualTo(20, within(1e-9));
        assertThat(curve.shareFor(.95).value()).isEqualTo(30, within(1e-9));
        assertThat(curve.quality(.2).value()).isEqualTo(.8, within(1e-9));
        assertThat(Arrays.stream(curve.points()).max().orElse(0)).isEqualTo(1, within(1e-9));
    }
}
