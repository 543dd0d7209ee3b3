package dev.tierwise.engine.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The few loops over numbers that attention and norms need.
final class Vectors {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Vectors() {}

    /// `Σ x[at + i] · y[i]` over `size` numbers, `y` outside the heap from byte `from`.
    static float dot(float[] x, int at, MemorySegment y, long from, int size) {
        float total = 0;
        for (int i = 0; i < size; i++) {
            total += x[at + i] * y.get(FLOAT, from + 4L * i);
        }
        return total;
    }

    /// `x[at + i] += weight · y[i]`.
    static void add(float[] x, int at, float weight, MemorySegment y, long from, int size) {
        for (int i = 0; i < size; i++) {
            x[at + i] += weight * y.get(FLOAT, from + 4L * i);
        }
    }

    /// Scales `size` numbers to a mean square of 1 and multiplies them by `weights` (Zhang and
    /// Sennrich 2019, RMSNorm). `to` may be `from`.
    static void norm(float[] from, int at, float[] weights, float epsilon, float[] to, int out) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += from[at + i] * from[at + i];
        }
        float scale = (float) (1 / Math.sqrt(sum / weights.length + epsilon));
        for (int i = 0; i < weights.length; i++) {
            to[out + i] = from[at + i] * scale * weights[i];
        }
    }

    /// `x[at + i] += y[from + i]`.
    static void add(float[] x, int at, float[] y, int from, int size) {
        for (int i = 0; i < size; i++) {
            x[at + i] += y[from + i];
        }
    }

    /// Bends `x` so that it stays within ±`cap`.
    static float bend(float x, float cap) {
        return cap * (float) Math.tanh(x / cap);
    }

    /// SiLU (Elfwing et al. 2018).
    static float silu(float x) {
        return x / (1 + (float) Math.exp(-x));
    }

    /// GELU in its tanh form (Hendrycks and Gimpel 2016).
    static float gelu(float x) {
        return .5f * x * (1 + (float) Math.tanh(.797_884_6f * (x + .044_715f * x * x * x)));
    }
}
