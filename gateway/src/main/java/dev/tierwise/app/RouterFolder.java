package dev.tierwise.app;

import dev.tierwise.config.Config;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say where what was learned is.
final class RouterFolder {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where what was learned is; default: `router` beside the ledger.")
    private @Nullable Path folder;

    @Mixin private final ConfigOption configuration = new ConfigOption();

    /// The folder; empty when the configuration cannot be used.
    Optional<Path> find(PrintWriter err) {
        if (folder != null) {
            return Optional.of(folder);
        }
        return configuration.read(err).map(RouterFolder::of);
    }

    private static Path of(Config config) {
        Path ledger = config.ledger();
        return Folders.router(ledger == null ? Folders.of(System::getenv).ledger() : ledger);
    }
}
