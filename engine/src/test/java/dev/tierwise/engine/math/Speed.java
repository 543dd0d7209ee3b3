package dev.tierwise.engine.math;

import dev.tierwise.engine.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Prints how fast products are, in processor time of one thread.
///
/// `Speed [TYPE,TYPE] [ROWSxCOLUMNS,ROWSxCOLUMNS] [BATCH,BATCH]`
public final class Speed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Speed() {}

    /// Measures every type, shape and batch, or those given.
    public static void main(String[] arguments) {
        List<String> types = split(arguments, 0, "Q4_0,Q8_0,Q4_K,Q5_K,Q6_K,F16,BF16,F32");
        List<String> shapes = split(arguments, 1, "2048x2048,4096x11008");
        List<String> batches = split(arguments, 2, "1,4,64");
        System.out.println("type  rows x columns  batch  G multiply-adds/s  GB/s of weights");
        for (String shape : shapes) {
            int cross = shape.indexOf('x');
            int rows = Integer.parseInt(shape.substring(0, cross));
            int columns = Integer.parseInt(shape.substring(cross + 1));
            for (String name : types) {
                TensorType type = TensorType.valueOf(name);
                MemorySegment data = RandomWeights.of(type, rows * columns, new Random(1));
                long start = THREADS.getCurrentThreadCpuTime();
                Matrix matrix = Matrices.of(type, data, rows, columns);
                double load = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
                System.out.printf(
                        "%-5s %5d x %5d   load %.2f GB/s, %.3f x the bytes%n",
                        type,
                        rows,
                        columns,
                        data.byteSize() / 1e9 / load,
                        (double) matrix.bytes() / data.byteSize());
                for (String batch : batches) {
                    measure(type, matrix, Integer.parseInt(batch));
                }
            }
        }
    }

    private static void measure(TensorType type, Matrix matrix, int batch) {
        float[] x = RandomWeights.vectors(batch * matrix.columns(), new Random(2));
        float[] y = new float[batch * matrix.rows()];
        double products = (double) batch * matrix.rows() * matrix.columns();
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + 1_500_000_000L;
        for (int round = 0; round < 12 || System.nanoTime() < end; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            int times = Math.max(1, (int) (2e8 / products));
            for (int i = 0; i < times; i++) {
                matrix.multiply(x, batch, y, Workers.alone());
            }
            double nanos = (double) (THREADS.getCurrentThreadCpuTime() - start) / times;
            best = Math.min(best, nanos);
        }
        double bytes = type.bytes((long) matrix.rows() * matrix.columns());
        System.out.printf(
                "%-5s %5d x %5d  %4d  %7.2f  %7.2f%n",
                type, matrix.rows(), matrix.columns(), batch, products / best, bytes / best);
    }

    private static List<String> split(String[] arguments, int index, String otherwise) {
        String text = arguments.length > index ? arguments[index] : otherwise;
        List<String> parts = new ArrayList<>();
        for (int from = 0; from <= text.length(); ) {
            int to = text.indexOf(',', from);
            int end = to < 0 ? text.length() : to;
            parts.add(text.substring(from, end));
            from = end + 1;
        }
        return parts;
    }
}
