package dev.tierwise.route;

import dev.tierwise.core.Body;
import dev.tierwise.core.Caller;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.guard.Clearances;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Builds what router tests ask with.
final class Prompts {
    static final Caller ANYBODY =
            new Caller("anonymous", null, Tier.FRONTIER, null, DataClass.INTERNAL);

    static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private Prompts() {}

    static Prompt prompt(String model, String text, Capability... needs) {
        return new Prompt(
                model,
                List.of(new Prompt.Message("user", List.of(new Prompt.Content.Text(text)))),
                Set.of(needs),
                false,
                false,
                0,
                0,
                new Body(JsonMapper.shared().writeValueAsBytes(Map.of("content", text))));
    }

    static Ask ask(Prompt prompt) {
        return ask(prompt, ANYBODY);
    }

    static Ask ask(Prompt prompt, Caller caller) {
        return new Ask(
                Clearances.of(prompt, caller),
                caller,
                Prompts::none,
                _ -> true,
                _ -> Ask.Pace.UNKNOWN,
                DAY);
    }

    static @Nullable String none(String header) {
        return null;
    }

    static ModelCard model(String name, Tier tier, Capability... capabilities) {
        return priced(name, tier, Price.FREE, capabilities);
    }

    static ModelCard priced(
            String name, Tier tier, List<Price> prices, Capability... capabilities) {
        return new ModelCard(
                name,
                "up",
                name,
                tier,
                tier == Tier.LOCAL ? DataClass.SECRET : DataClass.INTERNAL,
                tier == Tier.LOCAL ? ModelCard.HOST : ModelCard.CLOUD,
                8_192,
                Set.of(capabilities),
                prices);
    }

    static Rule rule(@Nullable String task, Rule.Use use) {
        return new Rule(1, task, null, null, Map.of(), use);
    }
}
