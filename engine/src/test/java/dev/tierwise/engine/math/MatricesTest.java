package dev.tierwise.engine.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatricesTest {
    @ParameterizedTest
    @EnumSource(TensorType.class)
    void rowsAreTheNumbersThatTheFormatDefines(TensorType type) {
        int rows = 5;
        int columns = 512;
        MemorySegment data = RandomWeights.of(type, rows * columns, new Random(7));
        GgmlDecoder expected = new GgmlDecoder(type, data);
        Matrix matrix = Matrices.of(type, data, rows, columns);
        float[] row = new float[3 + columns];

        for (int r = 0; r < rows; r++) {
            matrix.row(r, row, 3);

            for (int c = 0; c < columns; c++) {
                double number = expected.number(r * columns + c);
                assertThat((double) row[3 + c]).isCloseTo(number, within(1e-6));
            }
        }
        assertThat(matrix.bytes()).isGreaterThanOrEqualTo(type.bytes((long) rows * columns));
    }

    @Test
    void handMadeBlockOfQ4Is() {
        ByteBuffer block = block(18);
        block.putShort(0, Float.floatToFloat16(0.5f)).put(2, (byte) 0xF0).put(17, (byte) 0x19);

        float[] row = row(TensorType.Q4_0, block, 32);

        assertThat(row[0]).isEqualTo(-4f);
        assertThat(row[16]).isEqualTo(3.5f);
        assertThat(row[15]).isEqualTo(0.5f);
        assertThat(row[31]).isEqualTo(-3.5f);
        assertThat(row[7]).isEqualTo(-4f);
    }

    @Test
    void handMadeBlockOfQ4KIs() {
        ByteBuffer block = block(144);
        block.putShort(0, Float.floatToFloat16(2f)).putShort(2, Float.floatToFloat16(1f));
        block.put(4, (byte) 0xC3).put(8, (byte) 0x85).put(12, (byte) 0x21);
        block.put(16, (byte) 0x0F).put(16 + 64, (byte) 0xA0);

        float[] row = row(TensorType.Q4_K, block, 256);

        // Part 0: scale 3, minimum 5. Part 4: scale 1 + 3 · 16, minimum 2 + 2 · 16.
        assertThat(row[0]).isEqualTo(2f * 3 * 15 - 5);
        assertThat(row[1]).isEqualTo(-5f);
        assertThat(row[128]).isEqualTo(-34f);
        assertThat(row[160]).isEqualTo(0f);
    }

    @Test
    void handMadeBlockOfQ6KIs() {
        ByteBuffer block = block(210);
        block.putShort(208, Float.floatToFloat16(1f)).put(192, (byte) -2).put(207, (byte) 3);
        block.put(0, (byte) 0x05).put(128, (byte) 0x03).put(127, (byte) 0xF0);
        block.put(191, (byte) 0xC0);

        float[] row = row(TensorType.Q6_K, block, 256);

        assertThat(row[0]).isEqualTo(-2f * (5 + 48 - 32));
        assertThat(row[1]).isEqualTo(64f);
        assertThat(row[255]).isEqualTo(3f * (15 + 48 - 32));
        assertThat(row[254]).isEqualTo(-96f);
    }

    @Test
    void dataThatIsTooShortIsRefused() {
        MemorySegment data = Arena.ofAuto().allocate(67);

        assertThatThrownBy(() -> Matrices.of(TensorType.Q8_0, data, 2, 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("68 bytes; only 67");
    }

    @Test
    void brokenBlocksAreRefused() {
        MemorySegment data = Arena.ofAuto().allocate(1000);

        assertThatThrownBy(() -> Matrices.of(TensorType.Q4_K, data, 1, 128))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blocks of 256");
    }

    private static ByteBuffer block(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] row(TensorType type, ByteBuffer block, int columns) {
        float[] row = new float[columns];
        Matrices.of(type, MemorySegment.ofBuffer(block), 1, columns).row(0, row, 0);
        return row;
    }
}
