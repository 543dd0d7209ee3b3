package dev.tierwise.detect.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaggerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aSmallLanguageIsLearned() {
        Quality quality = Quality.of(learned(1), language(900, 100), .5f);

        assertThat(quality.recall()).isGreaterThan(.98);
        assertThat(quality.precision()).isGreaterThan(.98);
    }

    @Test
    void theSameSeedMakesTheSameBytes() {
        assertThat(learned(3).bytes()).isEqualTo(learned(3).bytes());
    }

    @Test
    void aFileIsReadAsItWasWritten() throws IOException {
        Path file = folder.resolve("a.tagger");
        Tagger tagger = learned(1);
        Files.write(file, tagger.bytes());

        var read = (Tagger.Made.Good) Tagger.read(file);

        assertThat(read.tagger().bytes()).isEqualTo(tagger.bytes());
    }

    @Test
    void aDamagedFileIsRefusedWithItsReason() throws IOException {
        byte[] good = learned(1).bytes();
        byte[] flipped = good.clone();
        flipped[good.length - 9] ^= 4;
        byte[] huge = good.clone();
        huge[12] = 0x7F;

        assertThat(refusal(new byte[5])).contains("5 bytes");
        assertThat(refusal(new byte[100])).contains("no file of a tagger");
        assertThat(refusal(Arrays.copyOf(good, good.length - 7))).contains("cut short");
        assertThat(refusal(flipped)).contains("check sum");
        assertThat(refusal(huge)).contains("head is damaged");
        assertThat(((Tagger.Made.Bad) Tagger.read(folder.resolve("none"))).message())
                .contains("no such file", "tw guard train");
    }

    @Test
    void findsLieInsideAnyText() {
        var random = new Random(11);
        for (int round = 0; round < 300; round++) {
            char[] text = new char[random.nextInt(200)];
            for (int i = 0; i < text.length; i++) {
                text[i] =
                        (char)
                                (random.nextInt(8) == 0
                                        ? random.nextInt(65536)
                                        : 32 + random.nextInt(90));
            }
            Tagger.shipped()
                    .find(
                            Plain.same(new String(text)),
                            "",
                            (start, end, _, score) -> {
                                assertThat(start).isBetween(0, end - 1);
                                assertThat(end).isLessThanOrEqualTo(text.length);
                                assertThat(score).isBetween(0f, 1f);
                            });
        }
    }

    @Test
    void theShippedOneKnowsEnglishAndSpanish() {
        var kinds = new ArrayList<Kind>();
        String text = "Nombre: Pedro.\nApellidos: De Miguel Rivera.\nNHC: 2569871.";
        Tagger.shipped().find(Plain.same(text), "", (_, _, kind, _) -> kinds.add(kind));
        assertThat(kinds).contains(Kind.NAME, Kind.MEDICAL_RECORD);

        kinds.clear();
        text = "Mr. Harold Kim was seen at Mercy Hospital on May 3, 2021 (MRN 5512345).";
        Tagger.shipped().find(Plain.same(text), "", (_, _, kind, _) -> kinds.add(kind));
        assertThat(kinds).contains(Kind.NAME, Kind.PLACE, Kind.DATE, Kind.MEDICAL_RECORD);
    }

    private String refusal(byte[] bytes) throws IOException {
        Path file = folder.resolve("bad.tagger");
        Files.write(file, bytes);
        return ((Tagger.Made.Bad) Tagger.read(file)).message();
    }

    private static Tagger learned(long seed) {
        return new Trainer(6, seed).train(language(0, 300));
    }

    /// Sentences in which the word after `zu`, none of any language, is a name and the number after
    /// `ka` a record.
    private static List<Sample> language(int from, int count) {
        var samples = new ArrayList<Sample>();
        var random = new Random(from);
        for (int i = from; i < from + count; i++) {
            String word =
                    "wq" + (char) ('a' + random.nextInt(26)) + (char) ('a' + random.nextInt(26));
            int number = 10000 + random.nextInt(80000);
            String text = "lo zu " + word + " mi 4711 ka " + number + " te";
            samples.add(
                    new Sample(
                            "s-x" + i,
                            text,
                            List.of(
                                    new Sample.Mark(6, 10, Kind.NAME),
                                    new Sample.Mark(22, 27, Kind.MEDICAL_RECORD))));
        }
        return samples;
    }
}
