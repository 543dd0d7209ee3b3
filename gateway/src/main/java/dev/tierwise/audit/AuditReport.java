package dev.tierwise.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the trail says of a period, for an auditor: a page of HTML and a table as CSV. The trail is
/// read once; memory does not grow with it.
public final class AuditReport {
    private final ReportTally tally;
    private final Verification verification;
    private final Asked asked;

    /// What is asked for.
    ///
    /// @param period of the report
    /// @param csv where a row for each record goes; null for nowhere
    /// @param now the moment of the report
    public record Asked(Period period, @Nullable Path csv, Instant now) {}

    /// What came of asking for a report.
    public sealed interface Made {
        /// The report, which may be of a trail that is broken.
        record Done(AuditReport report) implements Made {}

        /// There is no trail.
        ///
        /// @param message which folder is missing and what makes it
        record Missing(String message) implements Made {}

        /// The trail cannot be read, or the table not written.
        ///
        /// @param message what is wrong and how to mend it
        record Unreadable(String message) implements Made {}
    }

    /// The figures of a report.
    ///
    /// @param records in the period
    /// @param requests of those
    /// @param blocked requests that were let go nowhere
    /// @param elsewhere requests with a permit for a zone that is not local
    /// @param violations of those records
    /// @param overrides of those records
    public record Figures(
            long records,
            long requests,
            long blocked,
            long elsewhere,
            long violations,
            long overrides) {}

    private AuditReport(ReportTally tally, Verification verification, Asked asked) {
        this.tally = tally;
        this.verification = verification;
        this.asked = asked;
    }

    /// Checks the trail and reads it for a report; writes the CSV file meanwhile.
    public static Made of(Verifier verifier, Asked asked) {
        Path file = asked.csv();
        try {
            if (file == null) {
                return made(verifier, asked, null);
            }
            Path next = Path.of(file + ".next");
            Files.deleteIfExists(next);
            Made made;
            try (BufferedWriter out = writer(next)) {
                made = made(verifier, asked, new ReportCsv(out));
            }
            if (made instanceof Made.Done) {
                Private.put(next, file);
            } else {
                Files.deleteIfExists(next);
            }
            return made;
        } catch (IOException e) {
            return unwritten(file, e);
        } catch (UncheckedIOException e) {
            return unwritten(file, e.getCause());
        }
    }

    private static BufferedWriter writer(Path file) throws IOException {
        return new BufferedWriter(
                Channels.newWriter(Private.open(file), StandardCharsets.UTF_8), 1 << 16);
    }

    private static Made unwritten(@Nullable Path file, @Nullable IOException fault) {
        return new Made.Unreadable(
                "The report cannot be written to "
                        + file
                        + " ("
                        + (fault == null ? "" : fault.getClass().getSimpleName())
                        + "). Name a file in a folder that is there and that you may write to.");
    }

    private static Made made(Verifier verifier, Asked asked, @Nullable ReportCsv csv) {
        var tally = new ReportTally(asked.period(), csv);
        Verification verification = verifier.verify(tally);
        return switch (verification) {
            case Verification.Missing(String message) -> new Made.Missing(message);
            case Verification.Unreadable(String message) -> new Made.Unreadable(message);
            case Verification.Intact _, Verification.Broken _ ->
                    new Made.Done(new AuditReport(tally, verification, asked));
        };
    }

    /// What the check of the chain that ran for this report said.
    public Verification verification() {
        return verification;
    }

    /// The figures.
    public Figures figures() {
        return tally.figures();
    }

    /// Writes the page to `file`, which only its owner can open.
    ///
    /// @return what is wrong and how to mend it; null when it is written
    public @Nullable String html(Path file) {
        try {
            Path next = Path.of(file + ".next");
            Files.deleteIfExists(next);
            try (BufferedWriter out = writer(next)) {
                html(out);
            }
            Private.put(next, file);
            return null;
        } catch (IOException e) {
            return unwritten(file, e) instanceof Made.Unreadable(String message) ? message : null;
        }
    }

    void html(Appendable out) throws IOException {
        new ReportHtml(out, tally, verification).write(asked);
    }
}
