package dev.tierwise.models;

import dev.tierwise.models.ModelName.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Where models are fetched from: the defaults of `registries.yaml`, or what the environment says
/// instead. Printing it shows no token.
///
/// @param huggingFace Hugging Face, or a mirror of it
/// @param ollama Ollama's registry, or a mirror of it
public record Registries(Registry huggingFace, Registry ollama) {
    /// One registry.
    ///
    /// @param base scheme and authority, without a slash at the end
    /// @param prefixes what a model's name may begin with to mean this one
    /// @param token sent to `base` only; null for none
    public record Registry(String base, List<String> prefixes, @Nullable String token) {
        public Registry {
            prefixes = List.copyOf(prefixes);
        }

        /// The address of `path`, which begins with a slash.
        URI at(String path) {
            return URI.create(base + path);
        }

        @Override
        public String toString() {
            return "Registry[" + base + "]";
        }
    }

    /// What reading the environment came to.
    public sealed interface Reading {
        /// It can be used.
        ///
        /// @param registries the addresses
        record Good(Registries registries) implements Reading {}

        /// A variable holds no address that may be used.
        ///
        /// @param message which, and what to write instead
        record Bad(String message) implements Reading {}
    }

    /// The registries in force.
    ///
    /// @param environment the value of a variable; null when it is not set
    /// @param insecure whether `http` to other machines is allowed
    public static Reading of(Function<String, @Nullable String> environment, boolean insecure) {
        try (InputStream resource = Registries.class.getResourceAsStream("registries.yaml")) {
            if (resource == null) {
                throw new IllegalStateException("the product lacks registries.yaml");
            }
            JsonNode tree = new YAMLMapper().readTree(resource);
            for (JsonNode registry : tree) {
                Optional<String> wrong = wrongVariable(registry, environment, insecure);
                if (wrong.isPresent()) {
                    return new Reading.Bad(wrong.get());
                }
            }
            return new Reading.Good(
                    new Registries(
                            registry(tree.path("hugging-face"), environment),
                            registry(tree.path("ollama"), environment)));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read registries.yaml", broken);
        }
    }

    private static Optional<String> wrongVariable(
            JsonNode node, Function<String, @Nullable String> environment, boolean insecure) {
        return firstSet(node, "url-variables", environment)
                .filter(name -> Addresses.of(value(name, environment), insecure).isEmpty())
                .map(name ->
                        "$"
                                + name
                                + " is no address that models may be fetched from: write https://HOST"
                                + " (http:// for this machine, or with --insecure), without user,"
                                + " query or fragment");
    }

    private static Registry registry(
            JsonNode node, Function<String, @Nullable String> environment) {
        String base =
                firstSet(node, "url-variables", environment)
                        .map(name -> value(name, environment))
                        .orElseGet(() -> node.path("url").stringValue());
        String token =
                firstSet(node, "token-variables", environment)
                        .map(name -> value(name, environment))
                        // a token with a line break would end the header
                        .filter(value -> value.chars().allMatch(c -> c > ' ' && c < 127))
                        .orElse(null);
        return new Registry(base.replaceFirst("/+$", ""), Json.texts(node.path("prefixes")), token);
    }

    private static Optional<String> firstSet(
            JsonNode node, String list, Function<String, @Nullable String> environment) {
        return Json.texts(node.path(list)).stream()
                .filter(name -> !value(name, environment).isEmpty())
                .findFirst();
    }

    private static String value(String name, Function<String, @Nullable String> environment) {
        String value = environment.apply(name);
        return value == null ? "" : value.strip();
    }

    /// Reads a model's name, see [ModelName].
    public Parsed parse(String text, boolean insecure) {
        return new NameReader(this, insecure).read(text.strip());
    }
}
