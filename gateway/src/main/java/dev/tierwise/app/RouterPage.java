package dev.tierwise.app;

import dev.tierwise.calibrate.Floor;
import dev.tierwise.experience.Alarm;
import dev.tierwise.experience.Status;
import dev.tierwise.experience.Version;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What was learned, for people and for programs.
///
/// @param status what was learned
/// @param claim what is to be guaranteed
record RouterPage(Status status, Claim claim) {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ROW = "%-32s %-8s %9s  %-8s %12s %10s %7s";
    private static final int ROWS_KEPT = 5_000;

    /// A claim.
    ///
    /// @param mostWorse the share of requests that may be worse than the frontier's answer
    /// @param confidence with which that is to hold
    record Claim(double mostWorse, double confidence) {
        String words() {
            return String.format(
                    Locale.ROOT,
                    "worse than the frontier on at most %.1f %% of requests, with %.0f %%"
                            + " confidence",
                    100 * mostWorse,
                    100 * confidence);
        }
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                "Learned   from %,d outcomes, %s"
                        .formatted(status.examples(), newest(status.versions())));
        lines.add("Guarantee " + claim.words());
        lines.add("          " + guarantee());
        lines.add("Drift     " + drift());
        if (!status.learned().isEmpty()) {
            lines.add("");
            lines.add(
                    ROW.formatted(
                            "MODEL",
                            "OF",
                            "OUTCOMES",
                            "IN FORCE",
                            "LOSS WITHOUT",
                            "WITH",
                            "SHIFT"));
        }
        for (Status.Learned learned : status.learned()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            ROW,
                            shown(learned.model()),
                            learned.of(),
                            "%,d".formatted(learned.examples()),
                            learned.inForce() ? "yes" : "not yet",
                            number(learned.lossBefore(), learned.tested()),
                            number(learned.lossAfter(), learned.tested()),
                            String.format(Locale.ROOT, "%+.2f", learned.shift())));
        }
        return lines;
    }

    private static String newest(List<Version> versions) {
        return versions.isEmpty()
                ? "no version kept yet"
                : "newest version "
                        + versions.getLast().number()
                        + " of "
                        + minute(versions.getLast().at());
    }

    private static String shown(String model) {
        return model.length() <= 32 ? model : model.substring(0, 31) + "…";
    }

    private static String number(double loss, int tested) {
        return tested == 0 ? "-" : String.format(Locale.ROOT, "%.3f", loss);
    }

    private Floor.Verdict verdict() {
        return Floor.worse(status.rows(), claim.mostWorse, claim.confidence);
    }

    private String guarantee() {
        return switch (verdict()) {
            case Floor.Held(_, double share, _, int rows) ->
                    String.format(
                            Locale.ROOT,
                            "holds with %.1f %% of requests at the frontier, by %,d paired rows",
                            100 * share,
                            rows);
            case Floor.NotEnough(int rows, int needed, _) ->
                    String.format(
                                    Locale.ROOT,
                                    "not enough data yet: %,d of about %,d paired rows",
                                    rows,
                                    needed)
                            + (needed > ROWS_KEPT
                                    ? ", more than are kept: claim less (--most-worse)"
                                    : "");
        };
    }

    private String drift() {
        if (status.alarms().isEmpty()) {
            return "no alarm";
        }
        Alarm last = status.alarms().getLast();
        return "%d %s; the last of %s: %s"
                .formatted(
                        status.alarms().size(),
                        status.alarms().size() == 1 ? "alarm" : "alarms",
                        minute(last.at()),
                        last.words());
    }

    static String minute(Instant at) {
        return MINUTE.format(at) + " UTC";
    }

    ObjectNode json() {
        ObjectNode root = StoreJson.object();
        root.put("examples", status.examples());
        root.put("rows", status.rows().size());
        ObjectNode guarantee = root.putObject("guarantee");
        guarantee.put("most_worse", claim.mostWorse).put("confidence", claim.confidence);
        switch (verdict()) {
            case Floor.Held(double threshold, double share, double bound, _) -> {
                guarantee.put("holds", true).put("frontier_share", share).put("bound", bound);
                guarantee.put("threshold", Double.isFinite(threshold) ? (Double) threshold : null);
            }
            case Floor.NotEnough(_, int needed, String reason) ->
                    guarantee.put("holds", false).put("needed", needed).put("reason", reason);
        }
        ArrayNode learned = root.putArray("learned");
        for (Status.Learned one : status.learned()) {
            learned.addObject()
                    .put("model", one.model())
                    .put("of", one.of())
                    .put("outcomes", one.examples())
                    .put("in_force", one.inForce())
                    .put("tested", one.tested())
                    .put("loss_without", one.lossBefore())
                    .put("loss_with", one.lossAfter())
                    .put("shift", one.shift());
        }
        ArrayNode alarms = root.putArray("alarms");
        for (Alarm alarm : status.alarms()) {
            alarms.addObject()
                    .put("at", alarm.at().toString())
                    .put("what", alarm.what())
                    .put("words", alarm.words());
        }
        versions(root.putArray("versions"), status.versions());
        root.put("trouble", status.trouble());
        return root;
    }

    static void versions(ArrayNode array, List<Version> versions) {
        versions.forEach(version -> fill(array.addObject(), version));
    }

    static ObjectNode fill(ObjectNode node, Version version) {
        return node.put("version", version.number())
                .put("at", version.at().toString())
                .put("cause", version.cause())
                .put("examples", version.examples())
                .put("good", version.good());
    }
}
