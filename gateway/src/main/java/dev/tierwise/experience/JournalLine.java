package dev.tierwise.experience;

import dev.tierwise.calibrate.Floor;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Events as lines of JSON, one an event, and back.
final class JournalLine {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final String NUMBER = "{\"number\":";
    private static final int LONGEST_NUMBER = NUMBER.length() + 16;

    private JournalLine() {}

    /// An event and its place in the order of all events.
    record Numbered(long number, Event event) {}

    /// The number of a line, without looking at the rest of it; 0 where that does not tell.
    static long number(String line) {
        long number = 0;
        int at = NUMBER.length();
        if (line.startsWith(NUMBER)) {
            for (; at < line.length() && at < LONGEST_NUMBER; at++) {
                char digit = line.charAt(at);
                if (digit < '0' || digit > '9') {
                    return digit == ',' ? number : 0;
                }
                number = 10 * number + digit - '0';
            }
        }
        return 0;
    }

    /// The line of an event, without its end.
    static String of(long number, Event event) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("number", number);
        switch (event) {
            case Event.Learn(Example example) -> {
                line.put("event", "example");
                put(line, example);
            }
            case Event.Pair(Instant at, String id, Floor.Row row) -> {
                line.put("event", "pair");
                line.put("at", at.toEpochMilli());
                line.put("request", id);
                line.put("score", row.score());
                line.put("small", row.small());
                line.put("frontier", row.frontier());
            }
            case Event.Drifted(Alarm alarm, Instant from) -> {
                line.put("event", "drift");
                line.put("at", alarm.at().toEpochMilli());
                line.put("what", alarm.what());
                line.put("words", alarm.words());
                line.put("from", from.toEpochMilli());
            }
            case Event.Turned(Instant at, long made, long to) -> {
                line.put("event", "turned");
                line.put("at", at.toEpochMilli());
                line.put("made", made);
                line.put("to", to);
            }
        }
        return line.toString();
    }

    /// Reads a line; empty where it is none, such as the torn end of a file.
    static Optional<Numbered> read(String text) {
        try {
            JsonNode line = MAPPER.readTree(text);
            long number = line.path("number").asLong(0);
            return number < 1
                    ? Optional.empty()
                    : event(line).map(event -> new Numbered(number, event));
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Event> event(JsonNode line) {
        return switch (line.path("event").asString("")) {
            case "example" -> Optional.of(new Event.Learn(example(line)));
            case "pair" ->
                    Optional.of(
                            new Event.Pair(
                                    moment(line, "at"),
                                    line.path("request").asString(""),
                                    new Floor.Row(
                                            number(line, "score"),
                                            number(line, "small"),
                                            number(line, "frontier"))));
            case "drift" ->
                    Optional.of(
                            new Event.Drifted(
                                    new Alarm(
                                            moment(line, "at"),
                                            line.path("what").asString(""),
                                            line.path("words").asString("")),
                                    moment(line, "from")));
            case "turned" ->
                    Optional.of(
                            new Event.Turned(
                                    moment(line, "at"),
                                    line.path("made").asLong(0),
                                    line.path("to").asLong(0)));
            default -> Optional.empty();
        };
    }

    private static void put(ObjectNode line, Example example) {
        line.put("at", example.at().toEpochMilli());
        line.put("request", example.requestId());
        line.put("task", example.task());
        line.put("model", example.model());
        line.put("traits", Traits.text(example.traits()));
        line.put("foretold", example.foretold());
        if (!Double.isNaN(example.judged())) {
            line.put("judged", example.judged());
        }
        line.put("outcome", example.outcome());
        line.put("source", example.source().word());
        line.put("weight", example.weight());
    }

    private static Example example(JsonNode line) {
        return new Example(
                moment(line, "at"),
                line.path("request").asString(""),
                line.path("task").asString(""),
                line.path("model").asString(""),
                Traits.read(line.path("traits").asString("")),
                number(line, "foretold"),
                line.has("judged") ? number(line, "judged") : Double.NaN,
                number(line, "outcome"),
                Source.valueOf(line.path("source").asString("").toUpperCase(Locale.ROOT)),
                number(line, "weight"));
    }

    private static Instant moment(JsonNode line, String name) {
        return Instant.ofEpochMilli(line.path(name).asLong(0));
    }

    /// A number; NaN, which no record takes, where there is none.
    private static double number(JsonNode line, String name) {
        return line.path(name).asDouble(Double.NaN);
    }
}
