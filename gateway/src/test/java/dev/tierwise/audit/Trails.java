package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A trail in a folder of a test, and ways to look at it and to meddle with it.
final class Trails {
    static final Duration SOON = Duration.ofSeconds(20);

    /// Small enough that a few hundred records fill several segments and checkpoints.
    static final Limits SMALL =
            new Limits(
                    200,
                    20,
                    16,
                    Duration.ofMillis(5),
                    Duration.ofMillis(5),
                    Duration.ofMillis(200),
                    40,
                    Duration.ofSeconds(10),
                    30_000);

    final Path root;
    final Path folder;
    final Path witness;
    private Instant now = Records.NOON;

    Trails(Path root) {
        this.root = root;
        this.folder = root.resolve("audit");
        this.witness = root.resolve("outside").resolve("audit.checkpoint");
    }

    void now(Instant moment) {
        now = moment;
    }

    Instant now() {
        return now;
    }

    TrailSettings settings() {
        InstantSource clock = () -> now;
        return new TrailSettings(folder, witness, new Retention(Period.ofMonths(6)), clock);
    }

    Trail open() {
        return open(Disk.REAL);
    }

    Trail open(Disk disk) {
        Opened opened = Trail.open(settings(), disk, SMALL);
        assertThat(opened).isInstanceOf(Opened.Ready.class);
        return ((Opened.Ready) opened).trail();
    }

    /// Why the trail does not open.
    String refusal() {
        Opened opened = Trail.open(settings(), Disk.REAL, SMALL);
        assertThat(opened).isInstanceOf(Opened.Failed.class);
        return ((Opened.Failed) opened).message();
    }

    /// Writes `count` usual records and closes the trail.
    void write(int count) {
        try (Trail trail = open()) {
            append(trail, count);
        }
    }

    static void append(Trail trail, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(durable(trail, Records.usual("r" + i))).isPositive();
        }
    }

    static long durable(Trail trail, AuditRecord record) {
        Appended appended = trail.append(record).await(SOON);
        assertThat(appended).isInstanceOf(Appended.Durable.class);
        return ((Appended.Durable) appended).sequence();
    }

    Verifier verifier() {
        return new Verifier(folder, null, witness, List.of());
    }

    /// The check of someone who has the folder alone.
    Verifier bare() {
        return new Verifier(folder, null, null, List.of());
    }

    Verification.Intact intact() {
        Verification verification = verifier().verify();
        assertThat(verification).isInstanceOf(Verification.Intact.class);
        return (Verification.Intact) verification;
    }

    /// What is wrong with a trail that must be broken.
    static Verification.Fault fault(Verifier verifier) {
        Verification verification = verifier.verify();
        assertThat(verification).isInstanceOf(Verification.Broken.class);
        return ((Verification.Broken) verification).fault();
    }

    static Checkpoint checkpoint(String line) {
        return Objects.requireNonNull(Checkpoint.read(line));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    List<Path> segments() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+\\.jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All lines of all segments.
    List<String> lines() throws IOException {
        var lines = new ArrayList<String>();
        for (Path segment : segments()) {
            lines.addAll(Files.readAllLines(segment));
        }
        return lines;
    }

    static List<String> read(Path file) throws IOException {
        return new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    }

    static void write(Path file, List<String> lines) throws IOException {
        String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    /// A copy to meddle with.
    Trails copy(Path to) throws IOException {
        var copy = new Trails(to);
        Files.createDirectories(copy.witness.getParent());
        Files.copy(witness, copy.witness);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.folder.resolve(folder.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return copy;
    }
}
