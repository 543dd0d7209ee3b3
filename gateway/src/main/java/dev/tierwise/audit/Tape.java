package dev.tierwise.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The files of an open trail and the place that the chain has come to. One thread at a time; each
/// method either does all of its work or leaves the trail as it was and may be called again.
final class Tape implements AutoCloseable {
    private static final int MONTH_LETTERS = 7;

    private final Outfit outfit;
    private final Segments segments;
    private final Digest digest = new Digest();
    private final byte[] hash = new byte[Digest.BYTES];
    private final byte[] ahead = new byte[Digest.BYTES];
    private byte[] buffer = new byte[64 << 10];
    private int filled;
    private Tail segment;
    private int number;
    private String month;
    private long sequence;
    private Tail checkpoints;
    private Checkpoint last;
    private boolean witnessed;
    private SigningKey key;

    /// What a tape is made of.
    ///
    /// @param settings of the trail
    /// @param disk where its files are
    /// @param limits of files and batches
    record Outfit(TrailSettings settings, Disk disk, Limits limits) {}

    /// The place that an existing trail has come to.
    ///
    /// @param position the last record
    /// @param segment the number of the last segment
    /// @param month the month, such as `2026-11`, in which it began; empty for an empty one
    /// @param last the newest checkpoint
    /// @param key the key that signs
    record Place(
            Checkpoint.Position position,
            int segment,
            String month,
            Checkpoint last,
            SigningKey key) {}

    Tape(Outfit outfit, Place place) throws IOException {
        this.outfit = outfit;
        this.segments = new Segments(outfit.settings().folder());
        this.sequence = place.position().sequence();
        System.arraycopy(Digest.read(place.position().hash()), 0, hash, 0, Digest.BYTES);
        this.number = place.segment();
        this.month = place.month();
        this.last = place.last();
        this.key = place.key();
        this.segment = tail(segments.segment(number));
        this.checkpoints = tail(segments.checkpoints());
    }

    private Tail tail(Path file) throws IOException {
        return new Tail(outfit.disk(), file, Files.size(file));
    }

    Checkpoint.Position position() {
        return new Checkpoint.Position(sequence, Digest.hex(hash));
    }

    Checkpoint last() {
        return last;
    }

    SigningKey key() {
        return key;
    }

    Segments segments() {
        return segments;
    }

    TrailSettings settings() {
        return outfit.settings();
    }

    int segmentNumber() {
        return number;
    }

    /// How many records have no checkpoint yet.
    long uncovered() {
        return sequence - last.sequence();
    }

    /// Writes the records and returns when they would survive a loss of power.
    void write(List<byte[]> bodies) throws IOException {
        String time = Moment.of(outfit.settings().clock().millis());
        roll(time);
        filled = 0;
        System.arraycopy(hash, 0, ahead, 0, Digest.BYTES);
        byte[] timeBytes = Line.ascii(time);
        long next = sequence;
        for (byte[] body : bodies) {
            line(++next, timeBytes, body);
        }
        segment.append(buffer, filled);
        if (month.isEmpty()) {
            month = time.substring(0, MONTH_LETTERS);
        }
        sequence = next;
        System.arraycopy(ahead, 0, hash, 0, Digest.BYTES);
        if (buffer.length > 8 << 20) {
            buffer = new byte[64 << 10];
        }
    }

    private void line(long own, byte[] time, byte[] body) {
        int from = filled;
        put(Line.SEQUENCE);
        put(Line.ascii(Long.toString(own)));
        put(Line.PREVIOUS);
        room(Digest.HEX);
        Digest.hex(ahead, buffer, filled);
        filled += Digest.HEX;
        put(Line.TIME);
        put(time);
        room(1);
        buffer[filled++] = '"';
        put(body);
        digest.next(ahead, buffer, from, filled - from);
        room(1);
        buffer[filled++] = '\n';
    }

    private void put(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, filled, bytes.length);
        filled += bytes.length;
    }

    private void room(int more) {
        if (filled + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, filled + more));
        }
    }

    /// Begins the next segment when this one is full or of an earlier month.
    private void roll(String time) throws IOException {
        boolean old = !month.isEmpty() && time.compareTo(month) > 0 && !time.startsWith(month);
        if (segment.end() == 0 || (!old && segment.end() < outfit.limits().segment())) {
            return;
        }
        Path file = segments.segment(number + 1);
        Private.open(file).close();
        Private.sync(segments.folder());
        var next = new Tail(outfit.disk(), file, Files.size(file));
        if (next.end() > 0) {
            throw new Tail.Changed(file);
        }
        segment.close();
        segment = next;
        number++;
        month = "";
    }

    /// Signs a checkpoint if records have none, and sees to it that the newest lies outside the
    /// folder too.
    void checkpoint() throws IOException {
        if (uncovered() > 0) {
            long now = outfit.settings().clock().millis();
            Checkpoint next = Checkpoint.sign(position(), last, now, key);
            byte[] line = Line.ascii(next.line() + "\n");
            checkpoints.append(line, line.length);
            last = next;
            witnessed = false;
        }
        if (!witnessed) {
            Witness.write(outfit.settings().witness(), last);
            witnessed = true;
        }
    }

    /// Has another key sign from now on: the change is recorded and vouched for by the old key
    /// first.
    void change(SigningKey fresh) throws IOException {
        var files = new KeyFiles(segments.folder());
        files.keep(fresh);
        write(List.of(RecordWriter.body(new AuditRecord.KeyChange(key.id(), fresh.id()))));
        checkpoint();
        files.use(fresh);
        key = fresh;
    }

    /// Takes the checkpoints file as new after old ones were dropped from it.
    void reopenCheckpoints() throws IOException {
        checkpoints.close();
        checkpoints = tail(segments.checkpoints());
    }

    @Override
    public void close() throws IOException {
        segment.close();
        checkpoints.close();
    }
}
