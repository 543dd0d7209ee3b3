package dev.tierwise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Resident memory of a process as Linux tells it.
///
/// @param rssKib resident now, in KiB
/// @param peakKib the most that was ever resident, in KiB
record Memory(long rssKib, long peakKib) {
    /// Memory of one process; empty where there is no `/proc`, or when the process is gone.
    static Optional<Memory> of(long pid) {
        try {
            return Optional.of(parse(Files.readString(Path.of("/proc/" + pid + "/status"))));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Reads the text of `/proc/PID/status`. A line that is missing counts as 0, as for kernel
    /// threads.
    static Memory parse(String status) {
        return new Memory(kib(status, "VmRSS:"), kib(status, "VmHWM:"));
    }

    private static long kib(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    Memory plus(Memory other) {
        return new Memory(rssKib + other.rssKib, peakKib + other.peakKib);
    }
}
