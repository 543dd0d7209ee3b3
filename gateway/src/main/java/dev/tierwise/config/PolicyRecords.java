package dev.tierwise.config;

import dev.tierwise.core.DataClass;
import dev.tierwise.policy.Contract;
import dev.tierwise.policy.Floor;
import dev.tierwise.policy.Policy;
import dev.tierwise.policy.Profile;
import dev.tierwise.policy.Rule;
import dev.tierwise.policy.Zone;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes a policy of a tree in which nothing is wrong.
///
/// @param root the `policy` of the file
record PolicyRecords(JsonNode root) {
    private static final String ANY = "any";

    Policy policy() {
        return new Policy(
                Profile.of(root.path("profile").asString("none")).orElse(Profile.NONE),
                list("zones").map(PolicyRecords::zone).toList(),
                list("rules").map(PolicyRecords::rule).toList(),
                list("floors").map(PolicyRecords::floor).toList(),
                scanning());
    }

    private Stream<JsonNode> list(String name) {
        return root.path(name).valueStream();
    }

    private Policy.Scanning scanning() {
        String unscannable = text(root, "unscannable");
        String limit = text(root, "scan-limit");
        Duration most = limit == null ? Policy.Scanning.DEFAULT.limit() : Units.duration(limit);
        return new Policy.Scanning(unscannable == null ? null : dataClass(unscannable), most);
    }

    private static Zone zone(JsonNode node) {
        JsonNode contract = node.path("contract");
        return new Zone(
                node.path("name").asString(""),
                node.path("kind").asString("").equals("local") ? Zone.Kind.LOCAL : Zone.Kind.CLOUD,
                node.path("jurisdiction").asString(""),
                contract.isMissingNode() ? null : contract(contract),
                node.path("hosts").valueStream().map(JsonNode::stringValue).toList());
    }

    private static Contract contract(JsonNode node) {
        return new Contract(
                Contract.Type.valueOf(node.path("type").asString("").toUpperCase(Locale.ROOT)),
                LocalDate.parse(node.path("expires").asString("")),
                node.path("reference").asString(""));
    }

    private static Rule rule(JsonNode node) {
        JsonNode when = node.path("when");
        return new Rule(
                node.path("name").asString(""),
                new Rule.When(
                        names(when, "class").stream()
                                .map(PolicyRecords::dataClass)
                                .collect(Collectors.toSet()),
                        Set.copyOf(names(when, "tenant")),
                        Set.copyOf(names(when, "purpose"))),
                then(node.path("then")));
    }

    private static Rule.Then then(JsonNode node) {
        String deny = text(node, "deny");
        if (deny != null) {
            return new Rule.Then.Deny(deny);
        }
        List<String> zones = names(node, "zones");
        return new Rule.Then.To(
                zones.contains(ANY) ? Set.of() : Set.copyOf(zones),
                node.path("transform").asString("").equals("pseudonymise")
                        ? Rule.Transform.PSEUDONYMISE
                        : Rule.Transform.NONE);
    }

    private static Floor floor(JsonNode node) {
        JsonNode when = node.path("when");
        return new Floor(
                node.path("name").asString(""),
                new Floor.When(
                        text(when, "tenant"),
                        text(when, "key"),
                        text(when, "route"),
                        text(when, "tool"),
                        text(when, "header")),
                dataClass(node.path("class").asString("")));
    }

    private static List<String> names(JsonNode node, String key) {
        return node.path(key).valueStream().map(JsonNode::stringValue).distinct().toList();
    }

    private static @Nullable String text(JsonNode node, String key) {
        return node.has(key) ? node.path(key).stringValue() : null;
    }

    private static DataClass dataClass(String word) {
        return DataClass.of(word).orElseThrow();
    }
}
