package dev.tierwise.discover;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where Ollama is, as its own programs read `OLLAMA_HOST`: `host`, `host:port`, `:port` or a URL.
/// An address that means every interface of this machine, such as `0.0.0.0`, is asked for on the
/// loopback interface.
///
/// @param url scheme, host, port and path prefix, without a slash at the end
/// @param loopback whether the address can only be this machine; a name other than `localhost` is
///   not, whatever it resolves to today
public record OllamaAddress(URI url, boolean loopback) {
    private static final int PORT = 11434;
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(https?)://)?(\\[[0-9a-fA-F:.]+]|[^:/@?#\\[\\]\\s]*)(?::(\\d{1,5}))?(/[^\\s?#@]*)?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    /// The address that the value of `OLLAMA_HOST` names; empty when it is none.
    public static Optional<OllamaAddress> of(String value) {
        String text = value.strip().replaceAll("^[\"']|[\"']$", "");
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String scheme = form.group(1) == null ? "http" : form.group(1);
        int port = port(form.group(1), form.group(3));
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        String host = host(form.group(2));
        String path = form.group(4) == null ? "" : form.group(4).replaceAll("/+$", "");
        try {
            URI url = URI.create(scheme + "://" + host + ":" + port + path);
            return url.getHost() == null
                    ? Optional.empty()
                    : Optional.of(new OllamaAddress(url, LOOPBACK.matcher(host).matches()));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static int port(@Nullable String scheme, @Nullable String port) {
        if (port != null) {
            return Integer.parseInt(port);
        }
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            case null, default -> PORT;
        };
    }

    private static String host(String host) {
        return switch (host.toLowerCase(Locale.ROOT)) {
            case "", "0.0.0.0" -> "127.0.0.1";
            case "[::]", "[::0]" -> "[::1]";
            case String other -> other;
        };
    }
}
