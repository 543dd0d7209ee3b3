package dev.tierwise.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineScannerTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void eventsEndWithABlankLineWhateverTheLineEnd(String end) {
        String text = "data: a" + end + end + "data: b" + end + "id: 1" + end + end;

        List<String> events = scan(LineScanner.events(), text + "x", new Random(0), 1);

        assertThat(events)
                .containsExactly("data: a" + end + end, "data: b" + end + "id: 1" + end + end, "x");
    }

    @Test
    void splitAtAnyByteGivesTheSameEvents() {
        var random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            String text = randomStream(random);

            List<String> whole = scan(LineScanner.events(), text, random, text.length());
            List<String> split = scan(LineScanner.events(), text, random, 3);

            assertThat(split).as("round %d: %s", round, text).isEqualTo(whole);
            assertThat(String.join("", whole)).isEqualTo(text);
        }
    }

    @Test
    void splitAtAnyByteGivesTheSameLines() {
        var random = new Random(43);
        for (int round = 0; round < 500; round++) {
            String text = randomStream(random);

            List<String> whole = scan(LineScanner.lines(), text, random, text.length());
            List<String> split = scan(LineScanner.lines(), text, random, 2);

            assertThat(split).isEqualTo(whole);
            assertThat(String.join("", whole)).isEqualTo(text);
        }
    }

    @Test
    void refusesABlockWithoutEnd() {
        LineScanner scanner = LineScanner.events();
        byte[] half = new byte[LineScanner.MAX_BLOCK / 2 + 1];
        Arrays.fill(half, (byte) 'x');

        boolean first = scanner.feed(half);
        scanner.next();
        boolean second = scanner.feed(half);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
    }

    private static String randomStream(Random random) {
        String[] pieces = {"data: ", "x", "ü", "€", "\n", "\r\n", "\r", "\n\n", ": ping", "[DONE]"};
        var text = new StringBuilder("data: 1");
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        // a stream that ends in CR leaves open whether LF would follow
        return text.append('.').toString();
    }

    /// Feeds `text` in pieces of 1 to `most` bytes and gives all blocks, the rest as the last.
    private static List<String> scan(LineScanner scanner, String text, Random random, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var blocks = new ArrayList<String>();
        for (int at = 0; at < bytes.length; ) {
            int size =
                    Math.min(
                            bytes.length - at,
                            most >= bytes.length ? most : 1 + random.nextInt(most));
            assertThat(scanner.feed(Arrays.copyOfRange(bytes, at, at + size))).isTrue();
            at += size;
            for (byte[] block = scanner.next(); block.length > 0; block = scanner.next()) {
                blocks.add(new String(block, StandardCharsets.ISO_8859_1));
            }
        }
        blocks.add(new String(scanner.rest(), StandardCharsets.ISO_8859_1));
        return blocks.stream().map(LineScannerTest::utf8).toList();
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
