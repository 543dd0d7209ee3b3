package dev.tierwise.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Where figures were measured.
///
/// @param cores processors that the JVM may use
/// @param processor what the processor calls itself, where the system tells
/// @param system operating system and version
/// @param java version and maker of the Java runtime
record Machine(int cores, String processor, String system, String java) {
    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorName(),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"),
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    }

    /// The load average of the last minute; negative where the system does not tell.
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor");
        } catch (IOException _) {
            return "processor";
        }
    }

    /// One line for people.
    String line() {
        return String.format(Locale.ROOT, "%d × %s, %s, Java %s", cores, processor, system, java);
    }
}
