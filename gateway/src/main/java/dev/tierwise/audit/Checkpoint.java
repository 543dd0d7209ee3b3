package dev.tierwise.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A signed statement of what the trail was at one moment. Each names the hash of the one before,
/// so that the last signature holds them all.
///
/// @param sequence the last record it covers; 0 when there was none yet
/// @param hash the hash of that record's line
/// @param count how many records it covers that the one before does not
/// @param time when it was made
/// @param previous the hash of the line of the checkpoint before
/// @param line all of it, as it stands in the file
record Checkpoint(
        long sequence, String hash, long count, String time, String previous, String line) {
    private static final Pattern FORM =
            Pattern.compile(
                    "\\{\"seq\":(0|[1-9][0-9]{0,17}),\"hash\":\"([0-9a-f]{64})\","
                            + "\"count\":(0|[1-9][0-9]{0,17}),\"time\":\"([0-9TZ:.-]{24})\","
                            + "\"previous\":\"([0-9a-f]{64})\",\"key\":\"[0-9a-f]{32}\","
                            + "\"signature\":\"[0-9a-f]{128}\"}");

    /// Signs a checkpoint that comes after `before`.
    static Checkpoint sign(
            Position position, @Nullable Checkpoint before, long epochMillis, SigningKey key) {
        long count = before == null ? position.sequence() : position.sequence() - before.sequence;
        String previous = before == null ? Digest.NONE : before.own();
        String time = Moment.of(epochMillis);
        String object =
                "{\"seq\":%d,\"hash\":\"%s\",\"count\":%d,\"time\":\"%s\",\"previous\":\"%s\""
                        .formatted(position.sequence(), position.hash(), count, time, previous);
        return new Checkpoint(
                position.sequence(),
                position.hash(),
                count,
                time,
                previous,
                Seal.line(Seal.CHECKPOINT, object, key));
    }

    /// The checkpoint in a line; null when there is none.
    static @Nullable Checkpoint read(String line) {
        Matcher form = FORM.matcher(line);
        return form.matches()
                ? new Checkpoint(
                        Long.parseLong(form.group(1)),
                        form.group(2),
                        Long.parseLong(form.group(3)),
                        form.group(4),
                        form.group(5),
                        line)
                : null;
    }

    /// The hash of this checkpoint's line.
    String own() {
        return Digest.of(line);
    }

    Seal seal() {
        Seal seal = Seal.read(line);
        if (seal == null) {
            throw new IllegalStateException("a checkpoint is always sealed");
        }
        return seal;
    }

    /// A place in the chain.
    ///
    /// @param sequence of a record; 0 for the place before the first
    /// @param hash of that record's line
    record Position(long sequence, String hash) {
        static final Position START = new Position(0, Digest.NONE);
    }
}
