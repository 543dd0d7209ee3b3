package dev.tierwise.ledger;

import java.nio.file.Path;
import java.util.UUID;

/// A process that records entries as fast as it may and tells each on standard output once it is
/// recorded, until it is killed. With the word `once` it records one entry, closes and ends.
final class Crasher {
    private static final int PAUSE_EVERY = 50;

    private Crasher() {}

    /// Records until it is killed.
    ///
    /// @param arguments the ledger file, and perhaps `once`
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        Opened opened = Ledger.open(Path.of(arguments[0]));
        if (!(opened instanceof Opened.Ready(Ledger ledger))) {
            System.out.println(opened);
            System.exit(1);
            return;
        }
        if (arguments.length > 1) {
            ledger.record(Entries.usual(UUID.randomUUID().toString()));
            ledger.close();
            return;
        }
        for (int i = 0; ; i++) {
            ledger.record(Entries.usual("r" + i));
            System.out.println("r" + i + " " + System.currentTimeMillis());
            if (i % PAUSE_EVERY == 0) {
                Thread.sleep(1);
            }
        }
    }
}
