package dev.tierwise.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Capability;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.predict.Forecast;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Holds the page of explained decisions to what the router decides; `./tw golden` writes it anew.
@Tag("golden")
class ExplanationsTest {
    private static final Path PAGE = Path.of("../docs/reference/explanations.md");

    private static final String HEAD =
            """
            # Explained decisions

            What the router says of some prompts and answers, with four models and `quality: 0.8`:
            made by a test, do not edit. *Good* is the chance of a good answer; *for larger* is what
            in the prompt speaks for the last candidate against the first
            ([routing](../guide/routing.md)).
            """;

    private static final List<ModelCard> MODELS =
            List.of(
                    Prompts.model("llama3.2:3b", Tier.LOCAL, Capability.JSON_SCHEMA),
                    Prompts.model("qwen2.5:3b", Tier.LOCAL, Capability.JSON_SCHEMA),
                    priced("gpt-5.4-mini", Tier.MID, 750, 4_500),
                    priced("gpt-5.6-sol", Tier.FRONTIER, 5_000, 25_000));

    private final Router router = new Router(MODELS, List.of(), Brains.wits(Aim.quality(.8)));
    private final StringBuilder page = new StringBuilder(HEAD);

    private static ModelCard priced(String name, Tier tier, long input, long output) {
        long million = 1_000_000L;
        return Prompts.priced(
                name,
                tier,
                List.of(
                        new Price(
                                LocalDate.EPOCH,
                                input * million,
                                input * million,
                                output * million)),
                Capability.values());
    }

    @Test
    void decisionsAreExplainedAsThePageSays() throws IOException {
        explain(
                "Classify this ticket as one of: billing, bug, other. I was charged twice.",
                "billing",
                "I am not sure, it could be anything.",
                "");
        explain(
                "A farmer has 16 eggs, eats 3 and sells the rest for 2 dollars each. How many"
                        + " dollars does he make?",
                "16 - 3 = 13 and 13 * 2 = 26. The answer is 26.",
                "16 - 3 = 12. Then 12 * 2 = 26. The answer is 26.");
        explain(
                "Which gas do plants take in?\nA. Oxygen\nB. Carbon dioxide\nC. Helium\nD. Neon",
                "Plants take in carbon dioxide. The answer is B.",
                "Hmm.");
        explain("What could I cook tonight with rice and eggs?", "Fried rice with eggs.");
        explain(
                "Prove the theorem step by step, then compare two algorithms and their trade-offs.",
                "I cannot help with that.");
        explain(
                "Design a rate limiter for an API gateway in several regions, and justify why.",
                "Use a token bucket.");
        explain("Translate to German: Good morning", "Guten Morgen");
        explain(
                "Write a Python function that merges two sorted lists.",
                "```python\ndef merge(a, b:\n    pass\n```");

        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page.toString());
    }

    private void explain(String prompt, String... answers) {
        Plan plan = router.plan(Prompts.ask(Prompts.prompt("auto", prompt)));
        Outlook outlook = plan.outlook();
        page.append("\n## ").append(prompt.replace('\n', ' ')).append("\n\n");
        page.append("Task `").append(outlook.task()).append("`, begins with `");
        page.append(plan.steps().getFirst().name()).append("`: ").append(plan.reason());
        page.append(".\n\n| candidate | good | cost | time |\n|---|--:|--:|--:|\n");
        for (Candidate candidate : outlook.candidates()) {
            page.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.2f | $%.6f | %.1f s |%n",
                            candidate.model().name(),
                            candidate.good(),
                            candidate.dollars(),
                            candidate.seconds()));
        }
        List<Forecast.Reason> reasons = outlook.reasons().get();
        if (!reasons.isEmpty()) {
            page.append("\nFor larger:");
            for (Forecast.Reason reason : reasons) {
                page.append(String.format(Locale.ROOT, " %s %+.2f", reason.trait(), reason.gain()));
            }
            page.append(".\n");
        }
        for (String answer : answers) {
            judge(plan, answer);
        }
    }

    private void judge(Plan plan, String answer) {
        Question question = plan.course().question();
        if (question == null || !plan.course().judges(0)) {
            return;
        }
        Said said = Said.of(question, new Reply(answer, "stop", List.of(), List.of()), null);
        Next next = plan.course().next(0, said, List.of());
        page.append("\n- “").append(answer.replace('\n', ' ')).append("” → ");
        page.append(next.opinion().why());
        page.append(next instanceof Next.Consult consult ? ", " + consult.by().name() : "");
        page.append('\n');
    }
}
