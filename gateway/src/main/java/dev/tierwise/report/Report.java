package dev.tierwise.report;

import dev.tierwise.core.Tier;
import dev.tierwise.ledger.Figures;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.ledger.Outcome;
import dev.tierwise.ledger.Reading;
import dev.tierwise.ledger.Span;
import dev.tierwise.ledger.Totals;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the gateway did and what it cost and saved, over a stretch of time.
///
/// @param since from when on
/// @param figures the sums of the ledger
public record Report(Since since, Figures figures) {
    /// The report on the ledger in the file `ledger`, which a gateway may be writing meanwhile.
    /// Reads the disk.
    public static Made of(Path ledger, Since since) {
        return switch (Ledger.read(ledger, Span.since(since.from()))) {
            case Reading.Found(var figures) -> new Made.Done(new Report(since, figures));
            case Reading.Missing(var message) -> new Made.Missing(message);
            case Reading.Unreadable(var message) -> new Made.Unreadable(message);
        };
    }

    /// Whether there was no request at all.
    public boolean empty() {
        return figures.all().requests() == 0;
    }

    /// The share of the answered requests that `tier` should answer, 0..1: 70 %, 20 % and 10 %.
    public static double target(Tier tier) {
        return switch (tier) {
            case LOCAL -> 0.70;
            case MID -> 0.20;
            case FRONTIER -> 0.10;
        };
    }

    /// The share of the answered requests that `tier` answered, 0..1; empty when none was answered.
    public OptionalDouble share(Tier tier) {
        long answered = figures.all().count(Outcome.ANSWERED);
        if (answered == 0) {
            return OptionalDouble.empty();
        }
        long here = totals(tier).map(totals -> totals.count(Outcome.ANSWERED)).orElse(0L);
        return OptionalDouble.of((double) here / answered);
    }

    /// The sums over the requests that `tier` answered; empty when there are none.
    public Optional<Totals> totals(Tier tier) {
        return figures.tiers().stream()
                .filter(group -> tier.word().equals(group.name()))
                .map(Figures.Group::totals)
                .findFirst();
    }

    /// The saving as a share of the baseline's cost, at most 1 and negative for a loss; empty where
    /// nothing could be compared.
    public OptionalDouble savedShare() {
        Totals.Spend spend = figures.all().spend();
        return spend.baseline().nanos() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) spend.saving().nanos() / spend.baseline().nanos());
    }

    /// A page for a terminal, at most 100 columns wide.
    ///
    /// @param colour whether to mark headings with ANSI codes
    public String text(boolean colour) {
        return new Page(this, colour).text();
    }

    /// One JSON object with all figures; amounts are US dollars, times are milliseconds, unknown
    /// values are null.
    public String json() {
        return new Json(this).text();
    }
}
