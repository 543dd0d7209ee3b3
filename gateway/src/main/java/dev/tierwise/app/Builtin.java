package dev.tierwise.app;

import dev.tierwise.call.Endurance;
import dev.tierwise.config.Config;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.engine.run.Engine;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A model that runs in this process.
///
/// @param card what is known of it
/// @param file its GGUF file
record Builtin(ModelCard card, Path file) {
    /// The name that stands for an upstream.
    static final String UPSTREAM = "built-in";

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int SLOTS = 2;

    /// One core is left to the rest of the gateway.
    static final Engine.Settings SETTINGS =
            new Engine.Settings(Math.max(1, CORES - 1), SLOTS, 4_096, 64);

    static final Endurance ENDURANCE =
            new Endurance(0, 8 * SLOTS, Duration.ofSeconds(30), Duration.ofSeconds(5));

    private static final Set<Capability> CAPABILITIES =
            EnumSet.of(Capability.JSON_MODE, Capability.JSON_SCHEMA, Capability.LOGPROBS);

    /// Bytes that models in memory may take together: half of what the machine, or the container,
    /// has.
    static long memory() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() / 2
                : 2L << 30;
    }

    /// The models that run in this process beside `others`: the demonstration model where there is
    /// no other local model.
    static List<Builtin> find(Config config, List<ModelCard> others) {
        boolean local = others.stream().anyMatch(model -> model.tier() == Tier.LOCAL);
        String home = System.getProperty("tierwise.home");
        if (local || home == null || config.discoveryInForce() == Config.Discovery.OFF) {
            return List.of();
        }
        Path demo = Path.of(home, "models", "demo", "tierwise-demo.gguf");
        return Files.isReadable(demo) ? List.of(of("tierwise-demo", demo, 512)) : List.of();
    }

    private static Builtin of(String name, Path file, int context) {
        return new Builtin(
                new ModelCard(
                        name,
                        UPSTREAM,
                        name,
                        Tier.LOCAL,
                        DataClass.SECRET,
                        context,
                        CAPABILITIES,
                        Price.FREE),
                file);
    }
}
