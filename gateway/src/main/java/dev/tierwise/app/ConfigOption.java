package dev.tierwise.app;

import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigFile;
import dev.tierwise.config.Reading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that names the configuration file, and how commands read it.
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration. Default: $TIERWISE_CONFIG, then ./tierwise.yaml, then"
                            + " $XDG_CONFIG_HOME/tierwise/config.yaml, then none.")
    private @Nullable String file;

    /// The file in force, if there is one.
    Optional<Path> find() {
        return ConfigFile.find(file, System::getenv, Path.of(""));
    }

    /// Reads the file, or takes the defaults where there is none. Prints what is wrong.
    ///
    /// @return empty when the file cannot be used
    Optional<Config> read(PrintWriter err) {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            return Optional.of(Config.DEFAULT);
        }
        return switch (ConfigFile.read(found.get(), System::getenv)) {
            case Reading.Loaded(Config config) -> Optional.of(config);
            case Reading.Invalid(var problems) -> {
                problems.forEach(problem -> err.println("tw: " + problem.text()));
                yield Optional.empty();
            }
        };
    }
}
