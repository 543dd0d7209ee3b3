package dev.tierwise.config;

import java.nio.file.*;
import java.util.*;
import java.util.function.*;
import org.jspecify.annotations.Nullable;

/// t
public final class ConfigFile {
    private ConfigFile() {}

    /// t
    public static Optional<Path> find(
            @Nullable Path f, Function<String, @Nullable String> e, Path d) {
        return Optional.ofNullable(f);
    }

    /// t
    public static Reading read(Path f, Function<String, @Nullable String> e) {
        return new Reading.Loaded(Config.DEFAULT);
    }

    /// t
    public static String schema() {
        return "";
    }
}
