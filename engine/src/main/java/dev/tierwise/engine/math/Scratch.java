package dev.tierwise.engine.math;

/// Room for decoded numbers, one for each thread, which grows to the largest need and stays.
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private float[] floats = {};

    private Scratch() {}

    /// At least `size` numbers, with anything in them.
    static float[] ofThisThread(int size) {
        Scratch scratch = OF_THREAD.get();
        if (scratch.floats.length < size) {
            scratch.floats = new float[size];
        }
        return scratch.floats;
    }
}
