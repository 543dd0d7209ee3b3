package dev.tierwise.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the place that a trail has come to, after a kill too, and makes the files of a new one.
/// Nothing of an existing trail is changed but an unfinished line at its very end.
final class Recovery {
    private final Tape.Outfit outfit;
    private final Segments segments;
    private final KeyFiles keyFiles;

    /// What was found.
    sealed interface Found {
        /// The trail can go on.
        ///
        /// @param place where
        /// @param recovered the line that was cut off; null when none was
        record Ready(Tape.Place place, AuditRecord.@Nullable Recovered recovered)
                implements Found {}

        /// It cannot.
        ///
        /// @param message why and how to mend it
        record Failed(String message) implements Found {}
    }

    /// What stops a recovery; its message says how to mend it.
    private static final class Stop extends Exception {
        private static final long serialVersionUID = 1;

        Stop(String message) {
            super(message, null, false, false);
        }
    }

    Recovery(Tape.Outfit outfit) {
        this.outfit = outfit;
        Path folder = outfit.settings().folder();
        this.segments = new Segments(folder);
        this.keyFiles = new KeyFiles(folder);
    }

    Found find() throws IOException {
        try {
            return recover();
        } catch (Stop stop) {
            return new Found.Failed(String.valueOf(stop.getMessage()));
        }
    }

    private Found recover() throws IOException, Stop {
        Checkpoint witness = Witness.newest(outfit.settings().witness());
        boolean fresh = fresh();
        SigningKey key = key(fresh);
        if (fresh) {
            begin(key, witness);
        }
        Leftovers.finish(segments);
        cut(segments.checkpoints());
        Checkpoint last = Witness.newest(segments.checkpoints());
        if (last == null) {
            throw stop("has no checkpoint that can be read.");
        }
        PublicKeys keys = PublicKeys.of(segments.folder(), key.open());
        if (keys == null || !keys.holds(Seal.CHECKPOINT, last.seal())) {
            throw stop("ends with a checkpoint that none of its keys has signed.");
        }
        if (witness != null
                && (witness.sequence() > last.sequence()
                        || (witness.sequence() == last.sequence()
                                && !witness.line().equals(last.line())))) {
            throw stop(
                    "is not the one that was written last: the checkpoint copy vouches for record "
                            + witness.sequence()
                            + ", the folder for record "
                            + last.sequence()
                            + ".");
        }
        return place(last, key);
    }

    /// Whether nothing was ever written here. A kill during the very first start leaves such files.
    private boolean fresh() throws IOException {
        if (Witness.newest(segments.checkpoints()) != null || Files.exists(segments.pruned())) {
            return false;
        }
        for (int number : segments.numbers()) {
            if (Files.size(segments.segment(number)) > 0) {
                return false;
            }
        }
        return true;
    }

    private SigningKey key(boolean fresh) throws IOException, Stop {
        SigningKey key = keyFiles.read();
        if (key == null && (keyFiles.there() || !fresh)) {
            throw new Stop(
                    "The audit trail in "
                            + segments.folder()
                            + " has no key to sign with: "
                            + KeyFiles.SECRET
                            + (keyFiles.there() ? " cannot be used" : " is missing")
                            + ". Put it back from your backup, with its public key in keys/;"
                            + " or move the folder and its checkpoint copy away to begin a new"
                            + " trail.");
        }
        if (key == null) {
            key = SigningKey.make();
            keyFiles.keep(key);
            keyFiles.use(key);
        }
        keyFiles.show(key);
        return key;
    }

    private void begin(SigningKey key, @Nullable Checkpoint witness) throws IOException, Stop {
        if (witness != null) {
            throw stop(
                    "is gone: the checkpoint copy vouches for record " + witness.sequence() + ".");
        }
        Private.open(segments.segment(1)).close();
        long now = outfit.settings().clock().millis();
        Checkpoint first = Checkpoint.sign(Checkpoint.Position.START, null, now, key);
        Private.replace(segments.checkpoints(), first.line() + "\n");
        Private.sync(segments.folder());
    }

    /// Finds the last record, from the last checkpoint on.
    private Found place(Checkpoint last, SigningKey key) throws IOException, Stop {
        List<Integer> numbers = segments.numbers();
        if (numbers.isEmpty()) {
            throw stop(
                    "has lost its records: the last checkpoint vouches for "
                            + last.sequence()
                            + ".");
        }
        int from = from(numbers, last);
        var end = new End(last);
        for (int i = from; i < numbers.size(); i++) {
            if (numbers.get(i) != numbers.get(from) + i - from) {
                throw stop("lacks a file before " + segments.segment(numbers.get(i)).getFileName());
            }
            end.read(segments.segment(numbers.get(i)), i == numbers.size() - 1);
        }
        if (end.sequence < last.sequence()) {
            throw stop(
                    "was cut off: it ends with record "
                            + end.sequence
                            + ", and the last checkpoint vouches for "
                            + last.sequence()
                            + ".");
        }
        int number = numbers.getLast();
        var position = new Checkpoint.Position(end.sequence, Digest.hex(end.hash));
        var place = new Tape.Place(position, number, month(number), last, key);
        return new Found.Ready(place, end.torn < 0 ? null : cut(number, end.torn));
    }

