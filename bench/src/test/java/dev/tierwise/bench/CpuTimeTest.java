package dev.tierwise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
    @Test
    void theFirstFigureIsTimeOnAProcessor() {
        assertThat(CpuTime.nanos("112233445566 900 17\n")).isEqualTo(112_233_445_566L);
    }

    @Test
    void newThreadsCountAndEndedOnesDoNot() {
        var before = new CpuTime(Map.of(1L, 100L, 2L, 5_000L));
        var after = new CpuTime(Map.of(1L, 130L, 3L, 7L));

        assertThat(after.since(before)).isEqualTo(37);
    }

    @Test
    void processesAddUp() {
        var both = new CpuTime(Map.of(1L, 100L)).plus(new CpuTime(Map.of(2L, 11L)));

        assertThat(both.since(CpuTime.NONE)).isEqualTo(111);
    }

    @Test
    void workOfThisProcessIsSeen() {
        CpuTime before = CpuTime.of(ProcessHandle.current());

        long sum = 0;
        long used = 0;
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (used < 30_000_000 && System.nanoTime() < deadline) {
            for (int i = 0; i < 1_000_000; i++) {
                sum += i ^ sum;
            }
            used = CpuTime.of(ProcessHandle.current()).since(before);
        }

        assertThat(used).as("CPU time after a loop that made %d", sum).isGreaterThan(29_000_000);
    }
}
