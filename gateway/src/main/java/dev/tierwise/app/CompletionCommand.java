package dev.tierwise.app;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tw completion`.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a completion script for a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(./tw completion bash)",
            "  ./tw completion fish > ~/.config/fish/completions/tw.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /// The shells that can be completed in.
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = Main.commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (shell) {
                    // picocli's script serves zsh through bashcompinit
                    case BASH, ZSH -> AutoComplete.bash("tw", root);
                    case FISH -> fish(root);
                });
        out.flush();
        return Main.DONE;
    }

    private static String fish(CommandLine root) {
        var script = new StringBuilder("complete -c tw -f\n");
        for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
            String name = command.getKey();
            CommandSpec of = command.getValue().getCommandSpec();
            script.append("complete -c tw -n __fish_use_subcommand -a ")
                    .append(name)
                    .append(" -d '")
                    .append(first(of.usageMessage().description()))
                    .append("'\n");
            for (OptionSpec option : of.options()) {
                script.append("complete -c tw -n '__fish_seen_subcommand_from ")
                        .append(name)
                        .append("' -l ")
                        .append(option.longestName().replaceFirst("^--?", ""))
                        .append(option.arity().max() > 0 ? " -r" : "")
                        .append(" -d '")
                        .append(first(option.description()))
                        .append("'\n");
            }
        }
        return script.toString();
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replace("'", "");
    }
}
