package dev.tierwise.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The same prompts as Jinja renders; `src/test/python/chats.py` recorded them.
class ChatGoldensTest {
    private static final JsonMapper JSON = new JsonMapper();
    static final Clock NOW = Clock.fixed(Instant.parse("2026-03-07T15:04:05Z"), ZoneOffset.UTC);

    static String read(String name) {
        try (var in = ChatGoldensTest.class.getResourceAsStream("/chat/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Value> names(JsonNode node) {
        var names = new LinkedHashMap<String, Value>();
        node.properties()
                .forEach(each ->
                        names.put(
                                each.getKey(),
                                Value.of(JSON.treeToValue(each.getValue(), Object.class))));
        return names;
    }

    static String shown(String template, Map<String, Value> names) {
        return switch (ChatTemplate.read(template, Limits.USUAL)) {
            case ChatTemplate.Reading.Refused refused -> "refused: " + refused;
            case ChatTemplate.Reading.Ready ready ->
                    switch (ready.template().render(names, NOW)) {
                        case Rendering.Rendered rendered -> "text: " + rendered.text();
                        case Rendering.Raised raised -> "raised: " + raised.message();
                        case Rendering.Refused refused -> "refused: " + refused;
                    };
        };
    }

    private static String expected(JsonNode result) {
        var kind = result.propertyNames().iterator().next();
        return kind.equals("refused") ? "refused: " : kind + ": " + result.get(kind).stringValue();
    }

    private static void check(SoftAssertions softly, String what, String found, JsonNode result) {
        var wanted = expected(result);
        var same = wanted.equals("refused: ") ? found.startsWith(wanted) : found.equals(wanted);
        softly.assertThat(same).as("%s%nwanted %s%nfound  %s", what, wanted, found).isTrue();
    }

    @Test
    void snippetsGiveWhatJinjaGives() {
        var file = JSON.readTree(read("snippets.json"));
        var softly = new SoftAssertions();
        var count = 0;

        for (var each : file.get("cases")) {
            var template = each.get("template").stringValue();
            for (var i = 0; i < file.get("contexts").size(); i++) {
                var found = shown(template, names(file.get("contexts").get(i)));
                check(softly, template + " on " + i, found, each.get("results").get(i));
                count++;
            }
        }

        assertThat(count).isGreaterThan(500);
        softly.assertAll();
    }

    @Test
    void whatIsBrokenOrUnknownIsRefusedWithItsLine() {
        var softly = new SoftAssertions();

        for (var each : JSON.readTree(read("snippets.json")).get("refused")) {
            var template = "a line\n" + each.stringValue();
            softly.assertThat(ChatTemplate.read(template, Limits.USUAL))
                    .as(template)
                    .isInstanceOfSatisfying(
                            ChatTemplate.Reading.Refused.class,
                            refused -> assertThat(refused.line()).isEqualTo(2));
        }

        softly.assertAll();
    }

    @Test
    void conversationsGiveWhatJinjaGives() {
        var file = JSON.readTree(read("conversations.json"));
        var softly = new SoftAssertions();

        for (var each : file.get("expected").properties()) {
            var template = read(each.getKey() + ".jinja");
            for (var i = 0; i < file.get("conversations").size(); i++) {
                var found = shown(template, names(file.get("conversations").get(i)));
                check(softly, each.getKey() + " on " + i, found, each.getValue().get(i));
            }
        }

        softly.assertAll();
    }
}
