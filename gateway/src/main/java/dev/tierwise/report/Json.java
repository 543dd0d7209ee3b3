package dev.tierwise.report;

import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import dev.tierwise.ledger.Figures;
import dev.tierwise.ledger.Outcome;
import dev.tierwise.ledger.Totals;
import dev.tierwise.ledger.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A report as JSON.
///
/// @param report what it says
record Json(Report report) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    String text() {
        Figures figures = report.figures();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("since", report.since().from().toString());
        root.put("first", text(figures.first()));
        root.put("last", text(figures.last()));
        fill(root, figures.all());
        put(root, "saved_share", report.savedShare());
        ObjectNode baselines = root.putObject("baselines");
        new TreeMap<>(figures.baselines()).forEach(baselines::put);
        tiers(root.putArray("tiers"));
        groups(root.putArray("tasks"), figures.tasks());
        groups(root.putArray("keys"), figures.keys());
        attempts(root.putObject("attempts"), figures.attempts());
        judged(root.putObject("judged"), figures.judged());
        ObjectNode ratings = root.putObject("feedback");
        rated(ratings.putArray("models"), figures.ratings().models());
        rated(ratings.putArray("tiers"), figures.ratings().tiers());
        return MAPPER.writeValueAsString(root);
    }

    private static void judged(ObjectNode node, Figures.Judged judged) {
        for (Verdict.Action action : Verdict.Action.values()) {
            node.put(action.word(), judged.count(action));
        }
        node.put("second_agreed", judged.agreed());
        node.put("second_differed", judged.differed());
        quantiles(node, "held", judged.held());
    }

    private static void rated(ArrayNode array, List<Figures.Rated> groups) {
        for (Figures.Rated group : groups) {
            array.addObject()
                    .put("name", group.name())
                    .put("rated", group.count())
                    .put("up", group.up())
                    .put("down", group.down())
                    .put("mean_score", group.mean());
        }
    }

    private void tiers(ArrayNode array) {
        for (Tier tier : Tier.values()) {
            ObjectNode node = array.addObject();
            node.put("tier", tier.word());
            put(node, "share", report.share(tier));
            node.put("target", Report.target(tier));
            report.totals(tier).ifPresent(totals -> fill(node, totals));
        }
    }

    private static void groups(ArrayNode array, List<Figures.Group> groups) {
        for (Figures.Group group : groups) {
            fill(array.addObject().put("name", group.name()), group.totals());
        }
    }

    private static void attempts(ObjectNode node, Figures.Attempts attempts) {
        node.put("count", attempts.count());
        node.put("requests", attempts.requests());
        node.put("repeated", attempts.repeated());
        node.put("climbed", attempts.climbed());
        ObjectNode outcomes = node.putObject("outcomes");
        new TreeMap<>(attempts.outcomes()).forEach(outcomes::put);
    }

    private static void fill(ObjectNode node, Totals totals) {
        node.put("requests", totals.requests());
        ObjectNode outcomes = node.putObject("outcomes");
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.word(), totals.count(outcome));
        }
        Totals.Tokens tokens = totals.tokens();
        node.putObject("tokens")
                .put("input", tokens.input())
                .put("cached_input", tokens.cachedInput())
                .put("output", tokens.output())
                .put("estimated_requests", tokens.estimated());
        spend(node.putObject("spend"), totals.spend());
        quantiles(node, "latency", totals.latency());
        quantiles(node, "first_byte", totals.firstByte());
    }

    private static void spend(ObjectNode node, Totals.Spend spend) {
        boolean compared = spend.compared() > 0;
        node.put("cost_usd", dollars(spend.cost()));
        node.put("unpriced_requests", spend.unpriced());
        node.put("compared_requests", spend.compared());
        node.put("compared_cost_usd", compared ? dollars(spend.comparedCost()) : null);
        node.put("baseline_usd", compared ? dollars(spend.baseline()) : null);
        node.put("saving_usd", compared ? dollars(spend.saving()) : null);
    }

    private static void quantiles(
            ObjectNode parent, String name, Totals.@Nullable Quantiles times) {
        if (times == null) {
            parent.putNull(name);
            return;
        }
        parent.putObject(name)
                .put("count", times.count())
                .put("p50_ms", millis(times.p50()))
                .put("p95_ms", millis(times.p95()));
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        node.put(name, value.isPresent() ? (Double) value.getAsDouble() : null);
    }

    private static BigDecimal dollars(Money money) {
        return new BigDecimal(money.dollars());
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
