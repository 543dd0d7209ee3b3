package dev.tierwise.api;

import dev.tierwise.core.Failure;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What the door says to requests that it turns away.
final class Texts {
    private Texts() {}

    static String noRoute(String path) {
        String all =
                Arrays.stream(Route.values())
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.joining(", "));
        String shown = path.length() > 100 ? path.substring(0, 100) + "…" : path;
        return "There is no `" + shown + "` here. Routes: " + all + ".";
    }

    static Failure wrongMethod(Route route) {
        return new Failure.Malformed(
                "`" + route.path() + "` takes " + route.method() + " only.", null);
    }

    static String noRoom(long bytes) {
        return "The bodies of the requests under way fill the "
                + (bytes >> 20)
                + " MiB that they may take together; ask again in a moment, or give Tierwise a"
                + " larger heap (TIERWISE_JAVA_OPTS=-Xmx1g).";
    }

    static String tooLarge(long limit) {
        return "The request is larger than "
                + limit
                + " bytes; send less or raise `server.max-body`.";
    }
}
