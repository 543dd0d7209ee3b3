package dev.tierwise.catalogue;

import dev.tierwise.core.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A backend's YAML file. It keeps to the plainest part of YAML: `key: value` lines, comments, and
/// lists of words in brackets. A small reader therefore suffices, and starting the product does not
/// wait for a YAML library.
final class BackendFile {
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "title",
                    "kind",
                    "documentation",
                    "read",
                    "url",
                    "path",
                    "key-header",
                    "key-form",
                    "key-variables",
                    "url-variables",
                    "dialect",
                    "stream-usage",
                    "done-marker",
                    "unsupported",
                    "connect-timeout",
                    "first-byte-timeout",
                    "idle-timeout",
                    "max-concurrent",
                    "grants",
                    "lacks",
                    "since",
                    "since-with-tools");

    private final String file;
    private final Map<String, String> values;

    private BackendFile(String file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    /// The backend that the resource of that name describes.
    static Backend read(String name) {
        String file = "backends/" + name + ".yaml";
        try (InputStream resource = BackendFile.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("the product lacks its file " + file);
            }
            return parse(file, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + file, broken);
        }
    }

    /// The backend that `text` describes.
    ///
    /// @throws IllegalArgumentException naming file and key when a key is unknown, missing or wrong
    static Backend parse(String file, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(": ");
            String key = colon < 0 ? line : line.substring(0, colon);
            if (colon < 0 || !KEYS.contains(key)) {
                throw new IllegalArgumentException(file + ": unknown key: " + key);
            }
            if (values.put(key, unquoted(line.substring(colon + 2).strip())) != null) {
                throw new IllegalArgumentException(file + ": key given twice: " + key);
            }
        }
        return new BackendFile(file, values).backend();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private Backend backend() {
        return new Backend(
                text("name"),
                text("title"),
                word("kind", Backend.Kind.class),
                new Backend.Documentation(
                        URI.create(text("documentation")), LocalDate.parse(text("read"))),
                url(),
                text("path"),
                new Backend.Auth(text("key-header"), text("key-form")),
                words("key-variables"),
                words("url-variables"),
                word("dialect", Backend.Dialect.class),
                new Backend.Quirks(
                        word("stream-usage", Backend.StreamUsage.class),
                        isDoneOptional(),
                        Set.copyOf(words("unsupported"))),
                new Backend.Timeouts(
                        seconds("connect-timeout"),
                        seconds("first-byte-timeout"),
                        seconds("idle-timeout")),
                Integer.parseInt(text("max-concurrent")),
                capabilities("grants"),
                capabilities("lacks"),
                versions("since"),
                versions("since-with-tools"));
    }

    private String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(file + ": missing key: " + key);
        }
        return value;
    }

    private @Nullable URI url() {
        String url = values.get("url");
        return url == null ? null : URI.create(url);
    }

    private <E extends Enum<E>> E word(String key, Class<E> kind) {
        try {
            return Enum.valueOf(kind, text(key).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    file + ": " + key + " cannot be " + text(key), unknown);
        }
    }

    private boolean isDoneOptional() {
        return switch (text("done-marker")) {
            case "optional" -> true;
            case "required" -> false;
            case String other ->
                    throw new IllegalArgumentException(
                            file + ": done-marker is optional or required, not " + other);
        };
    }

    private List<String> words(String key) {
        String list = text(key);
        if (!list.startsWith("[") || !list.endsWith("]")) {
            throw new IllegalArgumentException(file + ": " + key + " is not a [list]");
        }
        String inside = list.substring(1, list.length() - 1).strip();
        return inside.isEmpty() ? List.of() : List.of(inside.split(",\\s*", -1));
    }

    private Duration seconds(String key) {
        return Duration.parse("PT" + text(key));
    }

    /// Entries such as `logprobs 0.12.11`; none where the key is left out.
    private Map<Capability, String> versions(String key) {
        Map<Capability, String> versions = new EnumMap<>(Capability.class);
        for (String entry : values.containsKey(key) ? words(key) : List.<String>of()) {
            String[] parts = entry.split(" ", -1);
            Capability capability = Capability.of(parts[0]).orElse(null);
            if (parts.length != 2 || capability == null || !parts[1].matches("[0-9.]+")) {
                throw new IllegalArgumentException(
                        file + ": " + key + " has entries such as logprobs 0.12.11, not " + entry);
            }
            versions.put(capability, parts[1]);
        }
        return versions;
    }

    private Set<Capability> capabilities(String key) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String word : words(key)) {
            capabilities.add(
                    Capability.of(word)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            file + ": no such capability: " + word)));
        }
        return capabilities;
    }
}
