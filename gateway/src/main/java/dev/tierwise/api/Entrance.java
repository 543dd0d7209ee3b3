package dev.tierwise.api;

import dev.tierwise.core.Failure;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides who comes in. Without keys the door serves this machine only, and a page in the user's
/// browser is not the user: foreign origins and foreign host names are turned away. Stateless.
final class Entrance {
    private Entrance() {}

    /// What the check came to; one of the two is set.
    record Checked(@Nullable Key key, @Nullable Failure failure) {}

    private static final Checked ANYBODY = new Checked(null, null);

    static Checked check(HttpServerRequest request, DoorRules rules) {
        String origin = request.getHeader("origin");
        if (origin != null && !loopback(hostOf(origin)) && !rules.origins().contains(origin)) {
            return turned(
                    "Requests from web pages of this origin are not allowed; add it to"
                            + " `server.allowed-origins` if it is yours.",
                    true);
        }
        if (!rules.keys().isEmpty()) {
            return checkKey(request, rules);
        }
        String host = request.authority() == null ? "" : request.authority().host();
        if (rules.loopback() && !loopback(host)) {
            return turned(
                    "Without keys only requests to localhost or 127.0.0.1 are answered, not to this"
                            + " host name; set up `keys` to allow others.",
                    true);
        }
        return ANYBODY;
    }

    private static Checked checkKey(HttpServerRequest request, DoorRules rules) {
        String secret = secretOf(request);
        if (secret == null) {
            return turned(
                    "A key is needed: send `Authorization: Bearer KEY` or `x-api-key: KEY`.",
                    false);
        }
        byte[] digest = Key.sha256(secret);
        Key found = null;
        for (Key key : rules.keys()) {
            if (key.opens(digest)) {
                found = key;
            }
        }
        return found == null
                ? turned("This key is not known here; see `keys` in tierwise.yaml.", false)
                : new Checked(found, null);
    }

    private static @Nullable String secretOf(HttpServerRequest request) {
        String bearer = request.getHeader("authorization");
        if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return bearer.substring(7).strip();
        }
        return request.getHeader("x-api-key");
    }

    private static Checked turned(String message, boolean known) {
        return new Checked(null, new Failure.Forbidden(message, known));
    }

    private static String hostOf(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException _) {
            return "";
        }
    }

    /// Whether `host` is a name of this machine for itself. Names are not resolved: a foreign name
    /// that resolves to loopback is the very attack.
    static boolean loopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
