package dev.tierwise.models;

import dev.tierwise.models.ModelName.Parsed;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what users write for models.
///
/// @param registries whose prefixes count
/// @param insecure whether `http` to other machines is allowed
record NameReader(Registries registries, boolean insecure) {
    private static final int LONGEST = 2_000;
    private static final String WORD = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";
    private static final Pattern REPO =
            Pattern.compile("(" + WORD + ")/(" + WORD + ")(?::(" + WORD + "))?");
    private static final Pattern REPO_FILE =
            Pattern.compile("(" + WORD + ")/(" + WORD + ")/((?:" + WORD + "/)*" + WORD + ")");
    private static final Pattern REPO_PAGE =
            Pattern.compile(
                    "/("
                            + WORD
                            + ")/("
                            + WORD
                            + ")/(?:resolve|blob)/("
                            + WORD
                            + ")/((?:"
                            + WORD
                            + "/)*"
                            + WORD
                            + ")");
    private static final Pattern OLLAMA =
            Pattern.compile("(?:(" + WORD + ")/)?(" + WORD + ")(?::(" + WORD + "))?");

    Parsed read(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ')) {
            return bad("that is no name of a model");
        }
        if (text.contains("://")) {
            return web(text);
        }
        if (text.startsWith("/") || text.startsWith(".") || text.startsWith("~")) {
            return local(text);
        }
        String rest = after(registries.huggingFace().prefixes(), text);
        if (rest != null) {
            return huggingFace(rest);
        }
        rest = after(registries.ollama().prefixes(), text);
        if (rest != null) {
            return ollama(rest);
        }
        if (isGguf(text)) {
            return local(text);
        }
        return text.contains("/") && !text.startsWith("library/")
                ? huggingFace(text)
                : ollama(text);
    }

    private static @Nullable String after(List<String> prefixes, String text) {
        for (String prefix : prefixes) {
            if (text.regionMatches(true, 0, prefix + "/", 0, prefix.length() + 1)) {
                return text.substring(prefix.length() + 1);
            }
        }
        return null;
    }

    private Parsed web(String text) {
        if (text.regionMatches(true, 0, "file:", 0, 5)) {
            try {
                return new Parsed.Good(new ModelName.Local(Path.of(URI.create(text))));
            } catch (IllegalArgumentException _) {
                return bad("that is no file on this machine");
            }
        }
        var address = Addresses.of(text, insecure);
        if (address.isEmpty()) {
            return text.regionMatches(true, 0, "http:", 0, 5)
                    ? bad(
                            "http is refused, because anybody on the way could change the file; use"
                                    + " https, or --insecure where you know the network")
                    : bad("that is no https address without user and password");
        }
        URI uri = address.get();
        if (registries.huggingFace().prefixes().contains(uri.getHost().toLowerCase(Locale.ROOT))) {
            Matcher page = REPO_PAGE.matcher(uri.getPath());
            if (page.matches() && isGguf(page.group(4))) {
                return good(page.group(1), page.group(2), page.group(3), page.group(4));
            }
            return huggingFace(uri.getPath().replaceFirst("^/", "").replaceFirst("/+$", ""));
        }
        return isGguf(uri.getPath())
                ? new Parsed.Good(new ModelName.Web(uri))
                : bad("the address does not end with .gguf");
    }

    private static Parsed huggingFace(String text) {
        Matcher repo = REPO.matcher(text);
        if (repo.matches()) {
            return new Parsed.Good(
                    new ModelName.HuggingFace(
                            repo.group(1), repo.group(2), "main", repo.group(3), null));
        }
        Matcher file = REPO_FILE.matcher(text);
        if (file.matches() && isGguf(text)) {
            return good(file.group(1), file.group(2), "main", file.group(3));
        }
        return bad("`" + text + "` is no repository of Hugging Face");
    }

    private static Parsed good(String owner, String repo, String revision, String file) {
        return new Parsed.Good(new ModelName.HuggingFace(owner, repo, revision, null, file));
    }

    private static Parsed ollama(String text) {
        Matcher name = OLLAMA.matcher(text);
        if (!name.matches()) {
            return bad("`" + text + "` is no model of Ollama's registry");
        }
        String space = name.group(1) == null ? "library" : name.group(1);
        String tag = name.group(3) == null ? "latest" : name.group(3);
        return new Parsed.Good(new ModelName.Ollama(space, name.group(2), tag));
    }

    private static Parsed local(String text) {
        if (!isGguf(text)) {
            return bad("the file does not end with .gguf");
        }
        try {
            String home = System.getProperty("user.home");
            return new Parsed.Good(
                    new ModelName.Local(
                            Path.of(text.startsWith("~/") ? home + text.substring(1) : text)));
        } catch (InvalidPathException _) {
            return bad("that is no path on this system");
        }
    }

    private static boolean isGguf(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".gguf");
    }

    private static Parsed bad(String why) {
        return new Parsed.Bad(why + "; " + ModelName.FORMS);
    }
}
