package dev.tierwise.call.process;

import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/// The processor cores that child processes may use together. A model server with more threads than
/// there are free cores gets slower by orders of magnitude, because its threads wait for each other
/// busily. Thread-safe.
public final class Cores {
    private final int all;
    private final DoubleSupplier load;
    private int taken;

    /// @param all the cores that this process may use
    /// @param load how many of them are busy on average; negative where that is unknown
    public Cores(int all, DoubleSupplier load) {
        this.all = all;
        this.load = load;
    }

    /// Those of this machine, or of this container.
    public static Cores real() {
        return new Cores(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean()::getSystemLoadAverage);
    }

    /// Takes cores until [#giveBack].
    ///
    /// @param wanted how many the user asks for; 0 for as many as are free
    /// @return at least 1, never more than there are
    synchronized int take(int wanted) {
        long busy = Math.max(taken, Math.round(Math.max(0, load.getAsDouble())));
        int free = (int) Math.max(1, all - busy);
        int got = wanted > 0 ? Math.min(wanted, all) : free;
        taken += got;
        return got;
    }

    /// Gives cores back.
    synchronized void giveBack(int cores) {
        taken -= cores;
    }
}
