package dev.tierwise.models;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which web addresses files such as models and lists of prices may come from.
public final class Addresses {
    private Addresses() {}

    /// The address that `text` is, when files may be fetched from it: `https`, or `http` to this
    /// machine or where the user insists; no user, which would end in logs.
    public static Optional<URI> of(String text, boolean insecure) {
        try {
            URI uri = new URI(text).parseServerAuthority();
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean safe =
                    scheme.equals("https")
                            || (scheme.equals("http") && (insecure || isLoopback(uri.getHost())));
            boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null;
            return safe && plain && uri.getPort() <= 0xffff ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
