package dev.tierwise.engine.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TeamTest {
    @Test
    void everyPartRunsOnceInEachOfManyJobs() {
        try (Team team = new Team(3)) {
            for (int job = 0; job < 20_000; job++) {
                int parts = 1 + job % 7;
                AtomicIntegerArray ran = new AtomicIntegerArray(parts);

                team.run(parts, ran::incrementAndGet);

                for (int i = 0; i < parts; i++) {
                    assertThat(ran.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void partsRunAtTheSameTime() {
        try (Team team = new Team(2)) {
            CountDownLatch both = new CountDownLatch(2);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();

            team.run(
                    2,
                    _ -> {
                        both.countDown();
                        awaitLatch(both);
                        threads.add(Thread.currentThread());
                    });

            assertThat(threads).hasSize(2).contains(Thread.currentThread());
        }
    }

    @Test
    void sleepingTeamWakes() {
        try (Team team = new Team(2)) {
            team.run(2, _ -> {});
            team.threads().forEach(thread -> awaitState(thread, Thread.State.WAITING));
            CountDownLatch both = new CountDownLatch(2);

            team.run(
                    2,
                    _ -> {
                        both.countDown();
                        awaitLatch(both);
                    });

            assertThat(both.getCount()).isZero();
        }
    }

    @Test
    void failureOfAPartReachesTheCallerAndTheTeamGoesOn() {
        try (Team team = new Team(2)) {
            IntConsumer failing =
                    i -> {
                        if (i == 3) {
                            throw new IllegalStateException("part 3");
                        }
                    };

            assertThatThrownBy(() -> team.run(8, failing)).hasMessage("part 3");

            AtomicIntegerArray ran = new AtomicIntegerArray(8);
            team.run(8, ran::incrementAndGet);
            assertThat(ran.toString()).isEqualTo("[1, 1, 1, 1, 1, 1, 1, 1]");
        }
    }

    @Test
    void closedTeamEndsItsThreadsAndRefusesWork() {
        Team team = new Team(2);

        team.close();

        assertThat(team.threads()).hasSize(1);
        team.threads().forEach(thread -> awaitState(thread, Thread.State.TERMINATED));
        assertThatThrownBy(() -> team.run(1, _ -> {})).hasMessageContaining("closed");
    }

    @Test
    void handingOverAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        IntConsumer part = _ -> {};
        try (Team team = new Team(2)) {
            for (int i = 0; i < 20_000; i++) {
                team.run(4, part);
            }
            long before = threads.getCurrentThreadAllocatedBytes();

            for (int i = 0; i < 1_000; i++) {
                team.run(4, part);
            }

            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2_000);
        }
    }

    private static void awaitState(Thread thread, Thread.State state) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (thread.getState() != state && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(thread.getState()).isEqualTo(state);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
