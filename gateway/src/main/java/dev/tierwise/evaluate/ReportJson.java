package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Curve.Measured;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A report as one JSON object, in the shape that docs/guide/evaluate.md tells. Shares are in
/// percent; qualities and costs are not, and a call of the frontier costs 1. What is not known is
/// null.
final class ReportJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final double PLACES = 1e5;

    /// Tasks have fewer points of their curves than datasets.
    private static final int TASK_STEP = 10;

    private final Trial trial;

    ReportJson(Trial trial) {
        this.trial = trial;
    }

    /// The whole of it.
    static ObjectNode of(Report report) {
        var writing = new ReportJson(report.trial());
        ObjectNode root = MAPPER.createObjectNode();
        root.set("settings", writing.settings(report));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        ArrayNode datasets = root.putArray("datasets");
        report.datasets().forEach(part -> datasets.add(writing.part(part, 1)));
        root.set("all", writing.part(report.all(), 1));
        return root;
    }

    private ObjectNode settings(Report report) {
        ObjectNode node = MAPPER.createObjectNode();
        Setting setting = report.setting();
        node.put("small", setting.small());
        node.put("mid", setting.mid());
        node.put("frontier", setting.frontier());
        node.put("second", setting.second());
        Trial.Prices prices = trial.prices();
        node.putObject("prices")
                .put("small", prices.small())
                .put("mid", prices.mid())
                .put("frontier", 1)
                .put("second", prices.second());
        Trial.Goal goal = trial.goal();
        node.set("shares", goal.shares() == null ? null : percents(goal.shares()));
        node.put("lambda", goal.lambda());
        node.put("floor", goal.floor());
        node.put("worse", goal.worse()).put("confidence", goal.confidence());
        Trial.Sampling sampling = trial.sampling();
        node.put("labels", sampling.labels()).put("repeats", sampling.repeats());
        node.put("resamples", sampling.resamples()).put("seed", sampling.seed());
        ArrayNode train = node.putArray("train");
        trial.folders().train().forEach(path -> train.add(path.toString()));
        ArrayNode test = node.putArray("test");
        trial.folders().test().forEach(path -> test.add(path.toString()));
        return node.put("leave_task_out", trial.folders().leaveTaskOut()).put("how", report.how());
    }

    private ObjectNode part(Part part, int step) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("name", part.name()).put("rows", part.rows());
        Replay.Learning learning = part.learning();
        node.putObject("learned")
                .put("rows", learning.rows())
                .put("answered", learning.answered())
                .put("left_out", learning.leftOut())
                .put("weights", learning.trust().name().toLowerCase(Locale.ROOT))
                .put("in_distribution", learning.known() > 0);
        ObjectNode quality = node.putObject("quality");
        List<String> tiers = Tables.tiers(part);
        for (int tier = 0; tier < tiers.size(); tier++) {
            quality.set(tiers.get(tier), measured(part.quality().get(tier), 1));
        }
        for (Choice.Method method : List.of(Choice.Method.PROMPT_ONLY, Choice.Method.CASCADE)) {
            node.set(
                    name(method),
                    part.router(method).map(router -> router(router, tiers, step)).orElse(null));
        }
        node.put("cascade_absent", part.whyNoCascade().isEmpty() ? null : part.whyNoCascade());
        node.set("three_tiers", tiers.size() > 2 ? points(part) : null);
        node.set("two_tiers", tiers.size() == 2 ? points(part) : null);
        node.set("floor", part.floors() == null ? null : floor(part.floors()));
        node.set("baselines", baselines(part, tiers, step));
        ArrayNode tasks = node.putArray("tasks");
        part.tasks().forEach(task -> tasks.add(part(task, TASK_STEP)));
        return node;
    }

    private ObjectNode router(Part.Router router, List<String> tiers, int step) {
        ObjectNode node = ranked(router.ranked(), step);
        Bins bins = router.bins();
        ObjectNode ten = node.putObject("ten_bins");
        put(ten, "apgr", bins.apgr());
        put(ten, "cpt50", bins.cpt50());
        put(ten, "cpt80", bins.cpt80());
        node.set("regret", measured(router.regret(), 1));
        ObjectNode calibration = node.putObject("calibration");
        for (int tier = 0; tier < tiers.size(); tier++) {
            ObjectNode head = calibration.putObject(tiers.get(tier));
            put(head, "ece", router.heads().get(tier).ece());
            put(head, "brier", router.heads().get(tier).brier());
        }
        return node;
    }

    private static ObjectNode ranked(Part.Ranked ranked, int step) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("apgr", measured(ranked.apgr(), 1));
        node.set("cpt50", measured(ranked.ofGap().get(0), 100));
        node.set("cpt80", measured(ranked.ofGap().get(1), 100));
        ObjectNode targets = node.putObject("share_for");
        for (int i = 0; i < Curve.OF_STRONG.length; i++) {
            ObjectNode target =
                    targets.putObject(String.format(Locale.ROOT, "%.0f", 100 * Curve.OF_STRONG[i]));
            Measured share = ranked.ofStrong().get(i);
            target.set("share", measured(share, 100));
            target.set("cost", measured(ranked.price().at(share), 1));
        }
        ArrayNode quality = node.putArray("quality_at");
        for (int i = 0; i < Curve.SHARES.length; i++) {
            ObjectNode at = quality.addObject();
            put(at, "share", 100 * Curve.SHARES[i]);
            put(at, "cost", ranked.price().at(Curve.SHARES[i]));
            at.set("quality", measured(ranked.atShare().get(i), 1));
        }
        ArrayNode curve = node.putArray("curve");
        for (int i = 0; i < ranked.points().size(); i += step) {
            ObjectNode point = curve.addObject();
            point.put("share", i);
            put(point, "cost", ranked.price().at(i / 100.0));
            put(point, "quality", ranked.points().get(i));
        }
        return node;
    }

    private @Nullable ObjectNode points(Part part) {
        if (part.points().isEmpty() && part.priced().isEmpty()) {
            return null;
        }
        ObjectNode node = MAPPER.createObjectNode();
        List<Double> shares = trial.goal().shares();
        node.set("shares", shares == null ? null : percents(shares));
        if (shares != null) {
            ObjectNode random = node.putObject("random").putObject("at_shares");
            put(random, "quality", Tables.random(part, shares));
            put(random, "cost", Tables.cost(trial, shares));
        }
        ArrayNode curve = node.putArray("curve");
        for (Part.Priced priced : part.priced()) {
            ObjectNode point = curve.addObject();
            put(point, "lambda", priced.lambda());
            put(point, "cost", priced.cost());
            put(point, "quality", priced.quality());
            point.set("shares", percents(priced.shares()));
        }
        for (Choice.Method method : Choice.Method.values()) {
            ObjectNode goals = MAPPER.createObjectNode();
            for (Choice.Aim aim : Choice.Aim.values()) {
                part.point(method, aim)
                        .ifPresent(point ->
                                goals.set(aim.name().toLowerCase(Locale.ROOT), point(point)));
            }
            node.set(name(method), goals.isEmpty() ? null : goals);
        }
        return node;
    }

    private static ObjectNode point(Part.Point point) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("quality", measured(point.quality(), 1));
        node.set("cost", measured(point.cost(), 1));
        node.set("shares", percents(point.shares()));
        put(node, "lambda", point.choice().lambda());
        node.set("regret", measured(point.regret(), 1));
        return node;
    }

    private static ObjectNode floor(Floors floors) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("floor", floors.floor()).put("worse", floors.worse());
        node.put("labels", floors.labels()).put("repeats", floors.repeats());
        for (Choice.Method method : List.of(Choice.Method.PROMPT_ONLY, Choice.Method.CASCADE)) {
            ObjectNode ways = MAPPER.createObjectNode();
            for (Floors.Kept kept : floors.kept()) {
                if (kept.method() == method) {
                    ObjectNode way = ways.putObject(kept.way().name().toLowerCase(Locale.ROOT));
                    way.set("missed", measured(kept.missed(), 100));
                    way.set("share", measured(kept.share(), 100));
                    put(way, "unproven", 100 * kept.unproven());
                }
            }
            node.set(name(method), ways.isEmpty() ? null : ways);
        }
        return node;
    }

    private ObjectNode baselines(Part part, List<String> tiers, int step) {
        ObjectNode node = MAPPER.createObjectNode();
        ObjectNode random = node.putObject("random");
        random.put("apgr", .5);
        put(random, "sd", part.chance());
        random.put("cpt50", 50).put("cpt80", 80);
        for (String name : List.of("length", "nearest", "agreement", "oracle")) {
            node.set(name, part.baseline(name).map(ranked -> ranked(ranked, step)).orElse(null));
        }
        double[] prices = trial.prices().tiers(tiers.size() > 2);
        for (int tier = 0; tier < tiers.size(); tier++) {
            ObjectNode always = node.putObject("always_" + tiers.get(tier));
            always.set("quality", measured(part.quality().get(tier), 1));
            put(always, "cost", prices[tier]);
        }
        return node;
    }

    private static String name(Choice.Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode percents(List<Double> shares) {
        ArrayNode node = MAPPER.createArrayNode();
        shares.forEach(share -> node.add(rounded(100 * share)));
        return node;
    }

    private static ObjectNode measured(Measured measured, double factor) {
        ObjectNode node = MAPPER.createObjectNode();
        put(node, "value", factor * measured.value());
        put(node, "low", factor * measured.low());
        put(node, "high", factor * measured.high());
        return node;
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, rounded(value));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * PLACES) / PLACES;
    }
}
