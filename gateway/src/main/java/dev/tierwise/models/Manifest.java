package dev.tierwise.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON file beside a model that says what it is.
final class Manifest {
    static final String FILE = "model.json";

    private Manifest() {}

    /// Writes it so that a crash leaves the old one or the new one.
    static void write(Path folder, Stored model) throws IOException {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("name", model.name());
        root.put("source", model.source());
        root.put("file", model.file().getFileName().toString());
        root.put("sha256", model.sha256());
        root.put("bytes", model.bytes());
        root.put("pulled-at", model.pulledAt().toString());
        root.put("licence", model.licence());
        facts(root.putObject("facts"), model.facts());
        ObjectNode extras = root.putObject("extras");
        model.extras().forEach((key, path) -> extras.put(key, path.getFileName().toString()));
        Path next = folder.resolve(FILE + ".next");
        Files.writeString(
                next, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        settle(next, folder.resolve(FILE));
    }

    /// Puts a finished file in its place: its bytes first, then its name, then the folder.
    static void settle(Path finished, Path place) throws IOException {
        try (FileChannel channel = FileChannel.open(finished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(place.resolveSibling(""))) {
            folder.force(true);
        } catch (IOException _) {
            // not every system lets a folder be opened; there the rename alone has to do
        }
    }

    private static void facts(ObjectNode node, Facts facts) {
        node.put("architecture", facts.architecture());
        node.put("quantisation", facts.quantisation());
        node.put("parameters", facts.parameters());
        node.put("context", facts.context());
        node.put("trouble", facts.trouble());
    }

    /// The model that a folder holds; empty where its manifest cannot be used or its file is gone.
    static Optional<Stored> read(Path folder) {
        try {
            return Json.object(Files.readString(folder.resolve(FILE), StandardCharsets.UTF_8))
                    .flatMap(root -> read(folder, root));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Stored> read(Path folder, JsonNode root) {
        Path file = folder.resolve(root.path("file").asString("")).normalize();
        String name = root.path("name").asString("");
        if (name.isEmpty() || !folder.equals(file.getParent()) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Stored(
                            name,
                            root.path("source").asString(""),
                            file,
                            root.path("sha256").asString(""),
                            root.path("bytes").asLong(0),
                            Instant.parse(root.path("pulled-at").asString("")),
                            Json.text(root.path("licence")),
                            facts(root.path("facts")),
                            extras(folder, root.path("extras"))));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Facts facts(JsonNode node) {
        return new Facts(
                Json.text(node.path("architecture")),
                Json.text(node.path("quantisation")),
                node.path("parameters").asLong(0),
                node.path("context").asLong(0),
                Json.text(node.path("trouble")));
    }

    private static Map<String, Path> extras(Path folder, JsonNode node) {
        Map<String, Path> extras = new HashMap<>();
        node.properties()
                .forEach(entry -> {
                    Path file = folder.resolve(entry.getValue().asString("")).normalize();
                    if (folder.equals(file.getParent()) && Files.isRegularFile(file)) {
                        extras.put(entry.getKey(), file);
                    }
                });
        return extras;
    }
}
