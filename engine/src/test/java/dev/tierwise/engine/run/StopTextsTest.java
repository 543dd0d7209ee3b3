package dev.tierwise.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void textEndsBeforeTheFirstStopText() {
        var stops = new StopTexts(List.of("END", "STOP"));

        assertThat(stops.feed("one ST")).isEqualTo("one ");
        assertThat(stops.feed("OP two END")).isEmpty();
        assertThat(stops.stopped()).isTrue();
        assertThat(stops.feed("more")).isEmpty();
    }

    @Test
    void whatOnlyBeganAsAStopTextIsGiven() {
        var stops = new StopTexts(List.of("</end>"));

        assertThat(stops.feed("a </en")).isEqualTo("a ");
        assertThat(stops.feed("try>")).isEqualTo("</entry>");
        assertThat(stops.feed(" </e")).isEqualTo(" ");
        assertThat(stops.rest()).isEqualTo("</e");
        assertThat(stops.stopped()).isFalse();
    }

    @Test
    void howTheTextIsCutMakesNoDifference() {
        var random = new Random(7);
        var list = List.of("aba", "bb", "abc");
        for (int round = 0; round < 2_000; round++) {
            String text =
                    random.ints(30, 'a', 'd')
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            int first =
                    list.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);

            var stops = new StopTexts(list);
            var given = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(4));
                given.append(stops.feed(text.substring(at, end)));
                at = end;
            }
            given.append(stops.rest());

            assertThat(given.toString()).isEqualTo(first < 0 ? text : cut(text, list));
            assertThat(stops.stopped()).isEqualTo(first >= 0);
        }
    }

    /// The text before the stop text that is whole first.
    private static String cut(String text, List<String> list) {
        for (int end = 1; end <= text.length(); end++) {
            String soFar = text.substring(0, end);
            for (String stop : list) {
                if (soFar.endsWith(stop)) {
                    return soFar.substring(0, end - stop.length());
                }
            }
        }
        return text;
    }
}
