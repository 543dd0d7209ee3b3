package dev.tierwise.guard;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a request came, as far as its class and its zones hang on it.
///
/// @param requestId its id
/// @param tenant for whom it is
/// @param purpose what for; one of those that the key is allowed, null for none
/// @param route the path that it came in by
/// @param header its headers, by lower-case name; null for one that is not there
public record Asking(
        String requestId,
        String tenant,
        @Nullable String purpose,
        String route,
        Function<String, @Nullable String> header) {
    /// The header by which a client names a conversation.
    public static final String CONVERSATION = "x-tierwise-conversation";

    /// A request of nobody in particular, without headers.
    public static Asking of(String requestId, String tenant, String route) {
        return new Asking(requestId, tenant, null, route, _ -> null);
    }
}
