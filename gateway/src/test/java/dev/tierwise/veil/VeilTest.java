package dev.tierwise.veil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Body;
import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.veil.Veil.Drawn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class VeilTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final Pattern TOKEN = Pattern.compile("[A-Z_]+_[0-9A-HJKMNP-TV-Z]{8}");

    /// Finds what stands between tildes, or a number that begins with 777.
    private static final Recogniser MARKED =
            new Recogniser() {
                private static final Pattern WHAT =
                        Pattern.compile("~[^~]*~|777\\d+", Pattern.DOTALL);

                @Override
                public void find(Plain text, String field, Hits hits) {
                    Matcher found = WHAT.matcher(new String(text.chars(), 0, text.length()));
                    while (found.find()) {
                        Kind kind = found.group().startsWith("~") ? Kind.NAME : Kind.PHONE;
                        hits.add(found.start(), found.end(), kind, 1);
                    }
                }
            };

    private final Detector detector = new Detector(List.of(MARKED), "marked");
    private final Random random = new Random(4);

    @Test
    void nothingMarkedIsSeenAndAllOfItComesBack() {
        for (int run = 0; run < 3_000; run++) {
            Object said = document(3);
            byte[] json = MAPPER.writeValueAsBytes(Map.of("messages", said));

            Drawn.Over drawn = over(json);

            assertThat(text(drawn.body())).doesNotContain("~").doesNotContain("777123");
            assertThat(MAPPER.readTree(drawn.veil().lift(drawn.body()).bytes()))
                    .isEqualTo(MAPPER.readTree(json));
        }
    }

    @Test
    void whatIsNotMarkedKeepsItsBytes() {
        String json =
                "{ \"model\" : \"m\",\"messages\": [\n{\"content\":\"\\u0041 \\/ é\"}, {\"content\":\"~a~\"}],"
                        + " \"seed\": 1.50e3 }";

        Drawn.Over drawn = over(utf8(json));

        assertThat(TOKEN.matcher(text(drawn.body())).replaceAll("~a~")).isEqualTo(json);
    }

    @Test
    void aStreamIsTheSameHoweverItIsCut() {
        for (int run = 0; run < 2_000; run++) {
            String said = words();
            Drawn.Over drawn = over(utf8(MAPPER.writeValueAsString(Map.of("content", said))));
            String veiled = MAPPER.readTree(drawn.body().bytes()).path("content").asString("");
            Lifting lifting = drawn.veil().pieces(false);
            var out = new StringBuilder();
            int at = 0;
            while (at < veiled.length()) {
                int end = Math.min(veiled.length(), at + 1 + random.nextInt(6));
                out.append(lifting.feed(veiled.substring(at, end)));
                at = end;
            }
            out.append(lifting.end());

            assertThat(out.toString()).isEqualTo(said);
        }
    }

    @Test
    void aWholeTokenIsNotHeldBack() {
        Drawn.Over drawn = over(utf8("{\"content\":\"~Ada~\"}"));
        String token = drawn.veil().tokens().iterator().next();
        Lifting lifting = drawn.veil().pieces(false);

        assertThat(lifting.feed("I know " + token.substring(0, 3))).isEqualTo("I know ");
        assertThat(lifting.feed(token.substring(3))).isEqualTo("~Ada~");
        assertThat(lifting.feed(" well, PERS")).isEqualTo(" well, ");
        assertThat(lifting.feed("ON")).isEmpty();
        assertThat(lifting.end()).isEqualTo("PERSON");
    }

    @Test
    void jsonInPiecesStaysJson() {
        Drawn.Over drawn =
                over(utf8(MAPPER.writeValueAsString(Map.of("content", "~a \"b\"\n\\~"))));
        String token = drawn.veil().tokens().iterator().next();

        String lifted = drawn.veil().pieces(true).feed("{\"name\":\"" + token + "\"}");

        assertThat(MAPPER.readTree(lifted).path("name").asString("")).isEqualTo("~a \"b\"\n\\~");
    }

    @Test
    void argumentsThatBreakOffAreStillJson() {
        Drawn.Over drawn = over(utf8(MAPPER.writeValueAsString(Map.of("a", "~a \"b\"~"))));
        String token = drawn.veil().tokens().iterator().next();
        String half = "{\"name\":\"" + token + "\",\"mo";

        Body lifted =
                drawn.veil().lift(new Body(MAPPER.writeValueAsBytes(Map.of("arguments", half))));

        assertThat(MAPPER.readTree(lifted.bytes()).path("arguments").asString(""))
                .isEqualTo("{\"name\":\"~a \\\"b\\\"~\",\"mo");
    }

    @Test
    void theSameTextHasTheSameTokenInOneRequestAndAnotherInTheNext() {
        var seen = new TreeSet<String>();
        for (int run = 0; run < 200; run++) {
            Drawn.Over drawn = over(utf8("{\"a\":\"~x~ and ~x~\",\"b\":[\"~x~\"]}"));
            assertThat(drawn.veil().size()).isEqualTo(1);
            seen.addAll(drawn.veil().tokens());
        }

        assertThat(seen).hasSize(200).allMatch(token -> token.matches("PERSON_[0-9A-Z]{8}"));
    }

    @Test
    void strangeTokensStayAsTheyAre() {
        Drawn.Over drawn = over(utf8("{\"a\":\"~x~\"}"));
        var answer = new Body(utf8("{\"content\":\"PERSON_00000000 and PERSON_\"}"));

        assertThat(text(drawn.veil().lift(answer))).isEqualTo(text(answer));
    }

    @Test
    void aClosedVeilAndOneWhoseTimeIsOverOpenNothing() {
        Drawn.Over drawn = over(utf8("{\"a\":\"~x~\"}"));
        drawn.veil().close();
        var late =
                (Drawn.Over) Veil.over(utf8("{\"a\":\"~x~\"}"), detector, Duration.ofMillis(500));
        var end = Instant.now().plusSeconds(20);
        while (text(late.veil().lift(late.body())).contains("~") && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        assertThat(text(drawn.veil().lift(drawn.body()))).isEqualTo(text(drawn.body()));
        assertThat(text(late.veil().lift(late.body()))).isEqualTo(text(late.body()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\": 777123} | as a number",
                "{\"~x~\": 1} | name of a field",
                "{\"a\": | not JSON"
            })
    void whatCannotBeReplacedIsRefused(String json, String why) {
        assertThat(Veil.over(utf8(json), detector, LIFE))
                .isInstanceOfSatisfying(
                        Drawn.Refused.class, refused -> assertThat(refused.why()).contains(why));
    }

    @Test
    void badUtf8IsRefused() {
        byte[] bad = {'"', (byte) 0xC3, '"'};

        assertThat(Veil.over(bad, detector, LIFE)).isInstanceOf(Drawn.Refused.class);
    }

    @Test
    void whatAppearsOnlyWhenSomethingElseIsHiddenIsHiddenToo() {
        // finds only the first of what is there
        Recogniser first =
                (text, _, hits) -> {
                    Matcher found =
                            Pattern.compile("~[^~]*~")
                                    .matcher(new String(text.chars(), 0, text.length()));
                    if (found.find()) {
                        hits.add(found.start(), found.end(), Kind.NAME, 1);
                    }
                };
        var shy = new Detector(List.of(first), "first");
        byte[] three = utf8("{\"a\":\"~x~ ~y~ ~z~\"}");
        byte[] many = utf8("{\"a\":\"" + "~x~ ".repeat(40) + "\"}");

        assertThat(Veil.over(three, shy, LIFE))
                .isInstanceOfSatisfying(
                        Drawn.Over.class, it -> assertThat(text(it.body())).doesNotContain("~"));
        assertThat(Veil.over(many, shy, LIFE)).isInstanceOf(Drawn.Refused.class);
    }

    @Test
    void theShippedDetectorTakesNoMaskForAnIdentifier() {
        byte[] json =
                MAPPER.writeValueAsBytes(
                        Map.of(
                                "content",
                                "Mr. John Carter, MRN: 998877, SSN 219-09-3361, born 04/03/1951 in"
                                        + " Boston, mail j.carter@example.org, password: hunter2x"));

        var drawn = (Drawn.Over) Veil.over(json, Detector.shipped(), LIFE);

        assertThat(text(drawn.body())).doesNotContain("219-09").doesNotContain("Carter");
        assertThat(
                        Detector.shipped()
                                .scan(text(new Body(drawn.veil().masked(drawn.body()))), "")
                                .stream()
                                .filter(it -> Veil.hides(it.kind())))
                .isEmpty();
    }

    private Drawn.Over over(byte[] json) {
        Drawn drawn = Veil.over(json, detector, LIFE);
        assertThat(drawn).isInstanceOf(Drawn.Over.class);
        return (Drawn.Over) drawn;
    }

    /// Anything that JSON can say, JSON in strings among it.
    private Object document(int depth) {
        int sort = random.nextInt(depth > 0 ? 6 : 3);
        return switch (sort) {
            case 0, 1 -> words();
            case 2 -> random.nextInt(100);
            case 3 -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(document(depth - 1));
                }
                yield list;
            }
            case 4 -> {
                var map = new LinkedHashMap<String, Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("k" + i, document(depth - 1));
                }
                yield map;
            }
            default -> MAPPER.writeValueAsString(Map.of("json", document(depth - 1)));
        };
    }

    private String words() {
        String[] bits = {
            "~Ada~",
            "~a \"b\"~",
            "~x\\y~",
            "~\uD83D\uDE00~",
            "~~",
            " ",
            "\n",
            "\"",
            "\\",
            "{",
            "}",
            "_",
            "PERSON_",
            "é",
            "777123",
            "word",
            "[1]"
        };
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(bits[random.nextInt(bits.length)]);
        }
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }
}