    /// The index of the segment with the record of the checkpoint, or with the one after it.
    private int from(List<Integer> numbers, Checkpoint last) throws IOException {
        for (int i = numbers.size() - 1; i > 0; i--) {
            long first = first(numbers.get(i));
            if (first > 0 && first <= last.sequence()) {
                return i;
            }
        }
        return 0;
    }

    private long first(int number) throws IOException {
        try (var reader = new LineReader(segments.segment(number))) {
            var line = new Line();
            return reader.next() && line.set(reader.buffer(), reader.from(), reader.end())
                    ? line.sequence()
                    : -1;
        }
    }

    private String month(int number) throws IOException {
        try (var reader = new LineReader(segments.segment(number))) {
            var line = new Line();
            return reader.next() && line.set(reader.buffer(), reader.from(), reader.end())
                    ? line.time().substring(0, 7)
                    : "";
        }
    }

    private Stop stop(String what) {
        return new Stop(
                "The audit trail in "
                        + segments.folder()
                        + " "
                        + what
                        + " Keep the folder as evidence, see ./tw audit verify, and move it and its checkpoint copy "
                        + outfit.settings().witness()
                        + " away to begin a new trail.");
    }

    /// Cuts the unfinished line off that ends a segment.
    private AuditRecord.Recovered cut(int number, long at) throws IOException {
        Path file = segments.segment(number);
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            var rest = new byte[(int) Math.min(open.length() - at, LineReader.LONGEST)];
            long length = open.length() - at;
            open.seek(at);
            open.readFully(rest);
            open.setLength(at);
            open.getFD().sync();
            return new AuditRecord.Recovered(
                    String.valueOf(file.getFileName()), length, Digest.of(rest));
        }
    }

    /// Cuts off an unfinished line at the end of the checkpoints: the one before it still holds.
    private static void cut(Path checkpoints) throws IOException {
        if (!Files.exists(checkpoints)) {
            return;
        }
        try (var reader = new LineReader(checkpoints)) {
            while (reader.next()) {
                // on to the last
            }
            if (reader.unfinished() > 0 && !reader.overlong()) {
                try (var open = new RandomAccessFile(checkpoints.toFile(), "rw")) {
                    open.setLength(open.length() - reader.unfinished());
                }
            }
        }
    }

    /// Follows the chain from the last checkpoint to its end.
    private final class End {
        private final Checkpoint last;
        private final Line line = new Line();
        private final Digest digest = new Digest();
        private final byte[] hash = new byte[Digest.BYTES];
        private long sequence;
        private long torn = -1;

        End(Checkpoint last) {
            this.last = last;
            if (last.sequence() == 0) {
                System.arraycopy(Digest.read(last.hash()), 0, hash, 0, Digest.BYTES);
            }
        }

        void read(Path file, boolean newest) throws IOException, Stop {
            long good = 0;
            try (var reader = new LineReader(file)) {
                while (reader.next()) {
                    if (!line.set(reader.buffer(), reader.from(), reader.end()) || !take()) {
                        if (newest && zeros(reader)) {
                            torn = good;
                            return;
                        }
                        throw damaged(file);
                    }
                    good += reader.end() - reader.from() + 1L;
                }
                if (reader.overlong() || (reader.unfinished() > 0 && !newest)) {
                    throw damaged(file);
                }
                if (reader.unfinished() > 0) {
                    torn = good;
                }
            }
        }

        /// After a loss of power a file may end in zeros where its last bytes should be.
        private boolean zeros(LineReader reader) {
            for (int i = reader.from(); i < reader.end(); i++) {
                if (reader.buffer()[i] == 0) {
                    return true;
                }
            }
            return false;
        }

        private Stop damaged(Path file) {
            return stop("is damaged after record " + sequence + " in " + file.getFileName() + ".");
        }

        /// Takes a line if it fits what came before; those before the checkpoint are not checked.
        private boolean take() {
            if (sequence > 0 && line.sequence() != sequence + 1) {
                return false;
            }
            if (line.sequence() > last.sequence()) {
                if (line.sequence() != sequence + 1 || !Arrays.equals(line.previous(), hash)) {
                    return false;
                }
                line.hash(digest, hash);
            } else if (line.sequence() == last.sequence()) {
                line.hash(digest, hash);
                if (!Digest.hex(hash).equals(last.hash())) {
                    return false;
                }
            }
            sequence = line.sequence();
            return true;
        }
    }
}
