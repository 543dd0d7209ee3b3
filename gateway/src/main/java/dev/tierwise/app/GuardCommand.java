package dev.tierwise.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tw guard`.
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description = "Teaches the detector of identifiers.",
        subcommands = {GuardTrainCommand.class, GuardGazetteerCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw guard train notes.jsonl --out notes.tagger"})
final class GuardCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.DONE;
    }
}
