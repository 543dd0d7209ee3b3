package dev.tierwise.config;

import java.nio.file.*;
import java.util.function.*;
import org.jspecify.annotations.Nullable;

/// t
public final class ConfigWatch {
    private ConfigWatch() {}

    /// t
    public static void start(Path f, Function<String, @Nullable String> e, Consumer<Reading> c) {}
}
