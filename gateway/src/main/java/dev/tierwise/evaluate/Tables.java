package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Curve.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The tables that the terminal and the page have in common.
final class Tables {
    private Tables() {}

    /// Every ranking, the best informed first.
    static Table rankings(Part part) {
        var table =
                Table.of(
                        "router",
                        "APGR",
                        "CPT50",
                        "CPT80",
                        "95 % at",
                        "98 %",
                        "100 %",
                        "cost at 95 %");
        List<Part.Ranked> all = new ArrayList<>();
        part.routers().reversed().forEach(router -> all.add(router.ranked()));
        part.baselines().stream()
                .filter(ranked -> !ranked.name().equals("oracle"))
                .forEach(all::add);
        all.forEach(ranked -> table.add(row(ranked)));
        table.add(
                "random mix",
                ".500 ±" + Words.quality(part.chance()),
                "50.0",
                "80.0",
                mixed(part, .95),
                mixed(part, .98),
                "100.0",
                NOTHING);
        part.baseline("oracle").ifPresent(ranked -> table.add(row(ranked)));
        return table;
    }

    private static final String NOTHING = "";

    /// At what share a mix by lot reaches a part of the frontier's quality.
    private static String mixed(Part part, double of) {
        double gap = part.frontier().value() - part.small().value();
        double share = (of * part.frontier().value() - part.small().value()) / gap;
        return gap > 0 ? Words.percent(Math.clamp(share, 0, 1)) : Words.NONE;
    }

    private static List<String> row(Part.Ranked ranked) {
        Measured at = ranked.ofStrong().getFirst();
        return List.of(
                Words.ranking(ranked.name()),
                Words.quality(ranked.apgr()),
                Words.percent(ranked.ofGap().get(0)),
                Words.percent(ranked.ofGap().get(1)),
                Words.percent(at),
                Words.percent(ranked.ofStrong().get(1).value()),
                Words.percent(ranked.ofStrong().get(2).value()),
                Words.percent(ranked.price().at(at)));
    }

    /// One model for everything.
    static Table singles(Part part, Trial trial) {
        var table = Table.of("one model for all", "quality", "cost");
        List<String> names = tiers(part);
        double[] prices = trial.prices().tiers(names.size() > 2);
        for (int tier = 0; tier < names.size(); tier++) {
            table.add(
                    "always " + names.get(tier),
                    Words.quality(part.quality().get(tier)),
                    Words.percent(prices[tier]));
        }
        return table;
    }

    /// The quality at some shares of the frontier.
    static Table atShares(Part part) {
        var head = new ArrayList<>(List.of("quality at frontier share"));
        for (double share : Curve.SHARES) {
            head.add(String.format(Locale.ROOT, "%.0f %%", 100 * share));
        }
        var table = new Table(List.copyOf(head), new ArrayList<>());
        for (Part.Router router : part.routers().reversed()) {
            var cells = new ArrayList<>(List.of(Words.ranking(router.ranked().name())));
            router.ranked().atShare().forEach(quality -> cells.add(Words.quality(quality)));
            table.add(cells);
        }
        return table;
    }

    /// How RouteLLM would measure it, how far from the oracle, and how well calibrated.
    static Table judged(Part part) {
        var head =
                new ArrayList<>(
                        List.of(
                                "router",
                                "ten bins: APGR / CPT50 / CPT80",
                                "regret to the oracle"));
        List<String> tiers = tiers(part);
        tiers.forEach(tier -> head.add(tier + ": ECE, Brier"));
        var table = new Table(List.copyOf(head), new ArrayList<>());
        for (Part.Router router : part.routers().reversed()) {
            Bins bins = router.bins();
            var cells =
                    new ArrayList<>(
                            List.of(
                                    Words.method(router.method()),
                                    Words.quality(bins.apgr())
                                            + " / "
                                            + Words.percent(bins.cpt50() / 100)
                                            + " / "
                                            + Words.percent(bins.cpt80() / 100),
                                    Words.quality(router.regret())));
            router.heads()
                    .forEach(head2 ->
                            cells.add(
                                    Words.quality(head2.ece())
                                            + ", "
                                            + Words.quality(head2.brier())));
            table.add(cells);
        }
        return table;
    }

    /// The quality of tiers by lot at these shares.
    static double random(Part part, List<Double> shares) {
        return IntStream.range(0, shares.size())
                .mapToDouble(tier -> shares.get(tier) * part.quality().get(tier).value())
                .sum();
    }

    /// What such a mix costs.
    static double cost(Trial trial, List<Double> shares) {
        double[] prices = trial.prices().tiers(shares.size() > 2);
        return IntStream.range(0, shares.size())
                .mapToDouble(tier -> shares.get(tier) * prices[tier])
                .sum();
    }

