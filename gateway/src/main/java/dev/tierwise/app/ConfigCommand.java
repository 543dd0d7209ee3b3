package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigFile;
import dev.tierwise.discover.Found;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tw config`.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Checks the configuration, or prints its JSON Schema.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Schema.class},
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw config check", "  ./tw config schema > tierwise.schema.json"})
final class ConfigCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.DONE;
    }

    /// `tw config check`.
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Reads the configuration and says all that is wrong with it.")
    static final class Check implements Callable<Integer> {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final ConfigOption configuration = new ConfigOption();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            Optional<Path> file = configuration.find();
            if (file.isEmpty()) {
                err.println("tw: there is no configuration file; the defaults hold.");
                return Main.NOT_FOUND;
            }
            Optional<Config> config = configuration.read(err);
            List<String> problems = config.map(Check::problems).orElse(List.of());
            problems.forEach(problem -> err.println("tw: " + problem));
            boolean good = config.isPresent() && problems.isEmpty();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println("{\"valid\":" + good + "}");
            } else if (good) {
                out.println(file.get() + " is valid.");
            }
            return good ? Main.DONE : Main.FAILED;
        }

        private static List<String> problems(Config config) {
            Gateway.Surroundings surroundings = Gateway.Surroundings.real();
            return Gateway.sources(config, Found.NOTHING, surroundings).problems();
        }
    }

    /// `tw config schema`.
    @Command(
            name = "schema",
            mixinStandardHelpOptions = true,
            description = "Prints the JSON Schema of tierwise.yaml, for editors.")
    static final class Schema implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().print(ConfigFile.schema());
            spec.commandLine().getOut().flush();
            return Main.DONE;
        }
    }
}
