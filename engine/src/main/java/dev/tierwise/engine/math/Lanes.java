package dev.tierwise.engine.math;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vectors of this machine, chosen once: constants to the compiler. Touched only where the
/// module of vectors is present.
final class Lanes {
    /// Half a block has 16 numbers: wider vectors would not help.
    private static final VectorShape SHAPE =
            VectorShape.forBitSize(Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()));

    static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
    static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, SHAPE);

    /// Rows that are packed together: one for each lane of floats.
    static final int COUNT = FLOATS.length();

    /// As many shorts as there are rows together.
    static final VectorSpecies<Short> ROW_SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, COUNT * 16)));

    /// As many bytes as there are rows together, or 8 where that is no vector.
    static final VectorSpecies<Byte> ROW_BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, COUNT * 8)));

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /// Bytes that hold one int of every row: a line.
    static final long LINE = COUNT * 4L;

    /// What half-precision bits, moved into the place of single-precision ones, are short of.
    static final float HALF_BIAS = 0x1p112f;

    /// Sign, exponent and fraction of half-precision bits that were moved up by 13.
    static final int HALF_BITS = 0x8FFFE000;

    private Lanes() {}

    /// Whether vectors are wide enough to be worth it.
    static boolean usable() {
        return COUNT >= 4;
    }
}
