package dev.tierwise.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.policy.Profile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScannerTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aConversationIsScannedOnce() {
        Scanner scanner = scanner(finds("MRN-1", Kind.MEDICAL_RECORD), Duration.ofSeconds(10));
        String turn = "a long first turn that names MRN-1 and goes on, and on, and on, for a while";
        Sight first = scanner.scan(body(turn));
        int before = asked.get();

        Sight second = scanner.scan(body(turn));

        assertThat(first.counts()).containsEntry(Kind.MEDICAL_RECORD, 1);
        assertThat(second).isEqualTo(first);
        // only the seams between pieces are looked at again
        assertThat(asked.get() - before).isLessThan(before);
    }

    @Test
    void whatAgentsSendWithEveryRequestIdentifiesNobody() {
        var scanner = new Scanner(Detector.shipped(), Duration.ofSeconds(10), 1, Set.of());

        Sight sight =
                scanner.scan(
                        """
                        {"model":"big-model-2025-08-07","metadata":{"user_id":"user_4f2b8c1e9d"},
                        "messages":[{"role":"system","content":"You are a coding agent. Today's date is\
                         2026-11-23. See https://docs.example.org/agent for help."},
                        {"role":"assistant","tool_calls":[{"id":"call_9aX3kLmQ2vB7","type":"function",
                        "function":{"name":"read_file","arguments":"{\\"path\\":\\"src/cart.ts\\"}"}}]},
                        {"role":"tool","tool_call_id":"call_9aX3kLmQ2vB7","content":"class Cart {}"}],
                        "tools":[{"function":{"name":"read_file","parameters":
                        {"$schema":"http://json-schema.org/draft-07/schema#"}}}]}
                        """
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(Profile.NONE.classOf(sight.marks())).isEqualTo(DataClass.INTERNAL);
    }

    @Test
    void anAddressInAFieldForUsersIsFound() {
        var scanner = new Scanner(Detector.shipped(), Duration.ofSeconds(10), 1, Set.of());

        Sight sight =
                scanner.scan(
                        "{\"user\":\"anna.kovacs@example.org\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(sight.counts()).containsKey(Kind.EMAIL);
    }

    @Test
    void aValueSplitOverTwoMessagesIsFound() {
        Scanner scanner = scanner(finds("MRN-12345", Kind.MEDICAL_RECORD), Duration.ofSeconds(10));

        Sight sight = scanner.scan(body("the record is MRN-1", "2345 says the chart"));

        assertThat(sight.counts()).containsKey(Kind.MEDICAL_RECORD);
    }

    @Test
    void aValueOnTheBorderOfTwoWindowsIsFound() {
        Scanner scanner = scanner(finds("MRN-12345", Kind.MEDICAL_RECORD), Duration.ofSeconds(10));
        for (int at = (1 << 16) - 10; at <= (1 << 16) + 1; at++) {
            Sight sight = scanner.scan(body("x".repeat(at) + "MRN-12345" + "y".repeat(500)));

            assertThat(sight.counts()).containsKey(Kind.MEDICAL_RECORD);
        }
    }

    @Test
    void aDetectorThatFailsLeavesTheRequestUndecided() {
        Recogniser broken =
                (_, _, _) -> {
                    throw new IllegalStateException("the words of the prompt");
                };

        Sight sight = scanner(broken, Duration.ofSeconds(10)).scan(body("x"));

        assertThat(sight.complete()).isFalse();
        assertThat(sight.undecided()).doesNotContain("words").contains("IllegalStateException");
    }

    @Test
    void aScanWithoutTimeLeavesTheRequestUndecided() {
        Sight sight = scanner((_, _, _) -> {}, Duration.ofNanos(1)).scan(body("x", "y"));

        assertThat(sight.complete()).isFalse();
    }

    @Test
    void moreScansThanThereIsRoomForAreUndecided() {
        var scanner =
                new Scanner(new Detector(List.of(), "none"), Duration.ofMillis(1), 0, Set.of());

        assertThat(scanner.scan(body("x")).complete()).isFalse();
    }

    @Test
    void whatIsNoJsonIsUndecided() {
        Sight sight =
                scanner((_, _, _) -> {}, Duration.ofSeconds(1))
                        .scan("{\"a\":".getBytes(StandardCharsets.UTF_8));

        assertThat(sight.complete()).isFalse();
    }

    private Scanner scanner(Recogniser recogniser, Duration limit) {
        Recogniser counted =
                (text, field, hits) -> {
                    asked.incrementAndGet();
                    recogniser.find(text, field, hits);
                };
        return new Scanner(new Detector(List.of(counted), "test"), limit, 4, Set.of());
    }

    private static Recogniser finds(String literal, Kind kind) {
        return (Plain text, String _, Recogniser.Hits hits) -> {
            String whole = new String(text.chars(), 0, text.length());
            int at = whole.indexOf(literal);
            if (at >= 0) {
                hits.add(at, at + literal.length(), kind, 1);
            }
        };
    }

    private static byte[] body(String... contents) {
        var json = new StringBuilder("{\"messages\":[");
        for (String content : contents) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":\"")
                    .append(content)
                    .append("\"}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
