package dev.tierwise.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Ten thousand random schemas: whatever a random model says under the grammar is valid under an
/// independent validator.
class SchemaFuzzTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int SCHEMAS = 10_000;

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Test
    void randomAnswersAreValidUnderTheirSchemas() {
        var random = new Random(20);
        var vocabulary = new Vocabulary(21);
        for (int i = 0; i < SCHEMAS; i++) {
            JsonNode schema = schema(random, 0);
            Grammar grammar = GrammarTest.ready(Grammar.ofSchema(schema));

            String answer = Walk.through(grammar, vocabulary, random);

            Schema validator = registry.getSchema(schema.toString());
            assertThat(validator.validate(MAPPER.readTree(answer)))
                    .as("schema %s answer %s", schema, answer)
                    .isEmpty();
        }
    }

    private static JsonNode schema(Random random, int depth) {
        ObjectNode schema = MAPPER.createObjectNode();
        int kinds = depth < 3 ? 11 : 7;
        switch (random.nextInt(kinds)) {
            case 0 -> string(random, schema);
            case 1 -> schema.put("type", "integer");
            case 2 -> schema.put("type", "number");
            case 3 -> schema.put("type", "boolean");
            case 4 -> values(random, schema.putArray("enum"));
            case 5 -> schema.set("const", value(random));
            case 6 -> schema.putArray("type").add("string").add("null");
            case 7 -> array(random, schema, depth);
            case 8 -> any(random, schema.putArray("anyOf"), depth);
            default -> object(random, schema, depth);
        }
        if (random.nextInt(4) == 0) {
            schema.put("description", "a \"note\"");
        }
        return schema;
    }

    private static void string(Random random, ObjectNode schema) {
        schema.put("type", "string");
        switch (random.nextInt(5)) {
            case 0 ->
                    schema.put("minLength", random.nextInt(4))
                            .put("maxLength", 4 + random.nextInt(9));
            case 1 -> schema.put("pattern", "^[A-Za-z]{1,3}(-[0-9]+)?$");
            case 2 ->
                    schema.put(
                            "format",
                            List.of("date", "date-time", "time", "uuid", "email", "ipv4")
                                    .get(random.nextInt(6)));
            default -> {}
        }
    }

    private static void values(Random random, ArrayNode values) {
        var seen = new ArrayList<JsonNode>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            JsonNode value = value(random);
            if (!seen.contains(value)) {
                seen.add(value);
                values.add(value);
            }
        }
    }

    private static JsonNode value(Random random) {
        return MAPPER.readTree(
                List.of("1", "\"a b\"", "null", "true", "{\"k\":[1,\"é\"]}", "-2.5", "\"\\\"\\n\"")
                        .get(random.nextInt(7)));
    }

    private static void array(Random random, ObjectNode schema, int depth) {
        schema.put("type", "array");
        if (random.nextInt(4) == 0) {
            ArrayNode first = schema.putArray("prefixItems");
            first.add(schema(random, depth + 1)).add(schema(random, depth + 1));
            return;
        }
        schema.set("items", schema(random, depth + 1));
        int least = random.nextInt(3);
        schema.put("minItems", least);
        if (random.nextBoolean()) {
            schema.put("maxItems", least + random.nextInt(3));
        }
    }

    private static void any(Random random, ArrayNode schemas, int depth) {
        for (int i = 0; i <= random.nextInt(3); i++) {
            schemas.add(schema(random, depth + 1));
        }
    }

    private static void object(Random random, ObjectNode schema, int depth) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (int i = 0; i <= random.nextInt(4); i++) {
            String name = List.of("a", "b c", "ünï", "\"q\"", "d").get(i);
            properties.set(name, schema(random, depth + 1));
            if (random.nextBoolean()) {
                required.add(name);
            }
        }
        if (random.nextInt(3) > 0) {
            schema.put("additionalProperties", false);
        }
    }
}
