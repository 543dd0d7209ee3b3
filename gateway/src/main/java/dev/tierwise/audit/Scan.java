package dev.tierwise.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One pass over a trail: holds each line to the chain and to the checkpoints, and shows it to a
/// visitor. Memory does not grow with the trail.
final class Scan {
    /// What is written without a checkpoint at most: those of one interval and of one batch.
    static final long MOST_UNCOVERED = Limits.USUAL.every() + Limits.USUAL.batch() + 4L;

    /// How long records are without a checkpoint at most, with room for a slow disk.
    static final Duration LONGEST_UNCOVERED = Duration.ofMinutes(10);

    private static final byte[] KEY = Line.ascii("key");
    private static final byte[] STOP = Line.ascii("stop");

    private final Segments segments;
    private final PublicKeys keys;
    private final Consumer<Line> visitor;
    private final TreeMap<Long, Checkpoint> anchors = new TreeMap<>();
    private final List<PublicKeys.Change> changes = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Line line = new Line();
    private Verification.@Nullable Fault fault;
    private Verification.@Nullable End first;
    private @Nullable String lastTime;
    private @Nullable String uncoveredSince;
    private boolean stopped;
    private long lines;
    private long covered;

    Scan(Segments segments, PublicKeys keys, Consumer<Line> visitor) {
        this.segments = segments;
        this.keys = keys;
        this.visitor = visitor;
    }

    /// Holds the trail also to a checkpoint that was kept elsewhere.
    void anchor(Checkpoint anchor) {
        Checkpoint other = anchors.put(anchor.sequence(), anchor);
        if (other != null && !other.hash().equals(anchor.hash())) {
            fault("anchor", 0, "two anchors name record " + anchor.sequence() + " differently");
        }
    }

    /// Has the check say something more, if the trail is intact.
    void remark(String remark) {
        remarks.add(remark);
    }

    Verification run() throws IOException {
        Statement statement = statement();
        var start = statement == null ? Checkpoint.Position.START : statement.through();
        covered = start.sequence();
        var links = new Links(start, this::fault);
        try (var checkpoints =
                new CheckpointReader(segments.checkpoints(), statement, this::fault)) {
            pass(checkpoints, links);
            int files = segments(statement, checkpoints, links);
            links.settle(null);
            end(checkpoints, links);
            Set<String> trusted = signatures(checkpoints.runs());
            anchors(statement, trusted);
            return result(checkpoints, links, start, files);
        }
    }

    private @Nullable Statement statement() throws IOException {
        Statement statement = segments.statement();
        if (statement == null) {
            return null;
        }
        Seal seal = Seal.read(statement.line());
        if (seal == null || !keys.holds(Seal.PRUNED, seal)) {
            fault("pruned.jsonl", 0, "the last statement is not signed by a key of this trail");
            return null;
        }
        return statement;
    }

    /// Goes through all segments that no statement has dropped.
    private int segments(@Nullable Statement statement, CheckpointReader checkpoints, Links links)
            throws IOException {
        int expected = statement == null ? 1 : statement.segment() + 1;
        int count = 0;
        List<Integer> numbers = segments.numbers();
        // A gateway may go on writing; checkpoints are those of now, so records must be too.
        long size = numbers.isEmpty() ? 0 : Files.size(segments.segment(numbers.getLast()));
        for (int number : numbers) {
            if (number < expected) {
                remarks.add(name(number) + " was dropped by the trail and may be deleted.");
                continue;
            }
            if (number > expected) {
                links.settle(null);
                fault(name(expected), 0, "is missing: a whole file of the trail was removed");
            }
            expected = number + 1;
            boolean last = number == numbers.getLast();
            segment(number, last ? size : Long.MAX_VALUE, checkpoints, links);
            count++;
        }
        return count;
    }

    private void segment(int number, long limit, CheckpointReader checkpoints, Links links)
            throws IOException {
        boolean last = limit != Long.MAX_VALUE;
        String name = name(number);
        long at = 0;
        try (var reader = new LineReader(segments.segment(number), limit)) {
            while (reader.next()) {
                at++;
                if (line.set(reader.buffer(), reader.from(), reader.end())) {
                    line.place(name, at);
                    take(checkpoints, links);
                } else {
                    links.broken(name, at);
                }
            }
            if (reader.overlong() || (reader.unfinished() > 0 && !last)) {
                links.broken(name, at + 1);
            } else if (reader.unfinished() > 0) {
                remarks.add(
                        "%s ends with %,d bytes of an unfinished line: the gateway is writing it or was killed; it is no record."
                                .formatted(name, reader.unfinished()));
            }
        }
    }

    private void take(CheckpointReader checkpoints, Links links) throws IOException {
        links.follow(line);
        lines++;
        if (line.is(KEY)
                && line.record().orElse(null)
                        instanceof AuditRecord.KeyChange(String old, String fresh)) {
            changes.add(new PublicKeys.Change(line.sequence(), old, fresh));
        }
        stopped = line.is(STOP);
        visitor.accept(line);
        lastTime = line.time();
        if (first == null) {
            first = new Verification.End(line.sequence(), links.hash(), lastTime);
        }
        if (uncoveredSince == null) {
            uncoveredSince = lastTime;
        }
        pass(checkpoints, links);
        Checkpoint anchor = anchors.get(line.sequence());
        if (anchor != null && !links.hashes(anchor)) {
            links.settle(null);
            fault(
                    line.file(),
                    line.number(),
                    "is not what the anchor of "
                            + anchor.time()
                            + " vouches for: records up to here were rewritten");
        }
    }

