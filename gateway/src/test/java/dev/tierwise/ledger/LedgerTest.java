package dev.tierwise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Limits SMALL =
            new Limits(8, 3, 4, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(50));

    @Test
    void entriesAreWrittenInTheirOrder() {
        var store = new MemoryStore();
        try (Ledger ledger = Ledger.over(store, SMALL)) {
            for (int i = 0; i < 30; i++) {
                ledger.record(Entries.usual("r" + i));
            }

            boolean flushed = ledger.flush(SOON);

            assertThat(flushed).isTrue();
            assertThat(store.ids()).hasSize(30).startsWith("r0", "r1").endsWith("r29");
        }
    }

    @Test
    void noBatchIsLargerThanItsLimit() {
        var store = new MemoryStore();
        try (Ledger ledger = Ledger.over(store, SMALL)) {
            for (int i = 0; i < 30; i++) {
                ledger.record(Entries.usual("r" + i));
            }
        }

        assertThat(store.largest.get()).isBetween(1, 4);
    }

    @Test
    void closingWritesWhatIsLeft() {
        var store = new MemoryStore();
        Ledger ledger = Ledger.over(store, SMALL);
        ledger.record(Entries.usual("a"));

        ledger.close();

        assertThat(store.ids()).containsExactly("a");
        assertThat(store.closed).isTrue();
        assertThatThrownBy(() -> ledger.record(Entries.usual("b")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBatchThatIsRefusedIsKeptAndTheTroubleTold() {
        var store = new MemoryStore();
        store.refusal = "the disk is full";
        try (Ledger ledger = Ledger.over(store, SMALL)) {
            ledger.record(Entries.usual("a"));
            await(() -> ledger.trouble().isPresent());
            Optional<String> trouble = ledger.trouble();
            ledger.record(Entries.usual("b"));

            store.refusal = null;

            assertThat(ledger.flush(SOON)).isTrue();
            assertThat(trouble).contains("the disk is full");
            assertThat(ledger.trouble()).isEmpty();
            assertThat(store.ids()).containsExactly("a", "b");
        }
    }

    @Test
    void aFaultOfTheStoreStopsNothing() {
        var store = new MemoryStore();
        store.throwing = true;
        try (Ledger ledger = Ledger.over(store, SMALL)) {
            ledger.record(Entries.usual("a"));
            await(() -> ledger.trouble().isPresent());

            store.throwing = false;

            assertThat(ledger.flush(SOON)).isTrue();
            assertThat(store.ids()).containsExactly("a");
        }
    }

    @Test
    void thereIsNoRoomForNewRequestsBeforeTheBacklogIsFull() {
        var store = new MemoryStore();
        store.refusal = "stuck";
        try (Ledger ledger = Ledger.over(store, SMALL)) {
            for (int i = 0; i < 4; i++) {
                ledger.record(Entries.usual("r" + i));
            }
            boolean before = ledger.hasRoom();
            ledger.record(Entries.usual("r4"));

            boolean after = ledger.hasRoom();

            assertThat(before).isTrue();
            assertThat(after).isFalse();
            store.refusal = null;
            assertThat(ledger.flush(SOON)).isTrue();
            assertThat(ledger.hasRoom()).isTrue();
        }
    }

    @Test
    void recordingWaitsForAPlaceInAFullBacklogAndLosesNothing() throws InterruptedException {
        var store = new MemoryStore();
        store.refusal = "stuck";
        try (Ledger ledger = Ledger.over(store, SMALL)) {
            for (int i = 0; i < 8; i++) {
                ledger.record(Entries.usual("r" + i));
            }
            Thread ninth = Thread.ofVirtual().start(() -> ledger.record(Entries.usual("ninth")));
            await(() -> ninth.getState() == Thread.State.WAITING);

            store.refusal = null;

            assertThat(ninth.join(SOON)).isTrue();
            assertThat(ledger.flush(SOON)).isTrue();
            assertThat(store.ids()).hasSize(9).contains("ninth");
        }
    }

    @Test
    void anInterruptNeitherStopsTheRecordingNorIsLost() throws InterruptedException {
        var store = new MemoryStore();
        store.refusal = "stuck";
        var kept = new CountDownLatch(1);
        try (Ledger ledger = Ledger.over(store, SMALL)) {
            for (int i = 0; i < 8; i++) {
                ledger.record(Entries.usual("r" + i));
            }
            Thread ninth =
                    Thread.ofVirtual()
                            .start(() -> {
                                ledger.record(Entries.usual("ninth"));
                                if (Thread.currentThread().isInterrupted()) {
                                    kept.countDown();
                                }
                            });
            await(() -> ninth.getState() == Thread.State.WAITING);

            ninth.interrupt();
            store.refusal = null;

            assertThat(kept.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(ledger.flush(SOON)).isTrue();
            assertThat(store.ids()).contains("ninth");
        }
    }

    @Test
    void closingDoesNotWaitForeverForADeadDisk() {
        var store = new MemoryStore();
        store.refusal = "gone for good";
        Ledger ledger = Ledger.over(store, SMALL);
        ledger.record(Entries.usual("a"));

        ledger.close();

        assertThat(store.closed).isTrue();
        assertThat(store.ids()).isEmpty();
        assertThat(ledger.flush(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void feedbackKeepsItsPlaceAmongEntries() {
        var store = new MemoryStore();
        try (Ledger ledger = Ledger.over(store, Limits.USUAL)) {
            ledger.record(Entries.usual("a"));
            ledger.feedback(Entries.feedback("a", Feedback.Kind.THUMB, 1));
            ledger.record(Entries.usual("b"));

            ledger.flush(SOON);

            assertThat(store.ids()).containsExactly("a", "feedback on a", "b");
        }
    }

    @Test
    void entriesOfManyThreadsAreWrittenOnceEach() {
        var store = new MemoryStore();
        try (Ledger ledger = Ledger.over(store, SMALL);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 200; thread++) {
                String name = "t" + thread + "-";
                threads.execute(() -> {
                    for (int i = 0; i < 50; i++) {
                        ledger.record(Entries.usual(name + i));
                    }
                });
            }
        }

        assertThat(store.ids()).hasSize(10_000).doesNotHaveDuplicates();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /// Keeps entries in memory and takes none while it is told to refuse.
    private static final class MemoryStore implements Store {
        private final List<Line> lines = new ArrayList<>();
        private final AtomicInteger largest = new AtomicInteger();
        private volatile @Nullable String refusal;
        private volatile boolean throwing;
        private volatile boolean closed;

        @Override
        public synchronized Optional<String> append(List<? extends Line> batch) {
            if (throwing) {
                throw new IllegalStateException("broken");
            }
            String why = refusal;
            if (why == null) {
                lines.addAll(batch);
                largest.accumulateAndGet(batch.size(), Math::max);
            }
            return Optional.ofNullable(why);
        }

        @Override
        public Reading read(Span span) {
            return new Reading.Missing("kept in memory");
        }

        @Override
        public Ledger.Found find(String requestId) {
            return new Ledger.Found.None();
        }

        @Override
        public void close() {
            closed = true;
        }

        private synchronized List<String> ids() {
            return lines.stream()
                    .map(line ->
                            switch (line) {
                                case Entry entry -> entry.id();
                                case Feedback given -> "feedback on " + given.requestId();
                            })
                    .toList();
        }
    }
}
