package dev.tierwise.app;

import dev.tierwise.audit.AuditReport;
import dev.tierwise.audit.Opened;
import dev.tierwise.audit.Period;
import dev.tierwise.audit.Retention;
import dev.tierwise.audit.Trail;
import dev.tierwise.audit.TrailSettings;
import dev.tierwise.audit.Verification;
import dev.tierwise.audit.Verifier;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tw audit`.
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Checks the audit trail, reports on it, prints its newest checkpoint for safe"
                        + " keeping, changes its key, and drops what is past its retention.",
        subcommands = {
            AuditCommand.Verify.class,
            AuditCheckCommand.class,
            AuditCommand.Report.class,
            AuditCommand.Anchor.class,
            AuditCommand.Rotate.class,
            AuditCommand.Prune.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw audit verify",
            "  ./tw audit anchor >> anchors.txt",
            "  ./tw audit report --from 2026-07-01 --to 2026-09-30 --out report.html"
        })
final class AuditCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.DONE;
    }

    /// `tw audit verify`.
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Finds any edit, deletion, reordering, repetition and truncation, and any foreign"
                        + " signature. Needs no gateway and no secret key. Exits with 0 when the"
                        + " trail is intact, with 1 when it is broken.",
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ./tw audit verify",
                "  ./tw audit verify --folder copy/audit --public-key clinic.pub"
                        + " --anchor anchors.txt"
            })
    static final class Verify implements Callable<Integer> {
        @Mixin private final AuditTarget target = new AuditTarget();

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            Optional<Verifier> verifier = target.verifier(err);
            if (verifier.isEmpty()) {
                return Main.USAGE;
            }
            PrintWriter out = spec.commandLine().getOut();
            Verification verification = verifier.get().verify();
            if (json) {
                out.println(StoreJson.text(AuditJson.verification(verification)));
            }
            return switch (verification) {
                case Verification.Intact(var chain, var remarks) -> {
                    if (!json) {
                        out.println("The audit trail is intact.");
                        print(out, chain);
                        remarks.forEach(out::println);
                    }
                    yield Main.DONE;
                }
                case Verification.Broken(var chain, var fault) -> {
                    if (!json) {
                        out.println("The audit trail is BROKEN at " + fault.place() + ":");
                        out.println(fault.meaning());
                        print(out, chain);
                    }
                    yield Main.FAILED;
                }
                case Verification.Missing(String message) -> {
                    err.println("tw: " + message);
                    yield Main.NOT_FOUND;
                }
                case Verification.Unreadable(String message) -> {
                    err.println("tw: " + message);
                    yield Main.FAILED;
                }
            };
        }

        private static void print(PrintWriter out, Verification.Chain chain) {
            line(out, "records", count(chain.lines()) + " in " + chain.segments() + " files");
            end(out, "first", chain.first());
            end(out, "last", chain.last());
            if (chain.prunedThrough() > 0) {
                line(out, "dropped", "through record " + count(chain.prunedThrough()));
            }
            Verification.Signatures signatures = chain.signatures();
            line(
                    out,
                    "signed",
                    "through record "
                            + count(signatures.covered())
                            + " by "
                            + count(signatures.checkpoints())
                            + " checkpoints");
            line(out, "keys", String.join(", ", signatures.keys()));
        }

        private static void end(PrintWriter out, String name, Verification.@Nullable End end) {
            if (end != null) {
                line(out, name, count(end.sequence()) + " of " + end.time() + ", " + end.hash());
            }
        }

        private static void line(PrintWriter out, String name, String value) {
            out.printf("%-8s %s%n", name, value);
        }

        private static String count(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /// `tw audit report`.
    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description =
                    "Reports on a period for an auditor: who, when, class, zone, model, what was"
                            + " blocked and overridden, contracts, policies, and the proof of the"
                            + " chain. Exits with 1 when the trail is broken; the report then says"
                            + " so.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ./tw audit report --from 2026-07-01 --to 2026-09-30 --out report.html"
                        + " --csv records.csv"
            })
    static final class Report implements Callable<Integer> {
        @Option(
                names = "--from",
                required = true,
                paramLabel = "DATE",
                description = "The first day, in UTC.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String from;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "DATE",
                description = "The last day, which counts.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String to;

        @Option(names = "--out", paramLabel = "FILE.html", description = "Where the page goes.")
        private @Nullable Path page;

        @Option(
                names = "--csv",
                paramLabel = "FILE.csv",
                description = "Where a table with a row for each record goes.")
        private @Nullable Path csv;

        @Option(names = "--json", description = "Print the figures as JSON.")
        private boolean json;

        @Mixin private final AuditTarget target = new AuditTarget();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            Optional<Period> period = Period.parse(from, to);
            Optional<Verifier> verifier = target.verifier(err);
            if (period.isEmpty()) {
                err.println("tw: --from and --to take " + Period.FORMS);
            }
            if (period.isEmpty() || verifier.isEmpty()) {
                return Main.USAGE;
            }
            var asked = new AuditReport.Asked(period.get(), csv, Instant.now());
            return switch (AuditReport.of(verifier.get(), asked)) {
                case AuditReport.Made.Done(AuditReport report) -> print(report);
                case AuditReport.Made.Missing(String message) -> {
                    err.println("tw: " + message);
                    yield Main.NOT_FOUND;
                }
                case AuditReport.Made.Unreadable(String message) -> {
                    err.println("tw: " + message);
                    yield Main.FAILED;
                }
            };
        }

        private int print(AuditReport report) {
            Path file = page;
            String trouble = file == null ? null : report.html(file);
            PrintWriter out = spec.commandLine().getOut();
            if (trouble != null) {
                spec.commandLine().getErr().println("tw: " + trouble);
                return Main.FAILED;
            }
            if (json) {
                out.println(StoreJson.text(AuditJson.report(report)));
            } else {
                AuditReport.Figures figures = report.figures();
                out.println(
                        "%,d records, %,d requests: %,d blocked, %,d let out to zones that are not local; %,d violations, %,d overrides"
                                .formatted(
                                        figures.records(),
                                        figures.requests(),
                                        figures.blocked(),
                                        figures.elsewhere(),
                                        figures.violations(),
                                        figures.overrides()));
                wrote(out, file);
                wrote(out, csv);
            }
            if (report.verification() instanceof Verification.Broken(_, Verification.Fault fault)) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "tw: the audit trail is broken at "
                                        + fault.place()
                                        + ": "
                                        + fault.meaning());
                return Main.FAILED;
            }
            return Main.DONE;
        }

        private static void wrote(PrintWriter out, @Nullable Path file) {
            if (file != null) {
                out.println("wrote " + file);
            }
        }
    }

    /// `tw audit anchor`.
    @Command(
            name = "anchor",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the newest signed checkpoint as one line. Kept elsewhere, such as in a"
                            + " mail or with a notary, it shows later that nothing before it was"
                            + " cut off or rewritten, not even by who holds the key.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw audit anchor | mail -s \"audit anchor\" auditor@example.org"})
    static final class Anchor implements Callable<Integer> {
        @Mixin private final AuditTarget target = new AuditTarget();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            Optional<Verifier> verifier = target.verifier(err);
            if (verifier.isEmpty()) {
                return Main.USAGE;
            }
            try {
                String line = verifier.get().anchor();
                if (line == null) {
                    err.println("tw: There is no signed checkpoint yet; ./tw serve makes one.");
                    return Main.NOT_FOUND;
                }
                spec.commandLine().getOut().println(line);
                return Main.DONE;
            } catch (UncheckedIOException _) {
                err.println("tw: The checkpoints cannot be read; let this user read the folder.");
                return Main.FAILED;
            }
        }
    }

    /// `tw audit rotate-key`.
    @Command(
            name = "rotate-key",
            mixinStandardHelpOptions = true,
            description =
                    "Has a new key sign from now on; the old one vouches for it. The gateway must"
                            + " not run.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw audit rotate-key"})
    static final class Rotate implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            return opened(
                    spec,
                    trail ->
                            switch (trail.rotate()) {
                                case Trail.Rotation.Changed(String key) -> {
                                    spec.commandLine()
                                            .getOut()
                                            .println("key " + key + " signs from now on");
                                    yield Main.DONE;
                                }
                                case Trail.Rotation.Failed(String message) -> {
                                    spec.commandLine().getErr().println("tw: " + message);
                                    yield Main.FAILED;
                                }
                            });
        }
    }

    /// `tw audit prune`.
    @Command(
            name = "prune",
            mixinStandardHelpOptions = true,
            description =
                    "Drops whole files of records that are older than six years, and leaves a signed"
                            + " statement of it. The gateway must not run.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw audit prune"})
    static final class Prune implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            return opened(
                    spec,
                    trail ->
                            switch (trail.prune()) {
                                case Retention.Result.Dropped(long through, String newest) -> {
                                    out.println(
                                            "dropped through record " + through + " of " + newest);
                                    yield Main.DONE;
                                }
                                case Retention.Result.Nothing() -> {
                                    out.println("nothing is old enough");
                                    yield Main.DONE;
                                }
                                case Retention.Result.Failed(String message) -> {
                                    spec.commandLine().getErr().println("tw: " + message);
                                    yield Main.FAILED;
                                }
                            });
        }
    }

    private static int opened(CommandSpec spec, ToIntFunction<Trail> work) {
        Folders own = Folders.of(System::getenv);
        return switch (Trail.open(TrailSettings.usual(own.audit(), own.auditWitness()))) {
            case Opened.Failed(String message) -> {
                spec.commandLine().getErr().println("tw: " + message);
                yield Main.FAILED;
            }
            case Opened.Ready(Trail trail) -> {
                try (trail) {
                    yield work.applyAsInt(trail);
                }
            }
        };
    }
}