    /// Holds the chain to the checkpoints that it has come to.
    private void pass(CheckpointReader checkpoints, Links links) throws IOException {
        Checkpoint checkpoint = checkpoints.current();
        while (checkpoint != null && checkpoint.sequence() <= links.sequence()) {
            boolean same = checkpoint.sequence() == links.sequence() && links.hashes(checkpoint);
            links.settle(Digest.read(checkpoint.hash()));
            if (!same) {
                fault(
                        line.file().isEmpty() ? CheckpointReader.FILE : line.file(),
                        line.file().isEmpty() ? checkpoints.line() : line.number(),
                        "is not what the checkpoint in "
                                + CheckpointReader.FILE
                                + ":"
                                + checkpoints.line()
                                + " has signed: this record was changed, or those since the"
                                + " checkpoint before were rewritten");
            }
            covered = checkpoint.sequence();
            uncoveredSince = null;
            checkpoints.next();
            checkpoint = checkpoints.current();
        }
    }

    private void end(CheckpointReader checkpoints, Links links) {
        long last = links.sequence();
        String file = line.file().isEmpty() ? name(1) : line.file();
        Checkpoint beyond = checkpoints.current();
        if (beyond != null) {
            fault(
                    file,
                    line.number(),
                    "the trail ends with record %d, but the checkpoint in %s:%d says that there were %d: the end was cut off"
                            .formatted(
                                    last,
                                    CheckpointReader.FILE,
                                    checkpoints.line(),
                                    beyond.sequence()));
        }
        long uncovered = last - covered;
        if (uncovered > MOST_UNCOVERED || (uncovered > 0 && (stopped || long_()))) {
            fault(
                    CheckpointReader.FILE,
                    0,
                    "the last %,d records have no checkpoint, though they must have: checkpoints were removed"
                            .formatted(uncovered));
        } else if (uncovered > 0) {
            remarks.add(
                    "The last %,d records have no signed checkpoint yet; one comes every ten seconds and at the end."
                            .formatted(uncovered));
        }
        if (checkpoints.unfinished() > 0) {
            remarks.add(CheckpointReader.FILE + " ends with an unfinished line, which is ignored.");
        }
    }

    /// Whether the records without a checkpoint are older than they can be.
    private boolean long_() {
        try {
            return uncoveredSince != null
                    && lastTime != null
                    && Duration.between(Instant.parse(uncoveredSince), Instant.parse(lastTime))
                                    .compareTo(LONGEST_UNCOVERED)
                            > 0;
        } catch (DateTimeParseException _) {
            return true;
        }
    }

    /// Checks the last signature of each key: checkpoints name the hash of the one before, so it
    /// holds all before it.
    private Set<String> signatures(List<CheckpointReader.Run> runs) throws IOException {
        for (CheckpointReader.Run run : runs) {
            if (!keys.holds(Seal.CHECKPOINT, run.last().seal())) {
                fault(
                        CheckpointReader.FILE,
                        Forged.first(segments.checkpoints(), run, keys),
                        keys.knows(run.last().seal().key())
                                ? "its signature is not that of its key: it was changed or forged"
                                : "it is signed with a key that does not belong to this trail");
            }
        }
        Set<String> trusted = keys.trusted(runs, changes);
        for (CheckpointReader.Run run : runs) {
            if (!trusted.contains(run.last().seal().key())) {
                fault(
                        CheckpointReader.FILE,
                        run.first(),
                        "it is signed with a key that nothing ties to the trusted key "
                                + keys.root());
            }
        }
        return trusted;
    }

    private void anchors(@Nullable Statement statement, Set<String> trusted) {
        for (Checkpoint anchor : anchors.values()) {
            Seal seal = anchor.seal();
            if (!trusted.contains(seal.key()) || !keys.holds(Seal.CHECKPOINT, seal)) {
                fault("anchor", 0, "the anchor is not signed by a key of this trail");
            } else if (anchor.sequence() > Math.max(lastSequence(), 0)) {
                fault(
                        line.file().isEmpty() ? name(1) : line.file(),
                        line.number(),
                        "the trail ends with record %d, but the anchor of %s says that there were %d: the end was cut off"
                                .formatted(lastSequence(), anchor.time(), anchor.sequence()));
            } else if (statement != null && anchor.sequence() < statement.through().sequence()) {
                remarks.add(
                        "The anchor of "
                                + anchor.time()
                                + " is of records dropped since, unchecked.");
            }
        }
    }

    private long lastSequence() {
        return lines == 0 ? covered : line.sequence();
    }

    private Verification result(
            CheckpointReader checkpoints, Links links, Checkpoint.Position start, int files) {
        List<CheckpointReader.Run> runs = checkpoints.runs();
        var signatures =
                new Verification.Signatures(
                        checkpoints.count(),
                        covered,
                        runs.isEmpty() ? null : runs.getLast().last().line(),
                        runs.stream().map(run -> run.last().seal().key()).distinct().toList());
        var last =
                lastTime == null
                        ? null
                        : new Verification.End(links.sequence(), links.hash(), lastTime);
        var chain = new Verification.Chain(first, last, lines, files, start.sequence(), signatures);
        return fault == null
                ? new Verification.Intact(chain, remarks)
                : new Verification.Broken(chain, fault);
    }

    private static String name(int number) {
        return "%06d.jsonl".formatted(number);
    }

    private void fault(String file, long at, String meaning) {
        fault(new Verification.Fault(file, at, meaning));
    }

    private void fault(Verification.Fault found) {
        if (fault == null) {
            fault = found;
        }
    }
}
