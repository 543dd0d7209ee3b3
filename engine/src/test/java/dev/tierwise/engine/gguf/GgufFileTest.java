package dev.tierwise.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {
    private static final long FEW_MEGABYTES = 8 << 20;

    @TempDir private Path folder;
    private Path path;
    private byte[] good = new byte[0];

    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("model.gguf");
        new GgufWriter()
                .text("general.architecture", "llama")
                .whole("llama.block_count", 3)
                .real("llama.epsilon", 1e-5)
                .flag("yes", true)
                .texts("tokens", List.of("a", "é", ""))
                .wholes("types", new int[] {1, -2, 3})
                .reals("scores", new float[] {.5f, -1})
                .tensor("one", List.of(3L, 2L), new float[] {1, 2, 3, 4, 5, 6})
                .tensor("two", TensorType.Q8_0, List.of(32L), new byte[34])
                .write(path);
        good = Files.readAllBytes(path);
    }

    private GgufFile.Opening open(byte[] bytes) throws IOException {
        // a map of a file that is cut short afterwards cannot be read, so each has its own
        Path file = Files.createTempFile(folder, "x", ".gguf");
        Files.write(file, bytes);
        return GgufFile.open(file);
    }

    @Test
    void aHoleHasItsSizeAndItsPlaceBetweenOthers() throws IOException {
        Path file = folder.resolve("hole.gguf");
        new GgufWriter()
                .text("general.architecture", "llama")
                .tensor("one", List.of(2L), new float[] {1, 2})
                .hole("two", TensorType.F32.code(), List.of(1L << 20), 4L << 20)
                .tensor("three", List.of(2L), new float[] {3, 4})
                .write(file);

        byte[] bytes = Files.readAllBytes(file);

        assertThat(bytes.length).isBetween(4 << 20, (4 << 20) + 512);
        assertThat(GgufFile.open(file)).isInstanceOf(GgufFile.Opening.Open.class);
        ByteBuffer end =
                ByteBuffer.wrap(bytes, bytes.length - 32, 8).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(end.getFloat()).isEqualTo(3);
        assertThat(end.getFloat()).isEqualTo(4);
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 64, bytes.length - 32)).containsOnly(0);
    }

    /// Of a type that the engine does not compute with: 39 is MXFP4.
    @Test
    void headOfAFileWithForeignTensorsIsRead() throws IOException {
        byte[] foreign = good.clone();
        int two = new String(foreign, StandardCharsets.ISO_8859_1).lastIndexOf("two");
        int type = two + "two".length() + 4 + 8;
        assertThat(foreign[type]).isEqualTo((byte) TensorType.Q8_0.code());
        foreign[type] = 39;
        Path file = Files.write(folder.resolve("foreign.gguf"), foreign);

        assertThat(GgufFile.open(file)).isInstanceOf(GgufFile.Opening.Refused.class);
        try (var head = ((GgufFile.Opening.Open) GgufFile.head(file)).file()) {
            assertThat(head.numbers()).isEqualTo(6 + 32);
            assertThat(head.has("two")).isTrue();
            assertThat(head.tensor("two")).isEmpty();
            assertThat(head.has("three")).isFalse();
        }
    }

    @Test
    void foreignTensorLargerThanItsFileIsRefused() throws IOException {
        byte[] foreign = good.clone();
        int two = new String(foreign, StandardCharsets.ISO_8859_1).lastIndexOf("two");
        int side = two + "two".length() + 4;
        foreign[side + 3] = 0x7f;
        foreign[side + 8] = 39;
        Path file = Files.write(folder.resolve("foreign.gguf"), foreign);

        assertThat(GgufFile.head(file))
                .isInstanceOfSatisfying(
                        GgufFile.Opening.Refused.class,
                        it -> assertThat(it.message()).contains("does not lie within the file"));
    }

    @Test
    void whatWasWrittenIsRead() {
        try (var file = ((GgufFile.Opening.Open) GgufFile.open(path)).file()) {
            Metadata metadata = file.metadata();
            assertThat(metadata.text("general.architecture")).contains("llama");
            assertThat(metadata.whole("llama.block_count")).hasValue(3);
            assertThat(metadata.real("llama.epsilon").orElse(0)).isEqualTo((double) 1e-5f);
            assertThat(metadata.flag("yes")).contains(true);
            assertThat(metadata.texts("tokens")).containsExactly("a", "é", "");
            assertThat(metadata.numbers("types").orElseThrow().at(1)).isEqualTo(-2);
            assertThat(metadata.numbers("scores").orElseThrow().at(0)).isEqualTo(.5);
            assertThat(metadata.text("llama.block_count")).isEmpty();
            Tensor one = file.tensor("one").orElseThrow();
            assertThat(one.columns()).isEqualTo(3);
            assertThat(one.rows()).isEqualTo(2);
            assertThat(one.data().byteSize()).isEqualTo(24);
            assertThat(file.tensors()).extracting(Tensor::name).containsExactly("one", "two");
        }
    }

    @Test
    void everyFileThatIsCutShortIsRefused() throws IOException {
        int padding = 32 - 34 % 32;
        for (int length = 0; length < good.length - padding; length++) {
            GgufFile.Opening opening = open(Arrays.copyOf(good, length));

            assertThat(opening)
                    .as("cut at %s", length)
                    .isInstanceOf(GgufFile.Opening.Refused.class);
        }
    }

    @Test
    void wrongBytesNeverThrowAndNeverFillTheMemory() throws IOException {
        var random = new Random(13);
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            long before = thread.getCurrentThreadAllocatedBytes();

            GgufFile.Opening opening = open(bytes);

            assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_MEGABYTES);
            if (opening instanceof GgufFile.Opening.Open(GgufFile file)) {
                file.close();
            }
        }
    }

    @Test
    void absurdCountsAreRefusedWithTheirPlace() throws IOException {
        byte[] tensors = good.clone();
        ByteBuffer.wrap(tensors).order(ByteOrder.LITTLE_ENDIAN).putLong(8, Long.MAX_VALUE);
        byte[] entries = good.clone();
        ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN).putLong(16, 1L << 40);

        assertThat(((GgufFile.Opening.Refused) open(tensors)).offset()).isEqualTo(8);
        assertThat(((GgufFile.Opening.Refused) open(entries)).offset()).isEqualTo(16);
    }

    @Test
    void typesThatAreNotReadAreNamed() throws IOException {
        int at = new String(good, StandardCharsets.ISO_8859_1).indexOf("two") + 3 + 4 + 8;
        byte[] other = good.clone();
        other[at] = 11;

        var refused = (GgufFile.Opening.Refused) open(other);

        assertThat(refused.message()).contains("`two`", "type 11", "Q4_K");
    }

    @Test
    void missingFilesAndFoldersAreSaid() {
        assertThat(((GgufFile.Opening.Refused) GgufFile.open(folder.resolve("no"))).message())
                .contains("There is no file");
        assertThat(GgufFile.open(folder)).isInstanceOf(GgufFile.Opening.Refused.class);
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        byte[] first = good.clone();
        first[4] = 1;
        byte[] bigEndian = good.clone();
        bigEndian[4] = 0;
        bigEndian[7] = 3;

        assertThat(((GgufFile.Opening.Refused) open(first)).message()).contains("version 1");
        assertThat(((GgufFile.Opening.Refused) open(bigEndian)).message()).contains("big-endian");
    }
}
