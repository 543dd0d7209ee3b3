package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Processor and memory of a machine with Linux: `/proc`, and over it the limits of control groups.
final class Linux {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    private Linux() {}

    static Host read(Recorder probes) {
        var notes = new ArrayList<String>();
        Map<String, String> memory = Readings.pairs(probes.read("/proc/meminfo").orElse(""), ':');
        ControlGroups.Limits limits = ControlGroups.read(probes);
        Figure total = kilobytes(memory, "MemTotal");
        Figure available = kilobytes(memory, "MemAvailable");
        if (total == null) {
            notes.add("/proc/meminfo gives no MemTotal: say the main memory with --ram 64G");
        } else if (available == null) {
            notes.add(
                    "/proc/meminfo gives no MemAvailable (a kernel before 3.14?), so nobody knows"
                            + " what is free: say what models may take with --memory 24G");
        }
        if (limits.memory() != null && total != null && limits.memory().value() < total.value()) {
            notes.add(
                    "a container or service limit of "
                            + Size.words(limits.memory().value())
                            + " ("
                            + limits.memory().source()
                            + ") holds here, of "
                            + Size.words(total.value())
                            + " that the machine has");
        }
        return new Host(
                processor(probes),
                lesser(total, limits.memory()),
                lesser(lesser(available, limits.left()), limits.memory()),
                limits.left() == null ? reclaimable(memory) : limits.cache(),
                cores(probes, limits.cores()),
                notes);
    }

    private static @Nullable Figure kilobytes(Map<String, String> memory, String name) {
        String value = memory.getOrDefault(name, "").replaceFirst("\\s*kB$", "");
        return Readings.figure(value, 1024, "/proc/meminfo " + name);
    }

    /// The lesser of two where both are known. A limit alone is no memory: the machine may have
    /// less.
    private static @Nullable Figure lesser(@Nullable Figure whole, @Nullable Figure limit) {
        return whole == null || limit == null || whole.value() <= limit.value() ? whole : limit;
    }

    /// Caches of files and of the kernel, less what only looks like one (shared memory).
    private static @Nullable Figure reclaimable(Map<String, String> memory) {
        Figure cached = kilobytes(memory, "Cached");
        Figure shared = kilobytes(memory, "Shmem");
        if (cached == null || shared == null) {
            return null;
        }
        double others = value(memory, "Buffers") + value(memory, "SReclaimable");
        return Figure.measured(
                Math.max(0, cached.value() - shared.value() + others),
                "/proc/meminfo Cached, Buffers and SReclaimable less Shmem");
    }

    private static double value(Map<String, String> memory, String name) {
        Figure figure = kilobytes(memory, name);
        return figure == null ? 0 : figure.value();
    }

    private static String processor(Recorder probes) {
        Map<String, String> first = Readings.pairs(probes.read("/proc/cpuinfo").orElse(""), ':');
        return Optional.ofNullable(first.get("model name"))
                .or(() -> Optional.ofNullable(first.get("Model")))
                .or(() -> probes.read("/proc/device-tree/model").map(Linux::printable))
                .map(name ->
                        name.replaceAll("\\((R|TM)\\)|\\s+CPU(?= @|$)", "").replaceAll("\\s+", " "))
                .map(String::strip)
                .orElse("");
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "").strip();
    }

    private static int cores(Recorder probes, int limit) {
        String allowed =
                Readings.pairs(probes.read("/proc/self/status").orElse(""), ':')
                        .getOrDefault("Cpus_allowed_list", "");
        int cores = count(allowed);
        return limit == 0 || (cores != 0 && cores < limit) ? cores : limit;
    }

    /// How many numbers a list such as `0-3,8` has; 0 when it is none.
    static int count(String list) {
        int count = 0;
        for (String part : List.of(list.strip().split(",", -1))) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                return 0;
            }
            int first = Integer.parseInt(range.group(1));
            int last = Integer.parseInt(Objects.requireNonNullElse(range.group(2), range.group(1)));
            count += Math.max(0, last - first + 1);
        }
        return count;
    }
}
