package dev.tierwise.config;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// Makes [Config.Routing] of a tree in which nothing is wrong.
final class RoutingRecords {
    private static final List<Double> SHARES = List.of(.7, .2, .1);

    private RoutingRecords() {}

    static Config.Routing routing(JsonNode node) {
        Config.Routing absent = Config.Routing.DEFAULT;
        Config.Routing.Checks usual = absent.checks();
        JsonNode guarantee = node.path("guarantee");
        return new Config.Routing(
                aim(node),
                new Config.Routing.Checks(
                        node.path("cascade").asBoolean(usual.cascade()),
                        node.path("second").asString(usual.second()),
                        node.path("samples").asInt(usual.samples()),
                        node.path("judge").asString(usual.judge()),
                        node.path("hold").asString("auto").equals("whole")),
                guarantee.isMissingNode()
                        ? null
                        : new Config.Routing.Guarantee(
                                guarantee.path("worse").asDouble(),
                                guarantee.path("confidence").asDouble(.95)),
                node.path("explore").asDouble(absent.explore()),
                node.path("learn").asBoolean(absent.learn()));
    }

    private static Config.Routing.Aim aim(JsonNode node) {
        return switch (node.path("aim").asString("quality")) {
            case "budget" -> new Config.Routing.Aim.Budget(node.path("budget").asDouble());
            case "shares" -> new Config.Routing.Aim.Shares(shares(node.path("shares")));
            default -> new Config.Routing.Aim.Quality();
        };
    }

    private static List<Double> shares(JsonNode node) {
        return node.isMissingNode()
                ? SHARES
                : node.valueStream().map(percent -> percent.asDouble() / 100).toList();
    }
}
