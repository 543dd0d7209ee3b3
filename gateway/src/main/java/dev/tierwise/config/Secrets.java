package dev.tierwise.config;

import dev.tierwise.config.Reading.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Fetches the secrets that a file refers to. No value ends up in a problem. Used by one reading.
final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final int MOST_BYTES = 1 << 16;

    private final Document document;
    private final Path folder;
    private final Function<String, @Nullable String> environment;
    private final Map<String, Secret> values = new HashMap<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private Secrets(
            Document document, Path folder, Function<String, @Nullable String> environment) {
        this.document = document;
        this.folder = folder;
        this.environment = environment;
    }

    /// Fetches all secrets of `document`.
    ///
    /// @param document the file
    /// @param folder where relative paths begin
    /// @param environment the value of a variable; null when it is not set
    static Secrets fetch(
            Document document, Path folder, Function<String, @Nullable String> environment) {
        var secrets = new Secrets(document, folder, environment);
        secrets.fetchAll("keys");
        secrets.refuseTwins();
        secrets.fetchAll("upstreams");
        return secrets;
    }

    /// The secret of the key at `path`; null where there is none.
    @Nullable Secret at(String path) {
        return values.get(path);
    }

    /// The files that were consulted, whether or not they could be read.
    Set<Path> files() {
        return files;
    }

    /// What could not be fetched.
    List<Problem> problems() {
        return problems;
    }

    private void fetchAll(String list) {
        JsonNode items = document.root().path(list);
        for (int i = 0; i < items.size(); i++) {
            Matcher reference = REFERENCE.matcher(items.path(i).path("key").asString(""));
            if (reference.matches()) {
                String path = list + "[" + i + "].key";
                String value =
                        reference.group(1).equals("env")
                                ? variable(path, reference.group(2))
                                : content(path, reference.group(2));
                if (value != null) {
                    keep(path, value);
                }
            }
        }
    }

    private void keep(String path, String value) {
        if (value.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
            values.put(path, new Secret(value));
        } else {
            problems.add(
                    document.problem(
                            path,
                            "the secret holds a blank or a letter that no header can carry",
                            "keep the secret alone there, on one line"));
        }
    }

    private @Nullable String variable(String path, String name) {
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            problems.add(
                    document.problem(
                            path,
                            "the environment variable " + name + " is not set",
                            "set it before the start: export " + name + "=…"));
            return null;
        }
        return value.strip();
    }

    private @Nullable String content(String path, String name) {
        try {
            Path file = folder.resolve(name);
            files.add(file);
            String value = new String(start(file), StandardCharsets.UTF_8).stripTrailing();
            if (!value.isEmpty()) {
                return value;
            }
            problems.add(
                    document.problem(
                            path, "the file " + name + " is empty", "put the secret there"));
        } catch (NoSuchFileException missing) {
            problems.add(
                    document.problem(
                            path, "there is no file " + name, "put the secret there, on one line"));
        } catch (IOException | InvalidPathException broken) {
            problems.add(
                    document.problem(
                            path,
                            "the file " + name + " cannot be read",
                            "make it a file that the user of this process may read"));
        }
        return null;
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    /// Two keys with one secret would leave open whose bounds hold.
    private void refuseTwins() {
        var owners = new HashMap<Secret, String>();
        for (int i = 0; i < document.root().path("keys").size(); i++) {
            String path = "keys[" + i + "].key";
            Secret secret = values.get(path);
            String owner = secret == null ? null : owners.putIfAbsent(secret, path);
            if (owner != null) {
                problems.add(
                        document.problem(
                                path,
                                "the same secret as " + owner,
                                "give each key its own secret"));
            }
        }
    }
}