    /// What comes of shares, budgets and prices.
    static Table points(Part part, Trial trial) {
        var table =
                Table.of(
                        "router",
                        "goal",
                        "quality",
                        "cost",
                        String.join("/", tiers(part)),
                        "lambda",
                        "oracle's lead");
        List<Double> shares = trial.goal().shares();
        if (shares != null) {
            table.add(
                    "random",
                    Words.aim(Choice.Aim.AT_SHARES),
                    Words.quality(random(part, shares)),
                    Words.percent(cost(trial, shares)),
                    Words.shares(shares),
                    Words.NONE,
                    NOTHING);
        }
        List<Part.Point> sorted =
                part.points().stream()
                        .sorted(Comparator.comparing(point -> point.choice().aim()))
                        .toList();
        for (Part.Point point : sorted) {
            Choice choice = point.choice();
            table.add(
                    Words.method(choice.method()),
                    Words.aim(choice.aim()),
                    Words.quality(point.quality()),
                    Words.percent(point.cost().value()),
                    Words.shares(point.shares()),
                    Words.quality(choice.lambda()),
                    choice.method() == Choice.Method.ORACLE
                            ? NOTHING
                            : Words.quality(point.regret()));
        }
        return table;
    }

    /// How often promises are broken.
    static Table floors(Floors floors) {
        var table =
                Table.of("router", "threshold", "missed, %", "frontier share, %", "unproven, %");
        for (Floors.Kept kept : floors.kept()) {
            table.add(
                    Words.method(kept.method()),
                    Words.way(kept.way(), floors),
                    Words.percent(kept.missed()),
                    Words.percent(kept.share()),
                    Words.percent(kept.unproven()));
        }
        return table;
    }

    /// The tasks of a dataset, one a row.
    ///
    /// @param fewest prompts of a task that is told
    static Table tasks(Part part, int fewest) {
        List<String> routers =
                part.routers().reversed().stream()
                        .map(router -> Words.method(router.method()))
                        .toList();
        var head = new ArrayList<>(List.of("task", "prompts"));
        head.addAll(tiers(part));
        routers.forEach(name -> head.addAll(List.of(name + " APGR", "CPT50", "CPT80", "95 % at")));
        var table = new Table(List.copyOf(head), new ArrayList<>());
        for (Part task : part.tasks()) {
            if (task.rows() < fewest) {
                continue;
            }
            var cells = new ArrayList<>(List.of(task.name(), Integer.toString(task.rows())));
            task.quality().forEach(quality -> cells.add(Words.quality(quality.value())));
            for (Part.Router router : task.routers().reversed()) {
                Part.Ranked ranked = router.ranked();
                cells.add(Words.quality(ranked.apgr()));
                cells.add(Words.percent(ranked.ofGap().get(0).value()));
                cells.add(Words.percent(ranked.ofGap().get(1).value()));
                cells.add(Words.percent(ranked.ofStrong().getFirst().value()));
            }
            table.add(cells);
        }
        return table;
    }

    /// What comes of the shares in each task.
    static Table taskPoints(Part part) {
        List<Part.Point> shown = part.points();
        var head = new ArrayList<>(List.of("task"));
        shown.forEach(point ->
                head.add(
                        Words.method(point.choice().method())
                                + " "
                                + Words.aim(point.choice().aim())));
        var table = new Table(List.copyOf(head), new ArrayList<>());
        for (Part task : part.tasks()) {
            var cells = new ArrayList<>(List.of(task.name()));
            task.points()
                    .forEach(point ->
                            cells.add(
                                    Words.quality(point.quality().value())
                                            + " "
                                            + Words.shares(point.shares())));
            table.add(cells);
        }
        return table;
    }

    static List<String> tiers(Part part) {
        return part.quality().size() > 2
                ? List.of("small", "mid", "frontier")
                : List.of("small", "frontier");
    }

    /// The decisive sentence.
    static String headline(Part part) {
        Part.Ranked best = part.best().ranked();
        Measured share = best.ofStrong().getFirst();
        if (!(part.frontier().value() > part.small().value())) {
            return "The frontier model is not better than the small one here: use the small one.";
        }
        return "95 % of the frontier's quality at "
                + Words.percent(share)
                + " % of its calls and "
                + Words.percent(best.price().at(share.value()))
                + " % of its cost ("
                + Words.ranking(best.name())
                + ")."
                + tiered(part);
    }

    /// The same with all three tiers; empty where there are two.
    private static String tiered(Part part) {
        return cheapest(part)
                .map(priced ->
                        " With three tiers at "
                                + Words.percent(priced.cost())
                                + " % of its cost, shares "
                                + Words.shares(priced.shares())
                                + ".")
                .orElse("");
    }

    /// The cheapest price of cost at which 95 % of the frontier's quality is reached.
    static Optional<Part.Priced> cheapest(Part part) {
        return part.priced().stream()
                .filter(priced -> priced.quality() >= .95 * part.frontier().value())
                .min(Comparator.comparingDouble(Part.Priced::cost));
    }

    static String qualities(Part part) {
        List<String> tiers = tiers(part);
        return IntStream.range(0, tiers.size())
                .mapToObj(tier -> tiers.get(tier) + " " + Words.quality(part.quality().get(tier)))
                .collect(Collectors.joining(", "));
    }
}
