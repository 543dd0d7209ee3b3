package dev.tierwise.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line. Data goes to stdout, everything else to stderr.
@Command(
        name = "tw",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "An LLM gateway that answers with the smallest model that is good enough.",
        subcommands = {
            ServeCommand.class,
            DoctorCommand.class,
            AskCommand.class,
            RouteCommand.class,
            ExplainCommand.class,
            ReportCommand.class,
            FeedbackCommand.class,
            RouterCommand.class,
            EvaluateCommand.class,
            AuditCommand.class,
            ProveCommand.class,
            PullCommand.class,
            ModelsCommand.class,
            PricesCommand.class,
            FitCommand.class,
            PolicyCommand.class,
            LocalOnlyCommand.class,
            GuardCommand.class,
            ConfigCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; stderr says why and how to mend it",
            "2:wrong usage",
            "3:what was asked for does not exist",
            "130:interrupted"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw serve                     serve on http://127.0.0.1:7020/v1",
            "  ./tw doctor                    what was found, what is missing, what to type next",
            "  ./tw route \"Sort this ticket\"  which model would answer, and why"
        })
public final class Main implements Runnable {
    /// Everything went well.
    static final int DONE = 0;

    /// Something failed.
    static final int FAILED = 1;

    /// The command line is wrong.
    static final int USAGE = 2;

    /// What was asked for is not there.
    static final int NOT_FOUND = 3;

    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        Logs.start(false);
        // Decisions take microseconds and waits take no carrier: more carriers than half of the
        // cores only wake each other.
        int carriers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, Integer.toString(carriers));
        }
        int code = commandLine().execute(arguments);
        // a server goes on in its own threads
        if (code != ServeCommand.GOES_ON) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                System.getenv("NO_COLOR") == null
                                        ? CommandLine.Help.Ansi.AUTO
                                        : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::bug);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("tw: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("tw: try ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static int bug(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        StackTraceElement[] trace = e.getStackTrace();
        line.getErr()
                .println(
                        "tw: this is a fault of Tierwise: "
                                + e.getClass().getName()
                                + (trace.length == 0 ? "" : " at " + trace[0])
                                + "; please report it.");
        return FAILED;
    }

    /// Tells the version that the build wrote into the manifest.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "tierwise " + (version == null ? "development" : version),
                "java " + Runtime.version()
            };
        }
    }
}
