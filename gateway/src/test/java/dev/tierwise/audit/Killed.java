package dev.tierwise.audit;

import java.nio.file.Path;
import java.time.Duration;

/// Appends without end, and says on standard output which records are on disk; for a test that
/// kills it.
final class Killed {
    private Killed() {}

    /// Writes the trail in the folder that the first argument names.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        var trails = new Trails(Path.of(arguments[0]));
        Opened opened = Trail.open(trails.settings(), Disk.REAL, Trails.SMALL);
        if (opened instanceof Opened.Ready(Trail trail)) {
            for (int i = 0; ; i++) {
                for (int more = 0; more < 5; more++) {
                    trail.append(Records.usual("nobody-waits-" + i + "-" + more));
                }
                Ticket ticket = trail.append(Records.usual("r" + i));
                if (ticket.await(Duration.ofSeconds(20)) instanceof Appended.Durable(long number)) {
                    System.out.println(number + " r" + i);
                }
            }
        }
        System.out.println(opened);
    }
}
