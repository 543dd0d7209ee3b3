package dev.tierwise.experience;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// A process that learns as fast as it may, and tells how many examples are on disk, until it is
/// killed.
final class Learner {
    private Learner() {}

    /// Learns until it is killed.
    ///
    /// @param arguments the folder
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        var traffic = new Traffic(9, 1);
        try (Experience experience =
                Experience.open(Path.of(arguments[0]), Clock.systemUTC(), _ -> {})) {
            for (long i = 1; ; i++) {
                experience.record(traffic.next());
                if (i % 50 == 0 && experience.flush(Duration.ofSeconds(20))) {
                    System.out.println(i);
                }
            }
        }
    }
}
