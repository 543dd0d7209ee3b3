package dev.tierwise.engine.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Adds the lanes of a vector up in one order, always. The order of `FloatVector.reduceLanes(ADD)`
/// is left open by its specification, and compiled code takes another one than interpreted code:
/// the same product would change in its last bits when the compiler comes. Touched only where the
/// module of vectors is present.
public final class LaneSum {
    /// The vectors that can be added up.
    public static final VectorSpecies<Float> SPECIES = Lanes.FLOATS;

    private static final VectorShuffle<Float> BY_8 = by(8);
    private static final VectorShuffle<Float> BY_4 = by(4);
    private static final VectorShuffle<Float> BY_2 = by(2);
    private static final VectorShuffle<Float> BY_1 = by(1);

    private LaneSum() {}

    private static VectorShuffle<Float> by(int lanes) {
        return VectorShuffle.iota(SPECIES, lanes, 1, true);
    }

    /// The sum of all lanes: halves on halves until one is left.
    public static float of(FloatVector vector) {
        FloatVector sum = vector;
        if (Lanes.COUNT >= 16) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (Lanes.COUNT >= 8) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        sum = sum.add(sum.rearrange(BY_2));
        sum = sum.add(sum.rearrange(BY_1));
        return sum.lane(0);
    }
}
