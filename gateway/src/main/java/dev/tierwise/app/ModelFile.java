package dev.tierwise.app;

import dev.tierwise.catalogue.OwnModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The file with models of the user's own, beside the user's configuration.
///
/// @param path where it is, whether it exists or not
record ModelFile(Path path) {
    private static final System.Logger LOG = System.getLogger("tierwise.models");

    /// That of this user: `tierwise/models.yaml` in `$XDG_CONFIG_HOME`, which is `~/.config` where
    /// it is not set.
    static ModelFile of(Function<String, @Nullable String> environment) {
        String config = environment.apply("XDG_CONFIG_HOME");
        String home = environment.apply("HOME");
        // the specification: a path that is not absolute is to be ignored
        Path folder =
                config != null && Path.of(config).isAbsolute()
                        ? Path.of(config)
                        : Path.of(home == null ? System.getProperty("user.home") : home)
                                .resolve(".config");
        return new ModelFile(folder.resolve("tierwise/models.yaml"));
    }

    /// Reads it; none where it is not there.
    OwnModels.Made read() {
        try {
            return switch (OwnModels.read(Files.readString(path))) {
                case OwnModels.Made.Bad(String problem) ->
                        new OwnModels.Made.Bad(path + ", " + problem);
                case OwnModels.Made.Good good -> good;
            };
        } catch (NoSuchFileException _) {
            return new OwnModels.Made.Good(OwnModels.NONE);
        } catch (IOException e) {
            return new OwnModels.Made.Bad(
                    path
                            + " cannot be read ("
                            + e.getMessage()
                            + "). Save it as UTF-8 text that this user may read");
        }
    }

    /// Its models; none, and a warning, where anything in it is wrong.
    OwnModels orNone() {
        return switch (read()) {
            case OwnModels.Made.Good(OwnModels models) -> models;
            case OwnModels.Made.Bad(String problem) -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "your own models are left out, those of the catalogue hold: {0}",
                        problem);
                yield OwnModels.NONE;
            }
        };
    }
}
