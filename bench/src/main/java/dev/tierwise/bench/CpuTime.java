package dev.tierwise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// CPU time of each thread at one moment. Linux tells it in nanoseconds; elsewhere the whole
/// process counts as one thread, in steps of the kernel's clock tick.
///
/// @param nanosByThread thread to nanoseconds on a processor
record CpuTime(Map<Long, Long> nanosByThread) {
    static final CpuTime NONE = new CpuTime(Map.of());

    CpuTime {
        nanosByThread = Map.copyOf(nanosByThread);
    }

    /// What one process has used so far.
    static CpuTime of(ProcessHandle process) {
        var times = new HashMap<Long, Long>();
        for (Path thread : threads(process.pid())) {
            try {
                String text = Files.readString(thread.resolve("schedstat"));
                times.put(Long.valueOf(String.valueOf(thread.getFileName())), nanos(text));
            } catch (IOException _) {
                // The thread ended since its folder was listed.
            }
        }
        if (times.isEmpty()) {
            Duration total = process.info().totalCpuDuration().orElse(Duration.ZERO);
            times.put(process.pid(), total.toNanos());
        }
        return new CpuTime(times);
    }

    private static List<Path> threads(long pid) {
        try (Stream<Path> folders = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return folders.toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Reads `/proc/PID/task/TID/schedstat`: time on a processor, time waiting for one, slices.
    static long nanos(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    /// Nanoseconds used since an earlier moment. A thread that ended in between is not counted:
    /// what it used last cannot be known.
    long since(CpuTime earlier) {
        return nanosByThread.entrySet().stream()
                .mapToLong(thread ->
                        thread.getValue() - earlier.nanosByThread.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    CpuTime plus(CpuTime other) {
        var both = new HashMap<>(nanosByThread);
        both.putAll(other.nanosByThread);
        return new CpuTime(both);
    }
}
