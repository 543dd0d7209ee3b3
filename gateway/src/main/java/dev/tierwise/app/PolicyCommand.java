package dev.tierwise.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tw policy`.
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Checks, explains and compares policies: which class of data may go where.",
        subcommands = {
            PolicyCheckCommand.class,
            PolicyExplainCommand.class,
            PolicyDiffCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw policy check",
            "  ./tw policy explain --class phi --tenant clinic",
            "  ./tw policy diff old.yaml tierwise.yaml --refuse-wider"
        })
final class PolicyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
