package dev.tierwise.config;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import dev.tierwise.config.Reading.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The form of the file: the one source for what is checked and what the reference says. Loading
/// this class loads the schema library, so it is touched only when there is a file. Thread-safe.
final class Schema {
    private static final JsonNode TREE = new JsonMapper().readTree(text());
    private static final Dialect DIALECT =
            Dialect.builder(Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword("x-absent"))
                    .keyword(new NonValidationKeyword("x-remedy"))
                    .build();
    private static final SchemaRegistryConfig STRICT =
            SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    private static final com.networknt.schema.Schema RULES =
            SchemaRegistry.withDialect(DIALECT, registry -> registry.schemaRegistryConfig(STRICT))
                    .getSchema(TREE);

    private Schema() {}

    /// The schema as published.
    static String text() {
        try (InputStream resource = Schema.class.getResourceAsStream("tierwise.schema.json")) {
            if (resource == null) {
                throw new IllegalStateException("the product lacks tierwise.schema.json");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read tierwise.schema.json", broken);
        }
    }

    /// The schema as a tree.
    static JsonNode tree() {
        return TREE;
    }

    /// The part that `reference`, such as `#/$defs/tier`, points to.
    static JsonNode at(String reference) {
        return TREE.at(reference.substring(1));
    }

    /// What in `document` does not have the right form.
    static List<Problem> check(Document document) {
        var problems = new ArrayList<Problem>();
        for (Error error : RULES.validate(document.root())) {
            JsonNode rule = TREE;
            NodePath place = error.getSchemaLocation().getFragment();
            for (int i = 0; i < place.getNameCount() - 1; i++) {
                rule = step(rule, place.getElement(i));
            }
            problems.add(new Breach(document, error, rule).problem());
        }
        return problems;
    }

    private static JsonNode step(JsonNode node, Object element) {
        return element instanceof Integer index ? node.path(index) : node.path(element.toString());
    }

    /// Where in the file an error is, such as `models[0].tier`.
    static String path(NodePath place) {
        var path = new StringBuilder();
        for (int i = 0; i < place.getNameCount(); i++) {
            Object element = place.getElement(i);
            if (element instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return path.toString();
    }
}
