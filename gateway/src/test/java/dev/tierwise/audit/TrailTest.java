package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailTest {
    private static final String FULL = "No space left on device";

    @TempDir Path folder;
    private Trails trail;

    @BeforeEach
    void name() {
        trail = new Trails(folder);
    }

    @Test
    void recordsOfManyThreadsAreWrittenOnceEachInOneChain() throws IOException {
        Set<Long> sequences = new ConcurrentSkipListSet<>();
        try (Trail open = trail.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 100; thread++) {
                String name = "t" + thread + "-";
                threads.execute(() -> {
                    for (int i = 0; i < 20; i++) {
                        sequences.add(Trails.durable(open, Records.usual(name + i)));
                    }
                });
            }
        }

        List<String> ids = ids();

        assertThat(ids).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(sequences).hasSize(2_000);
        assertThat(new TreeSet<>(sequences).last()).isEqualTo(2_000);
        assertThat(trail.intact().chain().lines()).isEqualTo(2_001);
    }

    @Test
    void aTrailThatIsBeingWrittenIsIntact() {
        try (Trail open = trail.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new AtomicBoolean();
            threads.execute(() -> {
                for (int i = 0; !done.get(); i++) {
                    Trails.durable(open, Records.usual("r" + i));
                }
            });
            for (int i = 0; i < 40; i++) {
                assertThat(trail.verifier().verify()).isInstanceOf(Verification.Intact.class);
            }
            done.set(true);
        }
    }

    @Test
    void aTrailGoesOnWhereItEnded() {
        for (int run = 0; run < 4; run++) {
            trail.write(25);
        }

        assertThat(trail.intact().chain().lines()).isEqualTo(4 * 26);
    }

    @Test
    void nobodyNeedsToWaitForARecord() throws IOException {
        try (Trail open = trail.open()) {
            open.append(Records.usual("a"));

            assertThat(open.flush(Trails.SOON)).isTrue();
            assertThat(ids()).containsExactly("a");
        }
    }

    @Test
    void aFullDiskIsToldAndLosesNothing() throws IOException {
        var disk = new FaultyDisk();
        var tickets = new ArrayList<Ticket>();
        try (Trail open = trail.open(disk)) {
            Trails.append(open, 10);
            disk.writing = FULL;
            for (int i = 0; i < 50; i++) {
                tickets.add(open.append(Records.usual("full-" + i)));
            }
            await(() -> open.trouble().isPresent());

            assertThat(open.trouble().orElseThrow()).contains("disk is full").contains("audit");
            assertThat(open.hasRoom()).isFalse();
            assertThat(tickets.getFirst().await(Duration.ZERO))
                    .isInstanceOf(Appended.Waiting.class);

            disk.writing = null;
            assertThat(open.flush(Trails.SOON)).isTrue();
            assertThat(open.trouble()).isEmpty();
            assertThat(open.hasRoom()).isTrue();
        }
        assertThat(tickets)
                .allSatisfy(ticket ->
                        assertThat(ticket.await(Duration.ZERO))
                                .isInstanceOf(Appended.Durable.class));
        assertThat(ids()).hasSize(60).doesNotHaveDuplicates();
        assertThat(trail.intact().chain().lines()).isEqualTo(61);
    }

    @Test
    void aFailedFlushIsWrittenAnew() throws IOException {
        var disk = new FaultyDisk();
        try (Trail open = trail.open(disk)) {
            disk.flushing = "Input/output error";
            Ticket ticket = open.append(Records.usual("a"));
            await(() -> open.trouble().isPresent());
            disk.flushing = null;

            assertThat(ticket.await(Trails.SOON)).isInstanceOf(Appended.Durable.class);
        }
        assertThat(ids()).containsExactly("a");
        trail.intact();
    }

    @Test
    void recordsWithoutRoomAreRefusedAndTheTrailTells() throws IOException {
        var disk = new FaultyDisk();
        var tickets = new ArrayList<Ticket>();
        try (Trail open = trail.open(disk)) {
            disk.writing = FULL;
            for (int i = 0; i < 230; i++) {
                tickets.add(open.append(Records.usual("r" + i)));
            }
            disk.writing = null;
            assertThat(open.flush(Trails.SOON)).isTrue();
            Trails.append(open, 1);
        }

        List<Appended> refused =
                tickets.stream()
                        .map(ticket -> ticket.await(Duration.ZERO))
                        .filter(Appended.Refused.class::isInstance)
                        .toList();

        assertThat(refused).hasSize(30);
        assertThat(refused.getFirst().toString()).contains("no room");
        // the writer may tell of some while others are still refused
        long told =
                trail.lines().stream()
                        .filter(line -> line.contains("\"kind\":\"gap\""))
                        .mapToLong(line ->
                                Long.parseLong(
                                        line.replaceAll(".*\"count\":(\\d+).*", "$1").strip()))
                        .sum();
        assertThat(told).isEqualTo(30);
        trail.intact();
    }

    @Test
    void closingDoesNotWaitForeverForADeadDisk() {
        var disk = new FaultyDisk();
        Trail open = trail.open(disk);
        disk.writing = FULL;
        Ticket ticket = open.append(Records.usual("a"));

        open.close();

        assertThat(ticket.await(Duration.ZERO)).isInstanceOf(Appended.Refused.class);
        assertThat(open.append(Records.usual("b")).await(Duration.ZERO))
                .isInstanceOf(Appended.Refused.class);
        assertThat(open.rotate()).isInstanceOf(Trail.Rotation.Failed.class);
        assertThat(trail.verifier().verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void aSecondWriterIsRefused() {
        try (Trail first = trail.open()) {
            assertThat(trail.refusal())
                    .contains("only one may write it")
                    .contains("process " + ProcessHandle.current().pid());
            assertThat(first.hasRoom()).isTrue();
        }
        trail.write(1);
    }

    @Test
    void aSegmentRemovedWhileTheTrailIsOpenStopsIt() throws IOException {
        try (Trail open = trail.open()) {
            Trails.append(open, 5);
            Path segment = trail.segments().getLast();
            Path away = folder.resolve("away");
            Files.move(segment, away);
            Ticket ticket = open.append(Records.usual("after"));
            await(() -> open.trouble().isPresent());

            assertThat(open.trouble().orElseThrow()).contains("changed or removed by another");
            assertThat(Files.exists(segment)).isFalse();

            Files.move(away, segment);
            assertThat(ticket.await(Trails.SOON)).isInstanceOf(Appended.Durable.class);
        }
        trail.intact();
    }

    @Test
    void aSegmentWrittenByAnotherProgramStopsIt() throws IOException {
        try (Trail open = trail.open()) {
            Trails.append(open, 5);
            Path segment = trail.segments().getLast();
            byte[] good = Files.readAllBytes(segment);
            Files.writeString(segment, "{}\n", java.nio.file.StandardOpenOption.APPEND);
            Ticket ticket = open.append(Records.usual("after"));
            await(() -> open.trouble().isPresent());
            Files.write(segment, good);

            assertThat(ticket.await(Trails.SOON)).isInstanceOf(Appended.Durable.class);
        }
        trail.intact();
    }

    @Test
    void anotherMonthBeginsAnotherSegment() {
        trail.write(1);
        trail.now(java.time.Instant.parse("2026-12-01T00:00:00Z"));
        trail.write(1);

        assertThat(trail.segments()).hasSize(2);
        assertThat(trail.intact().chain().lines()).isEqualTo(4);
    }

    @Test
    void aClockThatIsSetBackHarmsNothing() {
        trail.write(3);
        trail.now(Records.NOON.minusSeconds(100_000_000));
        trail.write(3);

        assertThat(trail.intact().chain().lines()).isEqualTo(8);
    }

    @Test
    void onlyTheOwnerCanReadTheTrailAndItsKey() throws IOException {
        trail.write(1);

        for (String name : List.of("key", "000001.jsonl", "checkpoints.jsonl")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(trail.file(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trail.folder)))
                .isEqualTo("rwx------");
        assertThat(Files.readString(trail.file("key"))).startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void theWitnessMustLieOutsideTheFolder() {
        assertThatThrownBy(() -> TrailSettings.usual(folder, folder.resolve("inside")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(trail.folder, "a file");

        assertThat(trail.refusal()).contains(trail.folder.toString());
    }

    private List<String> ids() throws IOException {
        var ids = new ArrayList<String>();
        for (String line : trail.lines()) {
            byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            if (RecordReader.read(bytes, 0, bytes.length).orElseThrow()
                    instanceof AuditRecord.Request request) {
                ids.add(request.origin().requestId());
            }
        }
        return Collections.unmodifiableList(ids);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Trails.SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
