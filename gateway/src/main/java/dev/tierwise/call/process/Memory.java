package dev.tierwise.call.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The memory of another process.
final class Memory {
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d{1,15}) kB$");

    private Memory() {}

    /// Bytes of `pid` that lie in memory, a mapped model's file included; 0 where unknown.
    static long of(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
            Matcher resident = RESIDENT.matcher(status);
            return resident.find() ? Long.parseLong(resident.group(1)) << 10 : 0;
        } catch (IOException _) {
            return Files.exists(Path.of("/proc/self")) ? 0 : asked(pid);
        }
    }

    /// Where there is no `/proc`, `ps` knows.
    private static long asked(long pid) {
        try {
            Process ps =
                    new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid))
                            .redirectErrorStream(true)
                            .start();
            String said = new String(ps.getInputStream().readNBytes(100), StandardCharsets.UTF_8);
            ps.waitFor(5, TimeUnit.SECONDS);
            return said.strip().matches("\\d{1,15}") ? Long.parseLong(said.strip()) << 10 : 0;
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
