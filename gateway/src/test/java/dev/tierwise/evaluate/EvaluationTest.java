package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.evaluate.Evaluation.Outcome;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluationTest {
    @TempDir private Path folder;

    private static Trial trial(List<Path> train, List<Path> test, Trial.Models models) {
        boolean three = models.mid() != null;
        return new Trial(
                new Trial.Folders(train, test, false),
                models,
                Trial.Prices.USUAL,
                new Trial.Goal(three ? List.of(.5, .3, .2) : null, null, .95, .05, .95),
                new Trial.Sampling(100, 20, 100, 1));
    }

    private static Trial.Models models(@Nullable String mid, @Nullable String second) {
        return new Trial.Models("tiny", mid, "frontier-x", second);
    }

    private static Report report(Trial trial) {
        return switch (Evaluation.run(trial, _ -> {})) {
            case Outcome.Good(Report report) -> report;
            case Outcome.Bad(String problem, boolean _) -> throw new AssertionError(problem);
        };
    }

    private static JsonNode json(Trial trial) {
        return JsonMapper.shared().readTree(report(trial).json());
    }

    private static String problem(Trial trial) {
        return Evaluation.run(trial, _ -> {}) instanceof Outcome.Bad(String problem, boolean _)
                ? problem
                : "";
    }

    @Test
    void figuresAreThoseOfTheResults() {
        Path train = ResultFolder.sums(folder.resolve("train"), 0, 240);
        Path test = ResultFolder.sums(folder.resolve("test"), 1000, 240);

        JsonNode all =
                json(trial(List.of(train), List.of(test), models("large", "other"))).path("all");

        assertThat(all.path("rows").asInt()).isEqualTo(240);
        assertThat(all.at("/quality/small/value").asDouble()).isEqualTo(.5);
        assertThat(all.at("/quality/mid/value").asDouble()).isEqualTo(.875);
        assertThat(all.at("/quality/frontier/value").asDouble()).isEqualTo(1);
        // the small model is wrong exactly where both disagree, so half of the gap is the first
        // quarter of the calls: APGR is 1 - 1/4
        assertThat(all.at("/baselines/agreement/apgr/value").asDouble())
                .isEqualTo(.75, within(1e-9));
        assertThat(all.at("/cascade/apgr/value").asDouble()).isGreaterThan(.7);
        assertThat(all.at("/cascade/share_for/95/cost/value").asDouble())
                .isEqualTo(
                        .02 + all.at("/cascade/share_for/95/share/value").asDouble() / 100,
                        within(1e-5));
        assertThat(all.at("/three_tiers/oracle/at_shares/quality/value").asDouble()).isEqualTo(1);
        assertThat(all.at("/three_tiers/random/at_shares/quality").asDouble())
                .isEqualTo(.5 * .5 + .3 * .875 + .2, within(1e-9));
        assertThat(all.at("/floor/cascade/proven/missed/value").asDouble()).isZero();
        assertThat(all.at("/learned/in_distribution").asBoolean()).isTrue();
        assertThat(all.path("tasks").size()).isEqualTo(2);
        assertThat(all.at("/tasks/1/name").asString()).isEqualTo("sums/hard");
        assertThat(all.at("/tasks/1/quality/small/value").asDouble()).isZero();
    }

    @Test
    void theShapeIsTheDocumentedOne() {
        Path train = ResultFolder.sums(folder.resolve("train"), 0, 240);

        JsonNode root = json(trial(List.of(train), List.of(train), models("large", "other")));

        assertThat(root.propertyNames()).containsExactly("settings", "notes", "datasets", "all");
        assertThat(root.path("all").propertyNames())
                .containsExactly(
                        "name",
                        "rows",
                        "learned",
                        "quality",
                        "prompt_only",
                        "cascade",
                        "cascade_absent",
                        "three_tiers",
                        "two_tiers",
                        "floor",
                        "baselines",
                        "tasks");
        assertThat(root.at("/all/prompt_only").propertyNames())
                .containsExactly(
                        "apgr",
                        "cpt50",
                        "cpt80",
                        "share_for",
                        "quality_at",
                        "curve",
                        "ten_bins",
                        "regret",
                        "calibration");
        assertThat(root.at("/all/prompt_only/apgr").propertyNames())
                .containsExactly("value", "low", "high");
        assertThat(root.at("/all/baselines").propertyNames())
                .containsExactly(
                        "random",
                        "length",
                        "nearest",
                        "agreement",
                        "oracle",
                        "always_small",
                        "always_mid",
                        "always_frontier");
        assertThat(root.at("/settings/small").asString()).isEqualTo("tiny-2b");
        assertThat(root.at("/all/two_tiers").isNull()).isTrue();
    }

    @Test
    void rowsThatAreMeasuredOnAreNotLearnedFrom() {
        Path train = ResultFolder.sums(folder.resolve("train"), 0, 240);
        Path test = ResultFolder.sums(folder.resolve("test"), 200, 100);

        JsonNode all = json(trial(List.of(train), List.of(test), models(null, null))).path("all");

        assertThat(all.at("/learned/left_out").asInt()).isEqualTo(40);
        assertThat(all.at("/learned/rows").asInt()).isEqualTo(200);
    }

    @Test
    void oneFolderIsCrossValidated() {
        Path train = ResultFolder.sums(folder.resolve("train"), 0, 240);

        JsonNode root = json(trial(List.of(train), List.of(train), models(null, "other")));

        assertThat(root.at("/settings/how").asString()).startsWith("5-fold cross-validation");
        assertThat(root.at("/all/learned/rows").asInt()).isEqualTo(192);
        assertThat(root.at("/all/learned/left_out").asInt()).isEqualTo(48);
    }

    @Test
    void withoutTrainingTheShippedWeightsAreMeasured() {
        Path test = ResultFolder.sums(folder.resolve("test"), 0, 60);

        JsonNode root = json(trial(List.of(), List.of(test), models(null, "other")));

        assertThat(root.at("/settings/how").asString())
                .isEqualTo("shipped weights, nothing learned");
        assertThat(root.at("/all/baselines/nearest").isNull()).isTrue();
        assertThat(root.at("/all/cascade/apgr/value").asDouble()).isGreaterThan(.6);
    }

    @Test
    void severalFoldersAreToldApartAndTogether() {
        Path one = ResultFolder.sums(folder.resolve("one"), 0, 60);
        Path other = ResultFolder.sums(folder.resolve("other"), 300, 40);

        JsonNode root = json(trial(List.of(), List.of(one, other), models(null, null)));

        assertThat(root.at("/datasets/0/name").asString()).isEqualTo("one");
        assertThat(root.at("/datasets/1/rows").asInt()).isEqualTo(40);
        assertThat(root.at("/all/rows").asInt()).isEqualTo(100);
    }

    @Test
    void aModelWithoutAnswersHasNoCascadeAndItIsSaid() {
        var results = ResultFolder.in(folder.resolve("bare"));
        for (int i = 0; i < 20; i++) {
            results.prompt("p" + i, "t", "Question " + i)
                    .score("p" + i, "tiny-2b", i % 2)
                    .score("p" + i, "frontier-x", 1);
        }

        JsonNode all =
                json(trial(List.of(), List.of(results.write()), models(null, null))).path("all");

        assertThat(all.path("cascade").isNull()).isTrue();
        assertThat(all.path("cascade_absent").asString()).startsWith("no answers of tiny-2b");
    }

    @Test
    void whatCannotBeIsSaid() {
        Path test = ResultFolder.sums(folder.resolve("test"), 0, 20);
        var apart = ResultFolder.in(folder.resolve("apart"));
        apart.prompt("a", "t", "One").prompt("b", "t", "Two");
        apart.score("a", "tiny-2b", 1).score("b", "frontier-x", 1).write();

        assertThat(problem(trial(List.of(), List.of(folder.resolve("apart")), models(null, null))))
                .contains("has no prompt that all of tiny-2b, frontier-x have a score for");
        assertThat(
                        problem(
                                trial(
                                        List.of(),
                                        List.of(test),
                                        new Trial.Models("tiny", null, "tiny-2b", null))))
                .contains("need different models");
    }

    @Test
    void thePageNeedsNothingElseAndIsWellFormed() throws Exception {
        Path test = ResultFolder.sums(folder.resolve("a&b"), 0, 240);
        Report report = report(trial(List.of(), List.of(test), models("large", "other")));

        String html = report.html();
        Document svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(report.svg())));

        assertThat(html).doesNotContain("<script", "<link", "src=", "@import", "url(");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
        assertThat(html).contains("a&amp;b", "prefers-color-scheme", "<desc>", "scope=\"row\"");
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(8);
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    }
}
