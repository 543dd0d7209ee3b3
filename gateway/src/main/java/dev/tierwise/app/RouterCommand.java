package dev.tierwise.app;

import dev.tierwise.experience.Change;
import dev.tierwise.experience.Experience;
import dev.tierwise.experience.Status;
import dev.tierwise.experience.Version;
import dev.tierwise.experience.Wish;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `tw router`.
@Command(
        name = "router",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what the router has learned from your requests, and takes it back.",
            "Works while a gateway runs: it obeys within a second."
        },
        subcommands = {
            RouterCommand.StatusCommand.class,
            RouterCommand.HistoryCommand.class,
            RouterCommand.RollbackCommand.class,
            RouterCommand.ResetCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw router status", "  ./tw router rollback 7", "  ./tw router reset"})
final class RouterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `tw router status`.
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what was learned, what can be guaranteed, and whether traffic has drifted.",
                "LOSS is the mean log loss over the last outcomes (200 at most), each foretold"
                        + " before it was learned from; a correction is used while it is not worse."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw router status --most-worse 0.1", "  ./tw router status --json | jq"})
    static final class StatusCommand implements Callable<Integer> {
        @Option(
                names = "--most-worse",
                paramLabel = "SHARE",
                description = "The guarantee to prove, 0 to 1. Default: ${DEFAULT-VALUE}.")
        private double mostWorse = .05;

        @Option(
                names = "--confidence",
                paramLabel = "SHARE",
                description = "With what confidence, 0 to 1. Default: ${DEFAULT-VALUE}.")
        private double confidence = .95;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final RouterFolder folder = new RouterFolder();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            if (!share(mostWorse) || !share(confidence)) {
                err.println("tw: --most-worse and --confidence lie between 0 and 1, such as 0.05");
                return Main.USAGE;
            }
            Optional<Path> found = folder.find(err);
            if (found.isEmpty()) {
                return Main.FAILED;
            }
            Status status = Experience.look(found.get());
            if (status.trouble() != null) {
                err.println("tw: " + status.trouble());
                return Main.FAILED;
            }
            var page = new RouterPage(status, new RouterPage.Claim(mostWorse, confidence));
            if (json) {
                out.println(StoreJson.text(page.json()));
            } else if (!Files.isDirectory(found.get())) {
                out.println(
                        "Nothing was learned yet. `./tw serve` learns from feedback and from the"
                                + " answers that it judges.");
            } else {
                page.lines().forEach(out::println);
            }
            return Main.DONE;
        }

        private static boolean share(double value) {
            return value > 0 && value < 1;
        }
    }

    /// `tw router history`.
    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Lists the versions that can be gone back to, the newest last.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw router history"})
    static final class HistoryCommand implements Callable<Integer> {
        private static final String ROW = "%-8s %-21s %10s  %s";

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final RouterFolder folder = new RouterFolder();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            Optional<Path> found = folder.find(spec.commandLine().getErr());
            if (found.isEmpty()) {
                return Main.FAILED;
            }
            var versions = Experience.look(found.get()).versions();
            if (json) {
                ObjectNode root = StoreJson.object();
                RouterPage.versions(root.putArray("versions"), versions);
                out.println(StoreJson.text(root));
            } else if (versions.isEmpty()) {
                out.println("No version was kept yet.");
            } else {
                out.println(ROW.formatted("VERSION", "KEPT", "OUTCOMES", "WHY"));
                for (Version version : versions) {
                    out.println(
                            ROW.formatted(
                                    version.number(),
                                    RouterPage.minute(version.at()),
                                    version.good() ? "%,d".formatted(version.examples()) : "-",
                                    version.cause()));
                }
            }
            return Main.DONE;
        }
    }

    /// `tw router rollback`.
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = {
                "Goes back to what was known in an earlier version, which becomes a new one; what"
                        + " comes later is learned on top of it.",
                "Nothing is lost: the version before can be gone back to as well."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw router rollback 7"})
    static final class RollbackCommand implements Callable<Integer> {
        @Parameters(paramLabel = "VERSION", description = "Its number, see ./tw router history.")
        private long version;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final RouterFolder folder = new RouterFolder();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (version < 1) {
                spec.commandLine().getErr().println("tw: versions are numbered from 1");
                return Main.USAGE;
            }
            return fulfil(new Wish(version), folder, json, spec);
        }
    }

    /// `tw router reset`.
    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description =
                    "Forgets all that was learned; ./tw router rollback brings it back as long as"
                            + " its version is kept.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw router reset"})
    static final class ResetCommand implements Callable<Integer> {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final RouterFolder folder = new RouterFolder();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            return fulfil(new Wish(0), folder, json, spec);
        }
    }

    private static int fulfil(Wish wish, RouterFolder folder, boolean json, CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> found = folder.find(err);
        if (found.isEmpty()) {
            return Main.FAILED;
        }
        return switch (wish.fulfil(found.get())) {
            case Change.Refused(String message) -> {
                err.println("tw: " + message);
                yield Main.FAILED;
            }
            case Change.Done(Version version) -> {
                out.println(
                        json
                                ? StoreJson.text(RouterPage.fill(StoreJson.object(), version))
                                : "%s: version %d is in force, with %,d outcomes"
                                        .formatted(
                                                version.cause(),
                                                version.number(),
                                                version.examples()));
                yield Main.DONE;
            }
        };
    }
}
