package dev.tierwise.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Caller;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final String EASY = "Classify this ticket: I was charged twice.";
    private static final String HARD =
            "Prove the theorem step by step, derive the equation, then design and compare two"
                    + " algorithms and analyse the trade-offs of their architecture in code.";

    private static final ModelCard SMALL = Prompts.model("small", Tier.LOCAL, Capability.TOOLS);
    private static final ModelCard SMALLER = Prompts.model("smaller", Tier.LOCAL);
    private static final ModelCard MIDDLE = Prompts.priced("middle", Tier.MID, price(1, 4));
    private static final ModelCard BIG =
            Prompts.priced("big", Tier.FRONTIER, price(5, 25), Capability.values());

    private final Router router =
            new Router(
                    List.of(BIG, SMALL, SMALLER, MIDDLE), List.of(), Brains.wits(Aim.quality(.8)));

    private static List<Price> price(long input, long output) {
        long dollar = 1_000_000_000L;
        return List.of(new Price(LocalDate.EPOCH, input * dollar, input * dollar, output * dollar));
    }

    @Test
    void easyPromptsGoToTheSmallestTier() {
        Plan plan = router.plan(Prompts.ask(Prompts.prompt("auto", EASY)));

        assertThat(plan.tier()).isEqualTo(Tier.LOCAL);
        assertThat(plan.steps()).containsExactly(SMALL, SMALLER, MIDDLE, BIG);
    }

    @Test
    void hardPromptsGoToTheFrontier() {
        Plan plan = router.plan(Prompts.ask(Prompts.prompt("auto", HARD)));

        assertThat(plan.tier()).isEqualTo(Tier.FRONTIER);
        assertThat(plan.steps()).containsExactly(BIG);
    }

    @Test
    void aLowerWishForQualityStaysSmaller() {
        var wish = new Caller("a", null, Tier.FRONTIER, 0.3, DataClass.INTERNAL);

        Plan plan = router.plan(Prompts.ask(Prompts.prompt("auto", HARD), wish));

        assertThat(plan.tier()).isNotEqualTo(Tier.FRONTIER);
    }

    @Test
    void regulatedDataStaysOnClearedModelsHoweverHard() {
        var regulated = new Caller("a", null, Tier.FRONTIER, null, DataClass.PHI);

        Plan plan = router.plan(Prompts.ask(Prompts.prompt("auto", HARD), regulated));

        assertThat(plan.steps()).containsExactly(SMALL, SMALLER);
        assertThat(plan.vetoes())
                .extracting(Plan.Veto::kind)
                .containsOnly(Plan.Kind.CLEARANCE)
                .hasSize(2);
    }

    @Test
    void regulatedDataForANamedCloudModelIsForbidden() {
        var regulated = new Caller("a", null, Tier.FRONTIER, null, DataClass.PHI);

        Plan plan = router.plan(Prompts.ask(Prompts.prompt("big", EASY), regulated));

        assertThat(plan.failure()).isInstanceOf(Failure.Uncleared.class);
    }

    @Test
    void aRuleWinsOverPredictionButNotOverClearance() {
        var rules = List.of(Prompts.rule("tickets", new Rule.Use(Tier.FRONTIER, null, null)));
        var ruled = new Router(router.models(), rules, Brains.wits(Aim.quality(.8)));
        var open = new Caller("a", "tickets", Tier.FRONTIER, null, DataClass.INTERNAL);
        var regulated = new Caller("a", "tickets", Tier.FRONTIER, null, DataClass.PHI);

        Plan easy = ruled.plan(Prompts.ask(Prompts.prompt("auto", EASY), open));
        Plan secret = ruled.plan(Prompts.ask(Prompts.prompt("auto", EASY), regulated));

        assertThat(easy.steps()).containsExactly(BIG);
        assertThat(easy.reason()).isEqualTo("rule 1");
        assertThat(secret.failure()).isInstanceOf(Failure.Uncleared.class);
    }

    @Test
    void whatAModelLacksVetoesIt() {
        Plan plan = router.plan(Prompts.ask(Prompts.prompt("auto", EASY, Capability.VISION)));

        assertThat(plan.steps()).containsExactly(BIG);
        assertThat(plan.reason()).contains("no open model in local, so frontier");
        assertThat(plan.vetoes()).extracting(Plan.Veto::why).contains("has no vision");
    }

    @Test
    void oneSiteThatCanIsEnoughAndTwoHalvesAreNot() {
        ModelCard tools = Prompts.model("pool", Tier.LOCAL, Capability.TOOLS);
        ModelCard vision = Prompts.model("pool", Tier.LOCAL, Capability.VISION);
        var pool =
                new ModelCard(
                        "pool",
                        "a+b",
                        "pool",
                        Tier.LOCAL,
                        DataClass.SECRET,
                        ModelCard.HOST,
                        8_192,
                        Set.of(),
                        Price.FREE,
                        List.of(tools, vision));

        Plan.Veto one = veto(pool, Capability.VISION);
        Plan.Veto both = veto(pool, Capability.VISION, Capability.TOOLS);

        assertThat(one).isNull();
        assertThat(Objects.requireNonNull(both).why()).isEqualTo("has no vision");
    }

    private static Plan.@Nullable Veto veto(ModelCard model, Capability... needs) {
        return Vetoes.of(model, Prompts.ask(Prompts.prompt("auto", EASY, needs)), Tier.FRONTIER);
    }

    @Test
    void aPromptTooLongForAllSaysSoInTheWordsOfTheApi() {
        Plan plan = router.plan(Prompts.ask(Prompts.prompt("small", "x ".repeat(20_000))));

        assertThat(plan.failure()).isInstanceOf(Failure.Vetoed.class);
        assertThat(failure(plan))
                .isInstanceOfSatisfying(
                        Failure.Vetoed.class,
                        vetoed -> assertThat(vetoed.code()).isEqualTo("context_length_exceeded"));
    }

    @Test
    void maxTierHoldsForNamedModelsToo() {
        var bounded = new Caller("a", null, Tier.LOCAL, null, DataClass.INTERNAL);

        Plan auto = router.plan(Prompts.ask(Prompts.prompt("auto", HARD), bounded));
        Plan named = router.plan(Prompts.ask(Prompts.prompt("big", HARD), bounded));

        assertThat(auto.steps()).containsExactly(SMALL, SMALLER);
        assertThat(named.failure()).isInstanceOf(Failure.Forbidden.class);
    }

    @Test
    void unknownNamesAreToldTheNearest() {
        Plan plan = router.plan(Prompts.ask(Prompts.prompt("smal", EASY)));

        assertThat(plan.failure()).isInstanceOf(Failure.NotFound.class);
        assertThat(failure(plan).message()).contains("`small`");
    }

    @Test
    void withoutModelsTheQuickestWaysAreNamed() {
        Plan plan =
                new Router(List.of(), List.of(), Brains.wits(Aim.quality(.8)))
                        .plan(Prompts.ask(Prompts.prompt("auto", EASY)));

        assertThat(plan.tier()).isEqualTo(Tier.LOCAL);
        assertThat(plan.failure()).isInstanceOf(Failure.Unready.class);
        assertThat(failure(plan).message()).contains("ollama pull", "LM Studio", "llama-server");
    }

    @Test
    void unhealthyModelsComeLast() {
        Ask ask = Prompts.ask(Prompts.prompt("auto", EASY));
        var sick =
                new Ask(
                        ask.clearance(),
                        ask.caller(),
                        Prompts::none,
                        name -> !name.equals("small"),
                        _ -> Ask.Pace.UNKNOWN,
                        Prompts.DAY);

        Plan plan = router.plan(sick);

        assertThat(plan.steps()).containsExactly(SMALLER, MIDDLE, BIG, SMALL);
    }

    @Test
    void noStepEverBreaksClearanceOrBound() {
        var random = new Random(1);
        String[] models = {
            "auto", "tier:local", "tier:mid", "tier:frontier", "small", "big", "none"
        };
        for (int round = 0; round < 5_000; round++) {
            var caller =
                    new Caller(
                            "k",
                            null,
                            pick(random, Tier.values()),
                            random.nextBoolean() ? random.nextDouble() : null,
                            pick(random, DataClass.values()));
            String text = random.nextBoolean() ? EASY : HARD;
            Capability[] needs =
                    random.nextBoolean()
                            ? new Capability[0]
                            : new Capability[] {pick(random, Capability.values())};
            Ask ask = Prompts.ask(Prompts.prompt(pick(random, models), text, needs), caller);

            Plan plan = router.plan(ask);

            assertThat(plan.steps())
                    .allMatch(ask.clearance()::allows)
                    .allMatch(step -> step.tier().compareTo(caller.maxTier()) <= 0)
                    .allMatch(step -> step.capabilities().containsAll(List.of(needs)))
                    .doesNotHaveDuplicates();
            assertThat(plan.steps().isEmpty()).isEqualTo(plan.failure() != null);
        }
    }

    @Test
    void patternsFitAsAShellWould() {
        assertThat(Rule.fits("gpt-*", "gpt-5")).isTrue();
        assertThat(Rule.fits("*mini*", "gpt-mini-x")).isTrue();
        assertThat(Rule.fits("gpt-*", "gp")).isFalse();
        assertThat(Rule.fits("a*b*c", "aXXbYYc")).isTrue();
        assertThat(Rule.fits("a*b", "aXbY")).isFalse();
        assertThat(Rule.fits("*", "")).isTrue();
    }

    private static Failure failure(Plan plan) {
        return Objects.requireNonNull(plan.failure());
    }

    private static <T> T pick(Random random, T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
