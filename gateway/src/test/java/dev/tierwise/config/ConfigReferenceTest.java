package dev.tierwise.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("golden")
final class ConfigReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/reference");

    @Test
    void pageIsWhatTheSchemaSays() throws IOException {
        assertPublished("configuration.md", ConfigReference.markdown());
    }

    @Test
    void publishedSchemaIsTheOneThatChecks() throws IOException {
        assertPublished("tierwise.schema.json", Schema.text());
    }

    /// Run the tests with `-Dgolden=write` to publish anew.
    private static void assertPublished(String name, String text) throws IOException {
        Path file = REFERENCE.resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(REFERENCE);
            Files.writeString(file, text);
        }
        assertThat(file).content().isEqualTo(text);
    }

    @Test
    void everyKeyIsDescribedAndSaysWhatHoldsWithoutIt() {
        var silent = new ArrayList<String>();

        collectSilent(Schema.tree(), "", silent);

        assertThat(silent).isEmpty();
    }

    private static void collectSilent(JsonNode node, String path, List<String> silent) {
        List<String> required =
                node.path("required").valueStream().map(JsonNode::stringValue).toList();
        node.path("properties")
                .properties()
                .forEach(entry -> {
                    JsonNode rule = entry.getValue();
                    boolean isClear =
                            required.contains(entry.getKey())
                                    ^ (rule.has("default") || rule.has("x-absent"));
                    if (!isClear || rule.path("description").asString("").isBlank()) {
                        silent.add(path + "/" + entry.getKey());
                    }
                });
        node.properties()
                .forEach(entry ->
                        collectSilent(entry.getValue(), path + "/" + entry.getKey(), silent));
    }

    @Test
    void groupsRefuseUnknownKeys() {
        var open = new ArrayList<String>();

        collectOpen(Schema.tree(), "", open);

        assertThat(open).isEmpty();
    }

    private static void collectOpen(JsonNode node, String path, List<String> open) {
        if (node.path("properties").isObject() && !node.path("additionalProperties").isBoolean()) {
            open.add(path);
        }
        node.properties()
                .forEach(entry -> collectOpen(entry.getValue(), path + "/" + entry.getKey(), open));
    }

    @Test
    void schemaKnowsTheWordsOfTheProduct() {
        assertThat(words("tier")).isEqualTo(Arrays.stream(Tier.values()).map(Tier::word).toList());
        assertThat(words("data-class"))
                .isEqualTo(Arrays.stream(DataClass.values()).map(DataClass::word).toList());
        assertThat(words("capability"))
                .isEqualTo(Arrays.stream(Capability.values()).map(Capability::word).toList());
    }

    private static List<String> words(String definition) {
        return Schema.at("#/$defs/" + definition + "/enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    @Test
    void defaultsOfTheSchemaAreThoseOfTheCode() throws IOException {
        Path file = Files.createTempFile("tierwise", ".yaml");
        var server = new StringBuilder("server:\n");
        Schema.tree()
                .path("properties")
                .path("server")
                .path("properties")
                .properties()
                .forEach(entry ->
                        server.append(
                                "  %s: %s\n"
                                        .formatted(
                                                entry.getKey(), entry.getValue().path("default"))));
        String quality = "quality: " + Schema.tree().at("/properties/quality/default") + "\n";

        Reading reading = ConfigFile.read(Files.writeString(file, server + quality), _ -> null);

        assertThat(reading).isEqualTo(new Reading.Loaded(Config.DEFAULT));
        Files.delete(file);
    }
}
