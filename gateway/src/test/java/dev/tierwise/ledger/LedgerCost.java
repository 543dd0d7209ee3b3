package dev.tierwise.ledger;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Measures what the ledger costs; `docs/decisions/0003-ledger.md` says how to run it and what came
/// out.
final class LedgerCost {
    private static final int ROUNDS = 10;
    private static final int ENTRIES = 20_000;

    private LedgerCost() {}

    /// Prints one measurement to standard output.
    ///
    /// @param arguments `open`, `write` or `read`, and the ledger file
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "open" -> {
                var clock = new Clock();
                Ledger ledger = open(file);
                System.out.println("open: " + clock.read(1, 1e6) + " ms");
                ledger.close();
            }
            case "write" -> write(file);
            case "read" -> {
                var clock = new Clock();
                Reading reading = Ledger.read(file, Span.ALL);
                System.out.println("read: " + clock.read(1, 1e6) + " ms");
                System.out.println(
                        ((Reading.Found) reading).figures().all().requests() + " requests");
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void write(Path file) throws IOException {
        try (Ledger ledger = open(file)) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.currentTimeMillis() * 1_000;
                List<Entry> entries =
                        IntStream.range(0, ENTRIES)
                                .mapToObj(i -> Entries.usual("0192%016x-7000".formatted(start + i)))
                                .toList();
                var record = new Clock();
                entries.forEach(ledger::record);
                String recorded = record.read(ENTRIES, 1);
                var flush = new Clock();
                ledger.flush(Duration.ofMinutes(1));
                System.out.println(
                        "record: %s ns an entry; to disk: %s us an entry"
                                .formatted(recorded, flush.read(ENTRIES, 1e3)));
            }
        }
        System.out.println(Files.size(file) / (ROUNDS * ENTRIES) + " bytes an entry");
    }

    private static Ledger open(Path file) {
        return switch (Ledger.open(file)) {
            case Opened.Ready(Ledger ledger) -> ledger;
            case Opened.Failed(String message) -> throw new IllegalStateException(message);
        };
    }

    /// Wall time and CPU time of the process since it was made.
    private static final class Clock {
        private static final OperatingSystemMXBean SYSTEM =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        private final long cpu = SYSTEM.getProcessCpuTime();
        private final long wall = System.nanoTime();

        String read(int parts, double unit) {
            long took = System.nanoTime() - wall;
            long spent = SYSTEM.getProcessCpuTime() - cpu;
            return "%.1f wall, %.1f cpu".formatted(took / unit / parts, spent / unit / parts);
        }
    }
}
