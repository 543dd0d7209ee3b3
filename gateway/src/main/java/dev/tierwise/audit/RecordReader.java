package dev.tierwise.audit;

import dev.tierwise.core.DataClass;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lines back to records.
final class RecordReader {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private RecordReader() {}

    /// The record in a line; empty when the line is none that this version knows.
    static Optional<AuditRecord> read(byte[] bytes, int from, int length) {
        try {
            JsonNode line = MAPPER.readTree(bytes, from, length);
            return Optional.ofNullable(record(line));
        } catch (JacksonException | DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static @Nullable AuditRecord record(JsonNode line) {
        return switch (text(line, "kind")) {
            case "request" -> request(line);
            case "permit" ->
                    new AuditRecord.Permitted(
                            text(line, "id"),
                            dataClass(line),
                            permit(line),
                            text(line, "model"),
                            text(line, "policy"));
            case "policy" ->
                    new AuditRecord.PolicySet(
                            text(line, "policy"), text(line, "source"), text(line, "detector"));
            case "override" ->
                    new AuditRecord.Intervention(
                            text(line, "what"),
                            flag(line, "on"),
                            text(line, "who"),
                            text(line, "reason"));
            case "violation" -> violation(line);
            case "start" ->
                    new AuditRecord.Start(
                            text(line, "version"),
                            text(line, "policy"),
                            text(line, "detector"),
                            flag(line, "permits_first"));
            case "stop" -> new AuditRecord.Stop();
            case "recovered" ->
                    new AuditRecord.Recovered(
                            text(line, "file"), number(line, "bytes"), text(line, "sha256"));
            case "gap" -> new AuditRecord.Gap(number(line, "count"), moment(line, "since"));
            case "key" -> new AuditRecord.KeyChange(text(line, "old"), text(line, "new"));
            case "pruned" ->
                    new AuditRecord.Pruned(
                            number(line, "through"), text(line, "hash"), moment(line, "newest"));
            default -> null;
        };
    }

    private static AuditRecord request(JsonNode line) {
        var origin =
                new AuditRecord.Origin(
                        moment(line, "arrived"),
                        text(line, "id"),
                        text(line, "tenant"),
                        text(line, "key"),
                        text(line, "route"),
                        optional(line, "purpose"));
        var permits = new ArrayList<AuditRecord.Permit>();
        need(line, "permits").forEach(node -> permits.add(permit(node)));
        var evidence =
                new AuditRecord.Evidence(
                        permits,
                        optional(line, "body"),
                        text(line, "policy"),
                        text(line, "detector"));
        var course =
                new AuditRecord.Course(
                        RecordWriter.outcome(text(line, "outcome")),
                        (int) number(line, "attempts"));
        return new AuditRecord.Request(origin, sensitivity(line), decision(line), evidence, course);
    }

    private static AuditRecord.Sensitivity sensitivity(JsonNode line) {
        var sources = new ArrayList<String>();
        need(line, "sources").forEach(node -> sources.add(node.asString()));
        var identifiers = new TreeMap<String, Integer>();
        need(line, "identifiers")
                .properties()
                .forEach(entry -> identifiers.put(entry.getKey(), entry.getValue().asInt()));
        return new AuditRecord.Sensitivity(
                dataClass(line), sources, identifiers, (int) number(line, "unscannable"));
    }

    private static AuditRecord.Decision decision(JsonNode line) {
        List<AuditRecord.Place> candidates = new ArrayList<>();
        need(line, "candidates").forEach(node -> candidates.add(place(node)));
        List<AuditRecord.Denial> denied = new ArrayList<>();
        need(line, "denied")
                .forEach(node ->
                        denied.add(new AuditRecord.Denial(place(node), text(node, "rule"))));
        JsonNode target = line.get("target");
        return new AuditRecord.Decision(
                candidates,
                denied,
                text(line, "rule"),
                text(line, "transform"),
                target == null ? null : target(target));
    }

    private static AuditRecord.Target target(JsonNode node) {
        String reference = optional(node, "contract");
        var contract =
                reference == null
                        ? null
                        : new AuditRecord.Contract(
                                reference, LocalDate.parse(text(node, "expires")));
        return new AuditRecord.Target(place(node), text(node, "model"), contract);
    }

    private static AuditRecord violation(JsonNode line) {
        return new AuditRecord.Violation(
                text(line, "what"),
                optional(line, "id"),
                line.has("class") ? dataClass(line) : null,
                line.has("zone") ? place(line) : null,
                flag(line, "stopped"));
    }

    private static AuditRecord.Permit permit(JsonNode node) {
        return new AuditRecord.Permit(text(node, "hash"), place(node));
    }

    private static AuditRecord.Place place(JsonNode node) {
        return new AuditRecord.Place(
                text(node, "zone"), flag(node, "local"), optional(node, "jurisdiction"));
    }

    private static DataClass dataClass(JsonNode node) {
        String word = text(node, "class");
        return DataClass.of(word).orElseThrow(() -> new IllegalArgumentException("class"));
    }

    private static JsonNode need(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        return need(node, name).asString();
    }

    private static long number(JsonNode node, String name) {
        return need(node, name).asLong();
    }

    private static boolean flag(JsonNode node, String name) {
        JsonNode value = need(node, name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name);
        }
        return value.booleanValue();
    }

    private static Instant moment(JsonNode node, String name) {
        return Instant.parse(text(node, name));
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null ? null : value.asString();
    }
}
