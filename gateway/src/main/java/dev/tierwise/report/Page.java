package dev.tierwise.report;

import dev.tierwise.core.Tier;
import dev.tierwise.ledger.Figures;
import dev.tierwise.ledger.Outcome;
import dev.tierwise.ledger.Totals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// A report as a page of text.
///
/// @param report what it says
/// @param colour whether headings are marked with ANSI codes
record Page(Report report, boolean colour) {
    private static final int MOST_ROWS = 10;

    String text() {
        Figures figures = report.figures();
        var lines = new ArrayList<String>();
        if (report.empty()) {
            lines.add("No requests since " + report.since().words() + ".");
            lines.add(
                    "Send one to http://127.0.0.1:7020/v1 while `tw serve` runs, then look again.");
            return String.join("\n", lines) + "\n";
        }
        lines.add(heading("Tierwise since " + report.since().words()));
        lines.addAll(summary(figures));
        lines.addAll(Opinions.lines(figures));
        lines.add("");
        lines.addAll(table(tiers()));
        lines.addAll(groups("task", figures.tasks()));
        lines.addAll(groups("key", figures.keys()));
        return String.join("\n", lines) + "\n";
    }

    private List<String> summary(Figures figures) {
        Totals all = figures.all();
        return List.of(
                "Time      %s to %s UTC"
                        .formatted(Words.minute(figures.first()), Words.minute(figures.last())),
                "Requests  %s: %s".formatted(Words.count(all.requests()), outcomes(all)),
                "Spend     " + spend(all.spend()),
                "Saving    " + saving(all.spend()),
                "Tokens    " + tokens(all),
                "Attempts  " + attempts(figures.attempts()));
    }

    private static String outcomes(Totals totals) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> totals.count(outcome) > 0)
                .map(outcome -> Words.count(totals.count(outcome)) + " " + outcome.word())
                .collect(Collectors.joining(", "));
    }

    private static String spend(Totals.Spend spend) {
        return Words.money(spend.cost())
                + (spend.unpriced() == 0
                        ? ""
                        : ", and "
                                + Words.count(spend.unpriced(), "request")
                                + " of unknown price on top");
    }

    private String saving(Totals.Spend spend) {
        if (spend.compared() == 0) {
            return "not known: no request has both a known price and a frontier model to compare";
        }
        long left = report.figures().all().requests() - spend.compared();
        return "%s of %s (%s) against everything on %s\n          (%s compared%s)"
                .formatted(
                        Words.money(spend.saving()),
                        Words.money(spend.baseline()),
                        Words.percent(report.savedShare()),
                        baselines(),
                        Words.count(spend.compared(), "request"),
                        left == 0 ? "" : ", " + Words.count(left) + " left out on both sides");
    }

    private String baselines() {
        return report.figures().baselines().keySet().stream()
                .sorted()
                .map(Table::clean)
                .collect(Collectors.joining(", "));
    }

    private static String tokens(Totals all) {
        Totals.Tokens tokens = all.tokens();
        return "%s read (%s from caches), %s written%s"
                .formatted(
                        Words.count(tokens.input()),
                        Words.count(tokens.cachedInput()),
                        Words.count(tokens.output()),
                        tokens.estimated() == 0
                                ? ""
                                : "; estimated for " + Words.count(tokens.estimated(), "request"));
    }

    private static String attempts(Figures.Attempts attempts) {
        if (attempts.requests() == 0) {
            return "none";
        }
        return "%s, %.2f a request; %s needed more than one, %s went to another tier"
                .formatted(
                        Words.count(attempts.count()),
                        (double) attempts.count() / attempts.requests(),
                        Words.count(attempts.repeated(), "request"),
                        Words.count(attempts.climbed()));
    }

    private Table tiers() {
        var table =
                new Table(
                        List.of(
                                "Tier",
                                "Answered",
                                "Share",
                                "Target",
                                "Spend",
                                "p50",
                                "p95",
                                "First byte p50",
                                "p95"));
        for (Tier tier : Tier.values()) {
            String target = Words.percent(OptionalDouble.of(Report.target(tier)));
            String share = Words.percent(report.share(tier));
            var row = new ArrayList<String>(List.of(tier.word()));
            row.addAll(
                    report.totals(tier)
                            .map(totals -> tierCells(totals, share, target))
                            .orElse(
                                    List.of(
                                            "0",
                                            share,
                                            target,
                                            Words.NONE,
                                            Words.NONE,
                                            Words.NONE,
                                            Words.NONE,
                                            Words.NONE)));
            table.add(row);
        }
        return table;
    }

    private static List<String> tierCells(Totals totals, String share, String target) {
        return List.of(
                Words.count(totals.count(Outcome.ANSWERED)),
                share,
                target,
                cost(totals.spend()),
                Words.median(totals.latency()),
                Words.tail(totals.latency()),
                Words.median(totals.firstByte()),
                Words.tail(totals.firstByte()));
    }

    private static String cost(Totals.Spend spend) {
        return Words.money(spend.cost()) + (spend.unpriced() == 0 ? "" : " + ?");
    }

    /// The table of tasks or keys; nothing when no request names one.
    private List<String> groups(String kind, List<Figures.Group> groups) {
        if (groups.stream().allMatch(group -> group.name() == null)) {
            return List.of();
        }
        String title = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        var table = new Table(List.of(title, "Requests", "Answered", "Spend", "p50", "p95"));
        for (Figures.Group group : groups.subList(0, Math.min(MOST_ROWS, groups.size()))) {
            Totals totals = group.totals();
            String name = group.name();
            table.add(
                    List.of(
                            name == null ? "(no " + kind + ")" : name,
                            Words.count(totals.requests()),
                            Words.count(totals.count(Outcome.ANSWERED)),
                            cost(totals.spend()),
                            Words.median(totals.latency()),
                            Words.tail(totals.latency())));
        }
        var lines = new ArrayList<String>(List.of(""));
        lines.addAll(table(table));
        if (groups.size() > MOST_ROWS) {
            lines.add("and " + Words.count(groups.size() - MOST_ROWS) + " more");
        }
        return lines;
    }

    private List<String> table(Table table) {
        var lines = new ArrayList<>(table.lines());
        lines.set(0, heading(lines.getFirst()));
        return lines;
    }

    private String heading(String line) {
        return colour ? "\u001b[1m" + line + "\u001b[0m" : line;
    }
}
