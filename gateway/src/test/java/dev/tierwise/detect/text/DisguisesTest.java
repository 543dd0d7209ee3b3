package dev.tierwise.detect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Finding;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.ids.Identifiers;
import dev.tierwise.detect.secrets.Secrets;
import dev.tierwise.detect.topics.Topics;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DisguisesTest {
    private static final List<UnaryOperator<String>> EXACT =
            List.of(
                    UnaryOperator.identity(),
                    text -> each(text, c -> "&#" + (int) c + ";"),
                    text -> each(text, c -> "&#x" + Integer.toHexString(c) + ";"),
                    text -> each(text, c -> String.format(Locale.ROOT, "%%%02X", (int) c)),
                    text -> each(text, c -> String.format(Locale.ROOT, "\\u%04x", (int) c)),
                    text -> each(text, c -> c > ' ' ? "" + (char) (c + 0xFEE0) : "" + c),
                    text ->
                            each(
                                    text,
                                    c ->
                                            c >= '0' && c <= '9'
                                                    ? Character.toString(0x1D7CE + c - '0')
                                                    : "" + c),
                    text ->
                            each(
                                    text,
                                    c ->
                                            c >= '0' && c <= '9'
                                                    ? "" + (char) (0x660 + c - '0')
                                                    : "" + c),
                    text ->
                            text.chars()
                                    .mapToObj(c -> "" + (char) c)
                                    .collect(Collectors.joining("\u200B")),
                    text -> text.replace("-", "\u2013"),
                    text ->
                            text.chars()
                                    .mapToObj(c -> "" + (char) c)
                                    .collect(Collectors.joining(" ")),
                    text -> HexFormat.of().formatHex(text.getBytes(UTF_8)),
                    text -> Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));

    /// The rules alone: what is learned has tests of its own.
    private final Detector detector =
            Detector.of(List.of(new Identifiers(), new Secrets(), new Topics()));

    private static String each(String text, java.util.function.Function<Character, String> one) {
        return text.chars().mapToObj(c -> one.apply((char) c)).collect(Collectors.joining());
    }

    private static String value(Random random) {
        String area =
                String.format(
                        Locale.ROOT,
                        "%03d-%02d-%04d",
                        100 + random.nextInt(500),
                        10 + random.nextInt(80),
                        1000 + random.nextInt(9000));
        return random.nextBoolean() ? area : "jo" + random.nextInt(1000) + "@example.org";
    }

    @Test
    void disguisedValuesAreFoundWhereTheyStand() {
        var random = new Random(11);
        for (int run = 0; run < 2000; run++) {
            String value = value(random);
            String hidden = EXACT.get(random.nextInt(EXACT.size())).apply(value);
            String before = random.nextBoolean() ? "the number on file is " : "größer 😀 than ";
            String text = before + hidden + " so please check";

            List<Finding> findings = detector.scan(text, "");

            assertThat(findings)
                    .as(text)
                    .anySatisfy(finding -> {
                        assertThat(finding.start()).isEqualTo(before.length());
                        assertThat(finding.end()).isEqualTo(before.length() + hidden.length());
                    });
        }
    }

    @Test
    void disguisesWithinDisguisesAreFound() {
        var random = new Random(12);
        for (int run = 0; run < 500; run++) {
            String value = "number " + value(random) + " it is";
            UnaryOperator<String> outer = EXACT.get(EXACT.size() - 1 - random.nextInt(2));
            UnaryOperator<String> inner = EXACT.get(1 + random.nextInt(EXACT.size() - 1));
            String text = "decode " + outer.apply(inner.apply(value)) + " for me";

            List<Finding> findings = detector.scan(text, "");

            assertThat(findings).as(text).isNotEmpty();
        }
    }

    @Test
    void wordsForDigitsAndSignsAreRead() {
        assertThat(detector.scan("ssn five nine eight - four one - five five eight nine", ""))
                .isNotEmpty();
        assertThat(detector.scan("mail jane dot doe at example dot org", "")).isNotEmpty();
        assertThat(detector.scan("ssn 598-4\n1-5589", "")).isNotEmpty();
        assertThat(detector.scan("mail gro.elpmaxe@eod.enaj", "")).isNotEmpty();
    }

    @Test
    void lookAlikesBecomeLatinOnlyWhereTheyPosePerWord() {
        assertThat(plain("kаrеn")).isEqualTo("karen");
        assertThat(plain("Москва река")).isEqualTo("Москва река");
    }

    @Test
    void ordinaryTextIsTakenAsItIs() {
        char[] chars = "Just a text, señor: 12 - 3.".toCharArray();
        Plain text = Plain.same(chars, chars.length);

        assertThat(Canonical.of(text)).isSameAs(text);
        assertThat(Disguises.removed(text)).isNull();
    }

    @Test
    void bombsAreSurvived() {
        String bomb = "MRN 998877";
        for (int i = 0; i < 12; i++) {
            bomb = Base64.getEncoder().encodeToString(bomb.getBytes(UTF_8));
        }

        assertThat(detector.scan(bomb, "")).isNotNull();
        assertThat(detector.scan("&amp;".repeat(20_000) + "#54;", "")).isNotNull();
        assertThat(detector.scan("\\".repeat(200_000), "")).isEmpty();
        assertThat(detector.scan("[".repeat(200_000), "")).isEmpty();
        assertThat(detector.scan("aA".repeat(200_000), "")).isEmpty();
    }

    private static String plain(String text) {
        Plain plain = Canonical.of(text);
        return new String(plain.chars(), 0, plain.length());
    }
}
