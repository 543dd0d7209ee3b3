package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Money;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import dev.tierwise.verify.Task;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What an answer will cost in money and time, about. Pure.
///
/// @param input tokens of the prompt
/// @param output tokens of the answer
record Effort(long input, long output) {
    /// Dollars per million tokens read and written where a price is not known: usual ones of 2026.
    private static final List<Price> USUAL_MID =
            List.of(new Price(LocalDate.EPOCH, 500_000_000L, 500_000_000L, 2_000_000_000L));

    private static final List<Price> USUAL_FRONTIER =
            List.of(new Price(LocalDate.EPOCH, 3_000_000_000L, 3_000_000_000L, 15_000_000_000L));

    /// Seconds to bring a model into memory, about: some gigabytes from a disk.
    private static final double COLD = 8;

    /// Tokens that a model reads in a second, about.
    private static final double READS_LOCAL = 800;

    private static final double READS_HOSTED = 8_000;

    /// That of an answer to a prompt.
    static Effort of(Prompt prompt, Task task) {
        long usual =
                switch (task) {
                    case CLASSIFICATION -> 12;
                    case EXTRACTION, STRUCTURED -> 120;
                    case CHOICE -> 150;
                    case SUMMARY -> 180;
                    case TRANSLATION -> 200;
                    case MATHS, CHAT -> 350;
                    case CODE -> 500;
                };
        long most = prompt.maxOutput() > 0 ? prompt.maxOutput() : Long.MAX_VALUE;
        return new Effort(prompt.estimatedTokens(), Math.min(usual, most));
    }

    /// What the answer of a model costs.
    ///
    /// @param cached tokens of the prompt that the model still has from the turn before
    double dollars(ModelCard model, LocalDate day, long cached) {
        Price price =
                Price.on(day, model.prices()).or(() -> usual(model.tier(), day)).orElseThrow();
        Money money = price.of(new Usage(input, Math.min(cached, input), output, true));
        return money.nanos() / 1e9;
    }

    static boolean priceKnown(ModelCard model, LocalDate day) {
        return Price.on(day, model.prices()).isPresent();
    }

    private static Optional<Price> usual(Tier tier, LocalDate day) {
        return Price.on(
                day,
                switch (tier) {
                    case LOCAL -> Price.FREE;
                    case MID -> USUAL_MID;
                    case FRONTIER -> USUAL_FRONTIER;
                });
    }

    /// How long it takes.
    ///
    /// @param cached tokens of the prompt that need not be read again
    double seconds(ModelCard model, Ask.Pace pace, long cached) {
        boolean local = model.tier() == Tier.LOCAL;
        double speed =
                Double.isNaN(pace.tokensPerSecond()) ? local ? 30 : 70 : pace.tokensPerSecond();
        double first = Double.isNaN(pace.firstByte()) ? local ? .2 : .5 : pace.firstByte();
        double reading = Math.max(0, input - cached) / (local ? READS_LOCAL : READS_HOSTED);
        double answer = first + reading + output / Math.max(speed, .1);
        double cold = Boolean.FALSE.equals(pace.loaded()) ? COLD : 0;
        int before = pace.inFlight() + pace.waiting() + 1 - pace.places();
        double queue = Math.max(0, before) * answer / Math.max(1, pace.places());
        return cold + queue + answer;
    }
}
