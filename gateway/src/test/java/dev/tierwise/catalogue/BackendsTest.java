package dev.tierwise.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierwise.core.Capability;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class BackendsTest {
    static final List<String> NAMES = Backends.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyFileDescribesItsBackend(String name) {
        Backend backend = Backends.named(name).orElseThrow();

        assertThat(backend.name()).isEqualTo(name);
        assertThat(backend.documentation().url()).hasScheme("https");
        assertThat(backend.path()).matches("(/[a-z0-9]+)*");
        assertThat(backend.auth().form()).contains("{key}");
        assertThat(backend.timeouts().connect()).isPositive();
        assertThat(backend.timeouts().firstByte()).isGreaterThan(backend.timeouts().connect());
        assertThat(backend.grants()).noneMatch(backend.lacks()::contains);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void onlyTheGenericBackendLeavesItsAddressOpen(String name) {
        Backend backend = Backends.named(name).orElseThrow();

        assertThat(backend.url() == null).isEqualTo(name.equals("openai-compatible"));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyFileIsPlainYaml(String name) throws Exception {
        try (InputStream file =
                BackendsTest.class.getResourceAsStream("backends/" + name + ".yaml")) {
            byte[] bytes = Objects.requireNonNull(file).readAllBytes();

            JsonNode yaml = new YAMLMapper().readTree(bytes);

            Backend backend = BackendFile.parse(name, new String(bytes, StandardCharsets.UTF_8));
            assertThat(yaml.path("title").asString()).isEqualTo(backend.title());
            assertThat(yaml.path("key-form").asString()).isEqualTo(backend.auth().form());
            assertThat(yaml.path("max-concurrent").asInt()).isEqualTo(backend.maxConcurrent());
            assertThat(yaml.path("key-variables").valueStream().map(JsonNode::asString))
                    .containsExactlyElementsOf(backend.keyVariables());
            assertThat(yaml.path("lacks").size()).isEqualTo(backend.lacks().size());
        }
    }

    @Test
    void everyFileIsNamedInTheList() throws Exception {
        Path folder =
                Path.of(Objects.requireNonNull(BackendsTest.class.getResource("backends")).toURI());

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(Backends.NAMES);
        }
    }

    @Test
    void anUnknownNameIsNoBackend() {
        assertThat(Backends.named("../backends/openai")).isEmpty();
        assertThat(Backends.named("nobody")).isEmpty();
    }

    @Test
    void anUnknownKeyIsRefusedByName() {
        assertThatThrownBy(() -> BackendFile.parse("x.yaml", "name: x\ntimeout: 3s\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x.yaml: unknown key: timeout");
    }

    @Test
    void aMissingKeyIsRefusedByName() {
        assertThatThrownBy(() -> BackendFile.parse("x.yaml", "name: x\n"))
                .hasMessage("x.yaml: missing key: title");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertThatThrownBy(() -> BackendFile.parse("x.yaml", "name: x\nname: y\n"))
                .hasMessage("x.yaml: key given twice: name");
    }

    @Test
    void pathsAreThoseOfTheMakers() {
        Map<String, String> expected =
                Map.of(
                        "openai", "https://api.openai.com/v1",
                        "anthropic", "https://api.anthropic.com/v1",
                        "gemini", "https://generativelanguage.googleapis.com/v1beta/openai",
                        "groq", "https://api.groq.com/openai/v1",
                        "openrouter", "https://openrouter.ai/api/v1",
                        "fireworks", "https://api.fireworks.ai/inference/v1");

        expected.forEach((name, url) -> {
            Backend backend = Backends.named(name).orElseThrow();
            assertThat(backend.url() + backend.path()).isEqualTo(url);
        });
    }

    @Test
    void whatABackendIgnoresIsNoCapabilityOfItsModels() {
        Backend anthropic = Backends.named("anthropic").orElseThrow();

        Set<Capability> able =
                anthropic.capabilities(Set.of(Capability.TOOLS, Capability.JSON_SCHEMA));

        assertThat(able).containsExactly(Capability.TOOLS);
    }
}
