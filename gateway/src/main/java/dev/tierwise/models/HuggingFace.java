package dev.tierwise.models;

import dev.tierwise.call.Download.Ended;
import dev.tierwise.models.Source.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Finds a GGUF file in a repository of Hugging Face, through its public API.
///
/// @param registry where it is
/// @param texts how its documents are fetched
record HuggingFace(Registries.Registry registry, Texts texts) {
    /// What is taken when the name asks for nothing: small with little loss first.
    private static final List<String> USUAL =
            List.of("Q4_K_M", "Q4_K_S", "Q4_0", "Q5_K_M", "Q8_0", "Q6_K", "F16", "BF16", "F32");

    private static final Pattern QUANTISATION =
            Pattern.compile(
                    "(?i)(?:^|[-._/])((?:UD-)?(?:IQ\\d\\w*|Q\\d\\w*|BF16|F16|F32|FP16|FP32|MXFP4\\w*))"
                            + "(?:-\\d{5}-of-\\d{5})?\\.gguf$");
    private static final Pattern SPLIT = Pattern.compile(".*-\\d{5}-of-(\\d{5})\\.gguf");
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./-]+");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// One GGUF file of a repository.
    private record Candidate(String path, long bytes, @Nullable String sha256) {
        String quantisation() {
            Matcher matcher = QUANTISATION.matcher(path);
            return matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT) : "";
        }

        boolean isPart() {
            Matcher matcher = SPLIT.matcher(path);
            return matcher.matches() && Integer.parseInt(matcher.group(1)) > 1;
        }
    }

    Found find(ModelName.HuggingFace name) {
        String path = "/api/models/" + name.owner() + "/" + name.repo();
        String revision = name.revision().equals("main") ? "" : "/revision/" + name.revision();
        return switch (texts.get(registry.at(path + revision + "?blobs=true"), headers())) {
            case Texts.Text.Got(String text) ->
                    Json.object(text)
                            .map(root -> choose(name, root))
                            .orElseGet(() ->
                                    new Found.Failed(
                                            registry.base() + " did not answer with JSON"));
            case Texts.Text.Not(Ended ended) -> explain(name, ended);
        };
    }

    private Map<String, String> headers() {
        return registry.token() == null
                ? Map.of()
                : Map.of("authorization", "Bearer " + registry.token());
    }

    private Found choose(ModelName.HuggingFace name, JsonNode root) {
        List<Candidate> all = new ArrayList<>();
        for (JsonNode file : root.path("siblings")) {
            String path = file.path("rfilename").asString("");
            String lower = path.toLowerCase(Locale.ROOT);
            // mmproj files hold the eyes of a model, not the model
            if (lower.endsWith(".gguf")
                    && !lower.contains("mmproj")
                    && SAFE.matcher(path).matches()) {
                all.add(candidate(path, file));
            }
        }
        if (all.isEmpty()) {
            return new Found.Missing(
                    name.shown()
                            + " has no GGUF file; look for a repository whose name ends with -GGUF");
        }
        Optional<Candidate> chosen = chosen(name, all);
        if (chosen.isEmpty()) {
            String wanted = name.file() == null ? name.quantisation() : name.file();
            return new Found.Missing(
                    "there is no " + wanted + " in " + repo(name) + "; there are " + offers(all));
        }
        if (chosen.get().isPart()) {
            return new Found.Failed(
                    chosen.get().path()
                            + " is split into several files, which is not supported; whole are "
                            + offers(all));
        }
        return new Found.Ready(source(name, root, chosen.get()));
    }

    private static Candidate candidate(String path, JsonNode file) {
        JsonNode lfs = file.path("lfs");
        String digest = lfs.path("sha256").asString(lfs.path("oid").asString(""));
        long size = lfs.path("size").asLong(file.path("size").asLong(-1));
        return new Candidate(path, size, DIGEST.matcher(digest).matches() ? digest : null);
    }

    private static Optional<Candidate> chosen(ModelName.HuggingFace name, List<Candidate> all) {
        if (name.file() != null) {
            return all.stream().filter(it -> it.path().equals(name.file())).findFirst();
        }
        if (name.quantisation() != null) {
            return best(all, name.quantisation());
        }
        for (String usual : USUAL) {
            Optional<Candidate> found = best(all, usual);
            if (found.isPresent() && !found.get().isPart()) {
                return found;
            }
        }
        return all.stream()
                .filter(it -> !it.isPart())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static Optional<Candidate> best(List<Candidate> all, String quantisation) {
        List<Candidate> fits =
                all.stream()
                        .filter(it -> it.quantisation().equalsIgnoreCase(quantisation))
                        .toList();
        return fits.stream()
                .filter(it -> !it.isPart())
                .findFirst()
                .or(() -> fits.stream().findFirst());
    }

    private static String offers(List<Candidate> all) {
        List<String> whole =
                all.stream()
                        .filter(it -> !it.isPart())
                        .map(it -> it.quantisation().isEmpty() ? it.path() : it.quantisation())
                        .distinct()
                        .limit(40)
                        .toList();
        return whole.isEmpty() ? "none" : String.join(", ", whole);
    }

    private static String repo(ModelName.HuggingFace name) {
        return "hf.co/" + name.owner() + "/" + name.repo();
    }

    private Source source(ModelName.HuggingFace name, JsonNode root, Candidate file) {
        // the commit, so that a pull that goes on tomorrow gets the same bytes
        String commit = root.path("sha").asString("");
        String revision = commit.matches("[0-9a-f]{40}") ? commit : name.revision();
        String repo = "/" + name.owner() + "/" + name.repo();
        String tag = file.quantisation();
        if (tag.isEmpty()) {
            tag =
                    file.path()
                            .substring(file.path().lastIndexOf('/') + 1)
                            .replaceFirst("(?i)\\.gguf$", "");
        }
        return new Source(
                repo(name) + ":" + tag,
                registry.at(repo + "/resolve/" + revision + "/" + file.path()),
                headers(),
                repo(name) + "/" + file.path() + "@" + revision,
                file.sha256(),
                file.bytes(),
                Json.text(root.path("cardData").path("license")),
                List.of());
    }

    private Found explain(ModelName.HuggingFace name, Ended ended) {
        return switch (ended) {
            case Ended.Refused(int status, _) when status == 404 || status == 401 ->
                    new Found.Missing(
                            "there is no repository "
                                    + repo(name)
                                    + (registry.token() == null
                                            ? ", or it is private; a private or gated one needs"
                                                    + " $HF_TOKEN"
                                            : " that $HF_TOKEN may see"));
            case Ended.Refused(int status, _) when status == 403 ->
                    new Found.Failed(
                            repo(name)
                                    + " is gated: accept its terms on its page and set $HF_TOKEN");
            default -> Endings.explain(ended, registry.base());
        };
    }
}
