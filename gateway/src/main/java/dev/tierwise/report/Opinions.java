package dev.tierwise.report;

import dev.tierwise.ledger.Figures;
import dev.tierwise.ledger.Totals;
import dev.tierwise.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lines on what was thought of answers; none where nothing was.
final class Opinions {
    private Opinions() {}

    static List<String> lines(Figures figures) {
        var lines = new ArrayList<String>();
        Figures.Judged judged = figures.judged();
        long accepted = judged.count(Verdict.Action.ACCEPT);
        long climbed = judged.count(Verdict.Action.CLIMB);
        if (!judged.actions().isEmpty()) {
            lines.add(
                    "Judged    %s: %s accepted, %s climbed; passed over %s"
                            .formatted(
                                    Words.count(accepted + climbed, "answer"),
                                    Words.count(accepted),
                                    Words.count(climbed),
                                    Words.count(judged.count(Verdict.Action.SKIP), "model")));
            lines.addAll(second(judged));
            lines.addAll(held(judged.held()));
        }
        String head = "Rated     ";
        for (Figures.Rated tier : figures.ratings().tiers()) {
            lines.add(head + rated(tier));
            head = " ".repeat(head.length());
        }
        return lines;
    }

    private static List<String> second(Figures.Judged judged) {
        long asked = judged.agreed() + judged.differed();
        return asked == 0
                ? List.of()
                : List.of(
                        "          second opinion agreed in %s of %s"
                                .formatted(Words.count(judged.agreed()), Words.count(asked)));
    }

    private static List<String> held(Totals.@Nullable Quantiles held) {
        return held == null
                ? List.of()
                : List.of(
                        "          kept back p50 %s, p95 %s"
                                .formatted(Words.median(held), Words.tail(held)));
    }

    private static String rated(Figures.Rated tier) {
        return String.format(
                Locale.ROOT,
                "%s: %s, %s up, %s down, mean score %.2f",
                Table.clean(tier.name()),
                Words.count(tier.count(), "answer"),
                Words.count(tier.up()),
                Words.count(tier.down()),
                tier.mean());
    }
}
