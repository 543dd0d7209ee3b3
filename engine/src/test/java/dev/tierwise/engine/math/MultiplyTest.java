package dev.tierwise.engine.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Products of every format are those of the numbers that the format defines.
class MultiplyTest {
    private static final int[] BATCHES = {1, 2, 5, 8, 33};
    private static final int[] ROWS = {1, 3, 16, 17, 48, 70};

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void productsAreThoseOfTheNumbers(TensorType type) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int rows = ROWS[random.nextInt(ROWS.length)];
            int columns = columns(type, random);
            int batch = BATCHES[random.nextInt(BATCHES.length)];
            Case wanted = new Case(type, rows, columns, batch);
            Matrix matrix = wanted.matrix(random);
            float[] x = RandomWeights.vectors(batch * columns, random);
            float[] y = new float[batch * rows];

            matrix.multiply(x, batch, y, Workers.alone());

            wanted.check(matrix, x, y);
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void everyBatchSizeIsRight(TensorType type) {
        Random random = new Random(3);
        for (int batch : BATCHES) {
            Case wanted = new Case(type, 37, 512, batch);
            Matrix matrix = wanted.matrix(random);
            float[] x = RandomWeights.vectors(batch * 512, random);
            float[] y = new float[batch * 37];

            matrix.multiply(x, batch, y, Workers.alone());

            wanted.check(matrix, x, y);
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void resultsDependOnNeitherBatchNorTeam(TensorType type) {
        Random random = new Random(5);
        Matrix matrix = new Case(type, 70, 768, 1).matrix(random);
        float[] x = RandomWeights.vectors(7 * 768, random);
        float[] together = new float[7 * 70];
        float[] single = new float[70];

        try (Team team = new Team(3)) {
            matrix.multiply(x, 7, together, team);
        }

        for (int b = 0; b < 7; b++) {
            float[] one = Arrays.copyOfRange(x, b * 768, (b + 1) * 768);
            matrix.multiply(one, 1, single, Workers.alone());
            for (int r = 0; r < 70; r++) {
                assertThat(together[b * 70 + r]).isEqualTo(single[r]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void zerosAndLargeVectorsAreExactEnough(TensorType type) {
        Random random = new Random(11);
        Case wanted = new Case(type, 16, 256, 2);
        Matrix matrix = wanted.matrix(random);
        float[] x = new float[2 * 256];
        for (int i = 0; i < 256; i++) {
            x[256 + i] = i % 7 == 0 ? 1e6f : -1e6f;
        }
        float[] y = new float[2 * 16];

        matrix.multiply(x, 2, y, Workers.alone());

        wanted.check(matrix, x, y);
        for (int r = 0; r < 16; r++) {
            assertThat(y[r]).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void extremeWeightsDoNotOverflow(TensorType type) {
        for (int fill : new int[] {0, 0x7F, 0x80, 0xFF}) {
            Case wanted = new Case(type, 5, 256, 4);
            MemorySegment data = RandomWeights.of(type, 5 * 256, new Random(1));
            RandomWeights.fillNumbers(type, data, (byte) fill);
            Matrix matrix = Matrices.of(type, data, 5, 256);
            float[] x = new float[4 * 256];
            for (int i = 0; i < x.length; i++) {
                x[i] = i < 512 ? 1 : -1;
            }
            float[] y = new float[4 * 5];

            matrix.multiply(x, 4, y, Workers.alone());

            wanted.check(matrix, x, y);
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void compiledProductsAllocateNothing(TensorType type) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Matrix matrix = new Case(type, 64, 512, 1).matrix(new Random(1));
        float[] x = RandomWeights.vectors(5 * 512, new Random(2));
        float[] y = new float[5 * 64];
        long deadline = System.nanoTime() + 20_000_000_000L;
        long allocated = Long.MAX_VALUE;

        // Until the compiler has done its work, vectors are objects.
        while (allocated > 1_000 && System.nanoTime() < deadline) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                matrix.multiply(x, 1 + i % 5, y, Workers.alone());
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(allocated).isLessThan(1_000);
    }

    private static int columns(TensorType type, Random random) {
        int step = Math.max(32, type.blockElements());
        return step * (1 + random.nextInt(4));
    }

    private record Case(TensorType type, int rows, int columns, int batch) {
        Matrix matrix(Random random) {
            MemorySegment data = RandomWeights.of(type, rows * columns, random);
            return Matrices.of(type, data, rows, columns);
        }

        /// Every weight meets an error of half a step of its vector's block: 1/254 of the largest
        /// number there; the sum of so many random errors stays far below the sum of sizes.
        void check(Matrix matrix, float[] x, float[] y) {
            float[] row = new float[columns];
            for (int r = 0; r < rows; r++) {
                matrix.row(r, row, 0);
                for (int b = 0; b < batch; b++) {
                    double product = 0;
                    double error = 1e-6;
                    for (int c = 0; c < columns; c++) {
                        float number = x[b * columns + c];
                        product += (double) row[c] * number;
                        double step = largest(x, b * columns + c / 32 * 32) / 254;
                        error += Math.abs(row[c]) * (step + 1e-5 * Math.abs(number));
                    }
                    assertThat((double) y[b * rows + r])
                            .as("%s, row %d, vector %d", this, r, b)
                            .isCloseTo(product, within(error));
                }
            }
        }

        private static double largest(float[] x, int from) {
            double largest = 0;
            for (int i = from; i < from + 32; i++) {
                largest = Math.max(largest, Math.abs(x[i]));
            }
            return largest;
        }
    }
}
