package dev.tierwise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void residentAndPeakAreReadFromTheStatusFile() {
        String status =
                """
                Name:\tjava
                VmPeak:\t 4563260 kB
                VmHWM:\t  231400 kB
                VmRSS:\t  198712 kB
                RssAnon:\t  170000 kB
                """;

        assertThat(Memory.parse(status)).isEqualTo(new Memory(198_712, 231_400));
    }

    @Test
    void aStatusWithoutMemoryIsZero() {
        assertThat(Memory.parse("Name:\tkthreadd\n")).isEqualTo(new Memory(0, 0));
    }
}
