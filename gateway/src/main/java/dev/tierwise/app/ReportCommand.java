package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.report.Made;
import dev.tierwise.report.Report;
import dev.tierwise.report.Since;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tw report`.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Prints requests, tier shares against 70/20/10, spend, and the saving against"
                        + " everything on the frontier.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw report --since 7d", "  ./tw report --json | jq"})
final class ReportCommand implements Callable<Integer> {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Count from here on: " + Since.FORMS + ". Default: all of it.")
    private @Nullable String since;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "The ledger; default: the one that the configuration names.")
    private @Nullable Path ledger;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Since> from =
                since == null ? Optional.of(Since.ALWAYS) : Since.parse(since, Instant.now());
        if (from.isEmpty()) {
            err.println("tw: --since takes " + Since.FORMS);
            return Main.USAGE;
        }
        Path file = ledger;
        if (file == null) {
            Optional<Config> config = configuration.read(err);
            if (config.isEmpty()) {
                return Main.FAILED;
            }
            Path named = config.get().ledger();
            file = named == null ? Folders.of(System::getenv).ledger() : named;
        }
        return switch (Report.of(file, from.get())) {
            case Made.Done(Report report) -> {
                boolean colour = CommandLine.Help.Ansi.AUTO.enabled();
                out.println(json ? report.json() : report.text(colour));
                yield Main.DONE;
            }
            case Made.Missing(String message) -> {
                err.println("tw: " + message);
                yield Main.NOT_FOUND;
            }
            case Made.Unreadable(String message) -> {
                err.println("tw: " + message);
                yield Main.FAILED;
            }
        };
    }
}
