package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.DoubleAdder;

/// Measures the bandwidth of the main memory: threads copy blocks that caches do not hold, and the
/// bytes that were read and written count. A processor whose last cache holds all blocks together
/// looks faster than it is.
final class Copying {
    private static final int THREADS = 8;
    private static final double PIECE = Size.MIB;

    /// Of all blocks of all threads.
    private static final double MOST = 128 * Size.MIB;

    private static final double LEAST = 32 * Size.MIB;

    private Copying() {}

    /// Copies for so long, which comes on top of some ten milliseconds that getting the memory
    /// takes.
    ///
    /// @param threads at most 8 are taken
    /// @param room bytes that may be taken for it; nothing is measured with less than 32 MiB
    /// @return bytes a second; nothing when there is no room
    static Optional<Figure> measure(int threads, double room, Duration during) {
        double all = Math.min(MOST, room);
        if (all < LEAST) {
            return Optional.empty();
        }
        int count = Math.clamp(threads, 1, THREADS);
        long block = (long) (Math.floor(all / 2 / count / PIECE) * PIECE);
        try (Arena arena = Arena.ofShared()) {
            var pairs = new ArrayList<Pair>();
            for (int i = 0; i < count; i++) {
                pairs.add(new Pair(arena.allocate(block, 64), arena.allocate(block, 64)));
            }
            return copied(pairs, during);
        } catch (OutOfMemoryError _) {
            // the Java machine allows itself less memory than the machine has
            return Optional.empty();
        }
    }

    private static Optional<Figure> copied(List<Pair> pairs, Duration during) {
        var perSecond = new DoubleAdder();
        var workers = new ArrayList<Thread>();
        var begun = new CyclicBarrier(pairs.size());
        pairs.forEach(pair ->
                workers.add(
                        Thread.ofPlatform()
                                .start(() -> pair.copy(begun, during.toNanos(), perSecond))));
        boolean interrupted = false;
        for (Thread worker : workers) {
            // the blocks must not go away below a thread that copies
            interrupted |= joined(worker);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Optional.of(
                Figure.measured(
                        perSecond.sum() * 2,
                        "copied for " + during.toMillis() + " ms, threads: " + pairs.size()));
    }

    private static boolean joined(Thread worker) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.join();
                return interrupted;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
    }

    /// The blocks of one thread.
    private record Pair(MemorySegment from, MemorySegment to) {
        /// Copies piece by piece, again and again, and adds the bytes a second.
        void copy(CyclicBarrier begun, long nanos, DoubleAdder perSecond) {
            try {
                begun.await();
            } catch (InterruptedException | BrokenBarrierException _) {
                return;
            }
            long piece = (long) PIECE;
            long start = System.nanoTime();
            long bytes = 0;
            long took = 0;
            for (long at = 0; took < nanos; at = (at + piece) % from.byteSize()) {
                MemorySegment.copy(from, at, to, at, piece);
                bytes += piece;
                took = System.nanoTime() - start;
            }
            perSecond.add(bytes * 1e9 / Math.max(1, took));
        }
    }
}
