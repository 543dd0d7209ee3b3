package dev.tierwise.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LeavesTest {
    private final List<String> seen = new ArrayList<>();
    private int unscannable;

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"messages":[{"role":"system","content":"CANARY"}]}\
                """,
                """
                {"messages":[{"role":"user","content":[{"type":"text","text":"CANARY"}]}]}\
                """,
                """
                {"messages":[{"tool_calls":[{"function":{"arguments":"{\\"who\\":\\"CANARY\\"}"}}]}]}\
                """,
                """
                {"messages":[{"role":"tool","content":"{\\"rows\\":[{\\"name\\":\\"CANARY\\"}]}"}]}\
                """,
                """
                {"tools":[{"type":"function","function":{"description":"CANARY"}}]}\
                """,
                """
                {"tools":[{"function":{"parameters":{"properties":{"x":{"enum":["CANARY"]}}}}}]}\
                """,
                """
                {"tools":[{"function":{"parameters":{"properties":{"CANARY":{}}}}}]}\
                """,
                """
                {"metadata":{"user":"CANARY"}}\
                """,
                """
                {"user":"CANARY"}\
                """,
                """
                {"response_format":{"json_schema":{"name":"CANARY"}}}\
                """,
                """
                {"unheard_of":{"deep":[[[["CANARY"]]]]}}\
                """,
                """
                {"messages":[{"role":"user","name":"CANARY","content":"x"}]}\
                """,
                """
                {"arguments":"{\\"query\\":\\"CANARY, broken off"}\
                """
            })
    void everyStringIsALeafWhereverItStands(String json) {
        boolean whole = walk(json);

        assertThat(whole).isTrue();
        assertThat(seen).anyMatch(leaf -> leaf.contains("CANARY"));
    }

    @Test
    void numbersThatCouldBeIdentifiersAreLeaves() {
        walk("{\"ssn\":123456789,\"n\":12}");

        assertThat(seen).contains("123456789").doesNotContain("12");
    }

    @Test
    void whatIsNoTextIsCounted() {
        walk(
                "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                        + "\"data:image/png;base64,AAAA\"}},{\"type\":\"input_audio\","
                        + "\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}]}]}");

        assertThat(unscannable).isPositive();
    }

    @Test
    void depthBombsAreNotTakenForSeen() {
        String bomb = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(walk(bomb)).isFalse();
    }

    @Test
    void jsonWrappedTooDeepIsNotTakenForSeen() {
        String text = "\"CANARY\"";
        for (int i = 0; i < 6; i++) {
            text = JsonMapper.shared().writeValueAsString("[" + text + "]");
        }

        walk("{\"x\":" + text + "}");

        assertThat(unscannable).isPositive();
    }

    @Test
    void noBytesMakeItThrow() {
        var random = new Random(4);
        byte[] whole =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"{\\\"a\\\":[1,2,\\\"é\\\"]}\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Leaves.walk(bytes, visitor());
        }
        assertThat(seen).isNotEmpty();
    }

    private boolean walk(String json) {
        return Leaves.walk(json.getBytes(StandardCharsets.UTF_8), visitor());
    }

    private Leaves.Visitor visitor() {
        return new Leaves.Visitor() {
            @Override
            public void leaf(String text, String field) {
                seen.add(text);
            }

            @Override
            public void user(String text) {
                seen.add(text);
            }

            @Override
            public void unscannable() {
                unscannable++;
            }
        };
    }
}
