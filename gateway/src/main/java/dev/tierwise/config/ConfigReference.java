package dev.tierwise.config;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The reference of all keys, made from the schema that checks them.
public final class ConfigReference {
    private static final String HEAD =
            """
            # Configuration

            Every key of `tierwise.yaml`, made from the schema that checks the file
            ([tierwise.schema.json](tierwise.schema.json)): do not edit this page. A commented file is
            in [examples/tierwise.yaml](../../examples/tierwise.yaml).

            Tierwise reads the file that `--config` names, or `$TIERWISE_CONFIG`, or `./tierwise.yaml`,
            or `$XDG_CONFIG_HOME/tierwise/config.yaml` (`~/.config/tierwise/config.yaml`). Without any
            it discovers what there is. An unknown key is an error. A change of the file takes effect
            within a few seconds; a file with faults leaves the old one in force. Relative paths begin
            at the folder of the file.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ConfigReference() {}

    /// The page in Markdown.
    public static String markdown() {
        var reference = new ConfigReference();
        JsonNode root = Schema.tree();
        reference.table("The file", root, "");
        reference.groups(root, "");
        reference.table("A price", Schema.at("#/$defs/price"), "");
        reference.values();
        return reference.page.toString();
    }

    /// A section for each key of `group` that has keys of its own.
    private void groups(JsonNode group, String path) {
        for (var entry : group.path("properties").properties()) {
            JsonNode rule = entry.getValue();
            String at = path + entry.getKey();
            if (rule.has("properties")) {
                table("`" + at + "`", rule, rule.path("description").asString(""));
                groups(rule, at + ".");
            } else if (rule.path("items").has("properties")) {
                table("`" + at + "[]`", rule.path("items"), rule.path("description").asString(""));
                groups(rule.path("items"), at + "[].");
            }
        }
    }

    private void table(String title, JsonNode group, String text) {
        page.append("\n## ").append(title).append("\n\n");
        if (!text.isEmpty()) {
            page.append(text).append("\n\n");
        }
        page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (var entry : group.path("properties").properties()) {
            JsonNode rule = entry.getValue();
            page.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    entry.getKey(),
                                    cell(value(rule)),
                                    cell(absent(group, entry.getKey(), rule)),
                                    cell(rule.path("description").asString(""))));
        }
    }

    private void values() {
        page.append("\n## Values\n\n| value | how it is written |\n|---|---|\n");
        for (var entry : Schema.at("#/$defs").properties()) {
            String form = entry.getValue().path("x-remedy").asString("").replaceFirst("write ", "");
            if (!form.isEmpty()) {
                String title = entry.getValue().path("title").asString();
                page.append("| %s | %s |\n".formatted(title, cell(form)));
            }
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String absent(JsonNode group, String key, JsonNode rule) {
        if (rule.has("default")) {
            JsonNode value = rule.path("default");
            return value.isContainer() ? "none" : "`" + value.asString() + "`";
        }
        boolean required =
                group.path("required").valueStream().anyMatch(name -> name.asString().equals(key));
        return required ? "**required**" : rule.path("x-absent").asString("");
    }

    private static String value(JsonNode rule) {
        JsonNode form = rule.has("$ref") ? Schema.at(rule.path("$ref").stringValue()) : rule;
        if (form.has("enum")) {
            return form.path("enum")
                    .valueStream()
                    .map(word -> "`" + word.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (form.has("if")) {
            return "[a price](#a-price), a list of them, or `free`";
        }
        return switch (form.path("type").asString("")) {
            case "object" -> form.has("properties") ? "keys, see below" : "`name: value` pairs";
            case "array" -> list(form.path("items"));
            case "boolean" -> "`true` or `false`";
            case "integer", "number" ->
                    "%s to %s".formatted(form.path("minimum"), form.path("maximum"));
            case String _ -> "[" + form.path("title").asString() + "](#values)";
        };
    }

    private static String list(JsonNode items) {
        return items.has("properties") ? "a list, see below" : "a list of: " + value(items);
    }
}
