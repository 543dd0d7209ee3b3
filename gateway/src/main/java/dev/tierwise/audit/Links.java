package dev.tierwise.audit;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds each line to the one before it. After something wrong it goes on from the line that is
/// there, so that a report can still be made; only the first thing wrong is told.
final class Links {
    private final Digest digest = new Digest();
    private final Consumer<Verification.Fault> faults;
    private final byte[] hash = new byte[Digest.BYTES];
    private final byte[] mended = new byte[Digest.BYTES];
    private long sequence;
    private boolean astray;
    private String lastFile = "";
    private long lastNumber;
    private @Nullable Suspicion suspicion;

    /// Of two lines that do not fit one was changed; the line after them tells which.
    private record Suspicion(Verification.Fault before, Verification.Fault after) {}

    Links(Checkpoint.Position start, Consumer<Verification.Fault> faults) {
        this.faults = faults;
        sequence = start.sequence();
        System.arraycopy(Digest.read(start.hash()), 0, hash, 0, Digest.BYTES);
    }

    /// The record that the chain has come to.
    long sequence() {
        return sequence;
    }

    String hash() {
        return Digest.hex(hash);
    }

    boolean hashes(Checkpoint checkpoint) {
        return checkpoint.hash().equals(hash());
    }

    /// A line that is none.
    void broken(String file, long number) {
        settle(null);
        fault(file, number, "is not a record of this trail: it was changed or put in");
        astray = true;
    }

    void follow(Line line) {
        boolean fits = Arrays.equals(line.previous(), hash);
        settle(line.previous());
        if (!astray && line.sequence() != sequence + 1) {
            fault(
                    line.file(),
                    line.number(),
                    "record "
                            + (sequence + 1)
                            + " should stand here, and it is "
                            + line.sequence()
                            + ": records were removed, repeated or moved");
        } else if (!astray && !fits) {
            line.mended(digest, hash, mended);
            String meaning = "was changed after it was written";
            suspicion =
                    new Suspicion(
                            new Verification.Fault(lastFile, lastNumber, meaning),
                            new Verification.Fault(line.file(), line.number(), meaning));
        }
        astray = false;
        sequence = line.sequence();
        line.hash(digest, hash);
        lastFile = line.file();
        lastNumber = line.number();
    }

    /// Tells the suspicion there may be. If all that was changed in the later line is the hash that
    /// it names, the line with the right one has the hash that comes next; otherwise the earlier
    /// line was changed.
    ///
    /// @param next the hash that what comes next names for the later line; null when nothing does
    void settle(byte @Nullable [] next) {
        if (suspicion != null) {
            boolean later = next != null && Arrays.equals(next, mended);
            faults.accept(
                    later || suspicion.before.line() == 0 ? suspicion.after : suspicion.before);
            suspicion = null;
        }
    }

    private void fault(String file, long number, String meaning) {
        faults.accept(new Verification.Fault(file, number, meaning));
    }
}
