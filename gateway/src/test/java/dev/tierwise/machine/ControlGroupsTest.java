package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.figure.Figure;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Limits of containers and services, of both versions.
class ControlGroupsTest {
    private static final String ROOT = "/sys/fs/cgroup";

    @Test
    void limitOfAGroupAboveCountsToo() {
        var limits =
                read(
                        file("/proc/self/cgroup", "0::/kubepods/pod1/c"),
                        file(ROOT + "/kubepods/pod1/c/memory.max", "max"),
                        file(ROOT + "/kubepods/pod1/memory.max", "2147483648"),
                        file(ROOT + "/kubepods/pod1/memory.current", "1073741824"),
                        file(ROOT + "/kubepods/memory.max", "4294967296"),
                        file(ROOT + "/kubepods/pod1/cpu.max", "50000 100000"));

        assertThat(limits.memory()).extracting(Figure::value).isEqualTo(2147483648.0);
        assertThat(limits.left()).extracting(Figure::value).isEqualTo(1073741824.0);
        assertThat(limits.cores()).isEqualTo(1);
    }

    @Test
    void largestNumberOfTheFirstVersionIsNoLimit() {
        var limits =
                read(
                        file("/proc/self/cgroup", "4:memory:/\n3:cpu,cpuacct:/"),
                        file(ROOT + "/memory/memory.limit_in_bytes", "9223372036854771712"),
                        file(ROOT + "/cpu/cpu.cfs_quota_us", "-1"),
                        file(ROOT + "/cpu/cpu.cfs_period_us", "100000"));

        assertThat(limits).isEqualTo(new ControlGroups.Limits(null, null, null, 0));
    }

    @Test
    void moreUsedThanAllowedLeavesNothing() {
        var limits =
                read(
                        file("/proc/self/cgroup", "0::/"),
                        file(ROOT + "/memory.max", "1000"),
                        file(ROOT + "/memory.current", "5000"));

        assertThat(limits.left()).extracting(Figure::value).isEqualTo(0.0);
    }

    @Test
    void machineWithoutGroupsHasNoLimits() {
        assertThat(read()).isEqualTo(new ControlGroups.Limits(null, null, null, 0));
    }

    @Test
    void anyContentsAreBorne() {
        var random = new Random(5);
        String letters = "0123456789-: /max.\n\tabc";
        for (int round = 0; round < 3_000; round++) {
            var limits =
                    read(
                            file("/proc/self/cgroup", "0::/" + any(random, letters)),
                            file(ROOT + "/memory.max", any(random, letters)),
                            file(ROOT + "/memory.current", any(random, letters)),
                            file(ROOT + "/memory.stat", any(random, letters)),
                            file(ROOT + "/cpu.max", any(random, letters)));

            assertThat(limits.cores()).isNotNegative();
            if (limits.left() != null) {
                assertThat(limits.left().value()).isNotNegative();
            }
        }
    }

    @Test
    void listsOfProcessorsAreCounted() {
        assertThat(Linux.count("0-3,8,10-11")).isEqualTo(7);
        assertThat(Linux.count("0")).isEqualTo(1);
        assertThat(Linux.count("")).isZero();
        assertThat(Linux.count("3-1")).isZero();
        assertThat(Linux.count("all")).isZero();
    }

    private static String any(Random random, String letters) {
        var text = new StringBuilder();
        for (int i = random.nextInt(24); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static String file(String path, String text) {
        return "\n< " + path + "\n= read\n" + text.indent(0).replaceAll("(?m)^", "| ");
    }

    private static ControlGroups.Limits read(String... files) {
        String text = "system: Linux\n" + String.join("\n", files);
        return ControlGroups.read(new Recorder(new Replay(text), Duration.ofSeconds(1)));
    }
}
