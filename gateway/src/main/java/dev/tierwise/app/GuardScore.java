package dev.tierwise.app;

import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Finding;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Counts how well a detector does on labelled texts. A labelled span counts as found when at least
/// half of it is covered by finds, of whatever kind; a find is right when it touches a labelled
/// span. Topics do not count.
final class GuardScore {
    /// Labels that name no identifier, or one that Safe Harbor lets stay.
    private static final Set<String> IGNORED =
            Set.of(
                    "AGE",
                    "SEX",
                    "PROFESSION",
                    "COUNTRY",
                    "TITLE",
                    "NRP",
                    "MISC",
                    "TIME",
                    "STATE",
                    "OTHER");

    private final Detector detector;
    private final String name;
    private final Share documents = new Share();
    private final Share whole = new Share();
    private final Share clean = new Share();
    private final Share recall = new Share();
    private final Share precision = new Share();
    private final Map<String, Share> labels = new TreeMap<>();
    private final Map<String, Share> predicted = new TreeMap<>();
    private final Map<String, Share> languages = new TreeMap<>();
    private final Map<String, Share> transforms = new TreeMap<>();
    private final Map<String, Share> sources = new TreeMap<>();
    private final Map<String, Share> kept = new TreeMap<>();
    private final List<String> missed = new ArrayList<>();
    private long nanos;
    private long characters;

    GuardScore(Detector detector, String name) {
        this.detector = detector;
        this.name = name;
    }

    /// Takes one labelled line.
    boolean take(JsonNode line) {
        String text = line.path("text").stringValue("");
        if (!within(line.path("spans"), text.codePointCount(0, text.length()))) {
            return false;
        }
        List<Finding> findings = scan(text);
        var found = new BitSet();
        findings.forEach(finding -> found.set(finding.start(), finding.end()));
        var gold = new BitSet();
        int spans = 0;
        boolean all = true;
        String id = line.path("id").asString("");
        for (JsonNode span : line.path("spans")) {
            int start = text.offsetByCodePoints(0, span.path("start").intValue(0));
            int end = text.offsetByCodePoints(0, span.path("end").intValue(0));
            gold.set(start, end);
            String label = span.path("label").stringValue("");
            if (IGNORED.contains(label)) {
                continue;
            }
            spans++;
            boolean hit = found.get(start, end).cardinality() * 2 >= end - start;
            all &= hit;
            recall.add(hit);
            of(labels, label).add(hit);
            of(languages, line.path("lang").stringValue("?")).add(hit);
            if (!hit) {
                missed.add(id + " missed " + label + " " + start + "-" + end);
            }
        }
        for (Finding finding : findings) {
            boolean right = !gold.get(finding.start(), finding.end()).isEmpty();
            precision.add(right);
            of(predicted, finding.kind().label()).add(right);
            if (!right) {
                missed.add(
                        id
                                + " flagged "
                                + finding.kind().label()
                                + " "
                                + finding.start()
                                + "-"
                                + finding.end());
            }
        }
        document(
                line,
                spans > 0
                        || (!line.path("transform").isMissingNode()
                                && !line.path("value").asString("").isEmpty()),
                !findings.isEmpty(),
                all);
        return true;
    }

    private static boolean within(JsonNode spans, int points) {
        for (JsonNode span : spans) {
            int start = span.path("start").intValue(-1);
            int end = span.path("end").intValue(-1);
            if (start < 0 || end < start || end > points) {
                return false;
            }
        }
        return true;
    }

    private void document(JsonNode line, boolean personal, boolean flagged, boolean all) {
        if (personal) {
            documents.add(flagged);
            whole.add(all);
            if (line.has("transform")) {
                of(transforms, line.path("transform").asString("")).add(flagged);
            }
            if (line.has("kept")) {
                of(kept, line.path("kept").asString("")).add(flagged);
            }
        } else {
            clean.add(flagged);
            of(sources, line.path("src").asString("other")).add(flagged);
        }
    }

    private List<Finding> scan(String text) {
        var threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        List<Finding> findings = detector.scan(text, "");
        nanos += threads.getCurrentThreadCpuTime() - begun;
        characters += text.length();
        return findings.stream()
                .filter(it -> !it.kind().family().name().matches("HEALTH|SPECIAL"))
                .toList();
    }

    private static Share of(Map<String, Share> shares, String name) {
        return shares.computeIfAbsent(name, _ -> new Share());
    }

    /// What was missed and what was flagged wrongly: ids and places, no text.
    List<String> missed() {
        return missed;
    }

    /// The figures as JSON.
    ObjectNode json() {
        ObjectNode node = JsonMapper.builder().build().createObjectNode();
        node.put("file", name);
        node.put("detector", detector.bundle());
        documents.put(node.putObject("documents"), "found");
        whole.put(node.putObject("documents_with_all_spans"), "found");
        clean.put(node.putObject("documents_without"), "flagged");
        recall.put(node.putObject("spans"), "found");
        precision.put(node.putObject("finds"), "right");
        groups().forEach((group, shares) -> {
            ObjectNode into = node.putObject(group);
            shares.forEach((key, share) ->
                    share.put(
                            into.putObject(key),
                            "clean_by_source".equals(group) ? "flagged" : "found"));
        });
        node.put("cpu_us_per_kb", Math.round(perKilobyte() * 10) / 10.0);
        return node;
    }

    /// The figures as lines.
    String text() {
        var text = new StringBuilder(name).append('\n');
        line(text, "documents found", documents);
        line(text, "with all spans", whole);
        line(text, "clean ones flagged", clean);
        line(text, "spans found", recall);
        line(text, "finds right", precision);
        groups().forEach((group, shares) ->
                shares.forEach((key, share) -> line(text, "  " + group + " " + key, share)));
        return text.append(String.format(Locale.ROOT, "%-34s %.1f us per KB", "CPU", perKilobyte()))
                .toString();
    }

    private Map<String, Map<String, Share>> groups() {
        var groups = new TreeMap<String, Map<String, Share>>();
        groups.put("label", labels);
        groups.put("found_as", predicted);
        groups.put("language", languages);
        groups.put("transform", transforms);
        groups.put("kept", kept);
        groups.put("clean_by_source", sources);
        groups.values().removeIf(Map::isEmpty);
        return groups;
    }

    private static void line(StringBuilder text, String what, Share share) {
        if (share.of > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-34s %6.2f %%  (%d of %d)%n",
                            what,
                            100 * share.value(),
                            share.hits,
                            share.of));
        }
    }

    private double perKilobyte() {
        return characters == 0 ? 0 : nanos / 1000.0 / (characters / 1024.0);
    }

    /// How many of how many.
    private static final class Share {
        private long hits;
        private long of;

        void add(boolean hit) {
            of++;
            hits += hit ? 1 : 0;
        }

        double value() {
            return of == 0 ? 0 : (double) hits / of;
        }

        void put(ObjectNode node, String verb) {
            node.put(verb, hits).put("of", of);
        }
    }
}
