package dev.tierwise.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Capability;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CascadeTest {
    private static final String SUM =
            "Janet sells 16 eggs a day for $2 each and eats three every morning. How much does she"
                    + " make every day? Give the final number.";
    private static final String LABEL =
            "Classify this ticket as one of: billing, bug, other.\n\nI was charged twice.";
    private static final String CHAT = "What could I cook tonight with rice and eggs?";

    private static final ModelCard SMALL = Prompts.model("llama3.2:3b", Tier.LOCAL);
    private static final ModelCard OTHER = Prompts.model("qwen2.5:3b", Tier.LOCAL);
    private static final ModelCard BIG =
            Prompts.priced(
                    "big",
                    Tier.FRONTIER,
                    List.of(new Price(LocalDate.EPOCH, 3_000_000_000L, 0, 15_000_000_000L)),
                    Capability.values());

    private final Router router = router(Lessons.NONE, Wits.Checks.USUAL);

    private static Router router(Lessons lessons, Wits.Checks checks) {
        return new Router(
                List.of(SMALL, OTHER, BIG),
                List.of(),
                Brains.wits(Aim.quality(.8), lessons, checks));
    }

    private Plan plan(String text) {
        return plan(router, text);
    }

    private static Plan plan(Router router, String text) {
        return router.plan(Prompts.ask(Prompts.prompt("auto", text)));
    }

    private static Said said(Plan plan, String answer) {
        Question question = Objects.requireNonNull(plan.course().question());
        return Said.of(question, new Reply(answer, "stop", List.of(), List.of()), null);
    }

    @Test
    void aNarrowTaskBeginsSmallAndItsAnswerIsJudged() {
        Plan plan = plan(LABEL);

        assertThat(plan.steps()).containsExactly(SMALL, OTHER, BIG);
        assertThat(plan.course().judges(0)).isTrue();
        assertThat(plan.course().judges(2)).isFalse();
        assertThat(plan.course().holds()).isEqualTo(Integer.MAX_VALUE);
        assertThat(plan.reason()).contains("quality 0.80", "its answer is judged");
    }

    @Test
    void aListedLabelIsAccepted() {
        Plan plan = plan(LABEL);

        Next next = plan.course().next(0, said(plan, "billing"), List.of());

        assertThat(next).isInstanceOf(Next.Accept.class);
        assertThat(next.opinion().why()).startsWith("accepted: good 0.");
    }

    @Test
    void aBlankAnswerClimbs() {
        Plan plan = plan(LABEL);

        Next next = plan.course().next(0, said(plan, "  "), List.of());

        assertThat(next)
                .isInstanceOfSatisfying(
                        Next.Climb.class,
                        climb -> assertThat(plan.steps().get(climb.step())).isEqualTo(BIG));
        assertThat(next.opinion().usable()).isFalse();
        assertThat(next.opinion().why())
                .isEqualTo("climbs to frontier: good 0.02, the answer is empty");
    }

    @Test
    void aRefusalClimbsAtItsBeginning() {
        Plan plan = plan(CHAT);

        Next next =
                plan.course()
                        .next(0, said(plan, "I'm sorry, but I cannot help with that."), List.of());

        assertThat(plan.course().holds()).isEqualTo(240);
        assertThat(next).isInstanceOf(Next.Climb.class);
    }

    @Test
    void agreementOfAnotherFamilyIsAskedForBeforeClimbing() {
        Plan plan = plan(SUM);
        Said answer = said(plan, "She sells 13 eggs. 13 * 2 = 26. The answer is 26.");

        Next first = plan.course().next(0, answer, List.of());

        assertThat(first)
                .isInstanceOfSatisfying(
                        Next.Consult.class, consult -> assertThat(consult.by()).isEqualTo(OTHER));
    }

    @Test
    void whoAgreesRaisesTheOpinionAndWhoDiffersLowersIt() {
        Plan plan = plan(SUM);
        Said answer = said(plan, "She sells 13 eggs. 13 * 2 = 26. The answer is 26.");
        Said same = said(plan, "16 - 3 = 13, times 2 is 26. The answer is 26.");
        Said differs = said(plan, "16 * 2 = 32. The answer is 32.");

        double alone = good(plan, answer, null);
        double agreed = good(plan, answer, same);
        double disputed = good(plan, answer, differs);

        assertThat(agreed).isGreaterThan(alone);
        assertThat(disputed).isLessThan(alone);
    }

    private static double good(Plan plan, Said answer, @Nullable Said second) {
        List<Course.Counsel> counsels =
                second == null
                        ? List.of()
                        : List.of(
                                new Course.Counsel(
                                        Course.Counsel.Kind.SECOND, OTHER, second, Double.NaN));
        return plan.course().next(0, answer, counsels).opinion().good();
    }

    @Test
    void withoutASecondNobodyIsAsked() {
        Router alone = router(Lessons.NONE, new Wits.Checks(true, null, 0, null, false));
        Plan plan = plan(alone, SUM);

        if (plan.course().judges(0)) {
            Next next = plan.course().next(0, said(plan, "The answer is 26."), List.of());
            assertThat(next).isNotInstanceOf(Next.Consult.class);
        } else {
            assertThat(plan.steps()).containsExactly(BIG);
        }
    }

    @Test
    void withoutACascadeAnswersAreTaken() {
        Router plain = router(Lessons.NONE, new Wits.Checks(false, null, 0, null, false));

        Plan plan = plan(plain, LABEL);

        assertThat(plan.steps().getFirst()).isEqualTo(SMALL);
        assertThat(plan.course().judges(0)).isFalse();
    }

    @Test
    void aProvenThresholdForbidsToAcceptWhatNeedsTheFrontier() {
        Lessons strict = lessons(1, new Lessons.Claim(0.0, "proven"));
        Plan plan = plan(router(strict, Wits.Checks.USUAL), LABEL);

        Next next = plan.course().next(0, said(plan, "billing"), List.of());

        assertThat(next).isInstanceOf(Next.Climb.class);
        assertThat(plan.outlook().claim()).isEqualTo("proven");
    }

    @Test
    void whatTrafficTaughtMovesTheOpinion() {
        Plan taught = plan(router(lessons(.2, Lessons.Claim.NONE), Wits.Checks.USUAL), LABEL);
        Said answer = said(taught, "billing");

        Next next = taught.course().next(0, answer, List.of());

        assertThat(next.opinion().good()).isLessThan(.2);
        assertThat(next.opinion().judged()).isGreaterThan(.5);
        assertThat(next).isNotInstanceOf(Next.Accept.class);
    }

    private static Lessons lessons(double factor, Lessons.Claim claim) {
        return new Lessons() {
            @Override
            public double corrected(String model, String task, double[] traits, double foretold) {
                return foretold;
            }

            @Override
            public double judged(String model, String task, double probability) {
                return probability * factor;
            }

            @Override
            public Claim claim() {
                return claim;
            }
        };
    }

    @Test
    void aConversationStaysWhereItsCacheIs() {
        ModelCard cached =
                Prompts.priced(
                        "cached",
                        Tier.FRONTIER,
                        List.of(
                                new Price(
                                        LocalDate.EPOCH,
                                        3_000_000_000L,
                                        300_000_000L,
                                        15_000_000_000L)));
        ModelCard plain =
                Prompts.priced(
                        "plain",
                        Tier.FRONTIER,
                        List.of(
                                new Price(
                                        LocalDate.EPOCH,
                                        2_500_000_000L,
                                        2_500_000_000L,
                                        15_000_000_000L)));
        var two = new Router(List.of(plain, cached), List.of(), Brains.wits(Aim.quality(1)));
        String text = "Tell me about rivers. ".repeat(300);

        Plan first = plan(two, text);
        Plan forced =
                plan(new Router(List.of(cached), List.of(), Brains.wits(Aim.quality(1))), text);
        first.course().ended(first.steps().indexOf(cached), 0, 2_000);
        Plan later = plan(two, text);

        assertThat(first.steps().getFirst()).isEqualTo(plain);
        assertThat(forced.steps()).containsExactly(cached);
        assertThat(later.steps().getFirst()).isEqualTo(cached);
    }

    @Test
    void aDeadlineLeavesOutWhoIsTooSlow() {
        Ask ask = Prompts.ask(Prompts.prompt("auto", LABEL));
        var hurried =
                new Ask(
                        ask.clearance(),
                        ask.caller(),
                        header -> header.equals(Ask.DEADLINE) ? "3000" : null,
                        _ -> true,
                        name ->
                                name.equals("big")
                                        ? Ask.Pace.UNKNOWN
                                        : new Ask.Pace(0, 0, 1, false, 5, 1),
                        Prompts.DAY);

        Plan plan = router.plan(hurried);

        assertThat(plan.steps().getFirst()).isEqualTo(BIG);
    }
}
