package dev.tierwise.experience;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// A wish to go back, of a command in another process than the one that learns.
///
/// @param to the version to go back to; 0 for nothing learned
public record Wish(long to) {
    /// A running gateway looks five times a second.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(20);

    /// Checks.
    public Wish {
        if (to < 0) {
            throw new IllegalArgumentException("versions are numbered from 1");
        }
    }

    /// Fulfils the wish in `folder`: itself where no process learns there, else by asking that one,
    /// which takes less than a second.
    public Change fulfil(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new Change.Refused("nothing was learned yet: there is no folder " + folder);
        }
        try (var experience = Experience.open(folder, Clock.systemUTC(), _ -> {})) {
            if (experience.trouble().isEmpty()) {
                return to == 0 ? experience.reset() : experience.rollback(to);
            }
        }
        return ask(folder);
    }

    private Change ask(Path folder) {
        var shelf = new Shelf(folder);
        if (to != 0 && shelf.find(to).isEmpty()) {
            return Keeper.noSuchVersion(to);
        }
        long last = shelf.last();
        Path file = folder.resolve(Desk.WISH);
        try {
            Private.replace(file, text().getBytes(StandardCharsets.US_ASCII));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (Files.exists(file) && System.nanoTime() - end < 0) {
                Thread.sleep(PAUSE);
            }
            if (Files.deleteIfExists(file)) {
                return new Change.Refused(
                        "the process that learns in "
                                + folder
                                + " does not answer; end it, then try again");
            }
        } catch (IOException e) {
            return new Change.Refused(
                    folder + " cannot be written (" + e + "); let this user write to it");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Change.Refused("interrupted");
        }
        return shelf.versions().stream()
                .filter(version -> version.number() > last && version.cause().equals(cause()))
                .reduce((_, newer) -> newer)
                .<Change>map(Change.Done::new)
                .orElse(new Change.Refused("the gateway did not do it; its log says why"));
    }

    private String text() {
        return to == 0 ? "reset" : "rollback " + to;
    }

    private String cause() {
        return Event.Turned.cause(to);
    }
}
