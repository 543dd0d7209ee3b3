package dev.tierwise.app;

import dev.tierwise.call.Endurance;
import dev.tierwise.config.Config;
import dev.tierwise.config.EngineSettings;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import dev.tierwise.engine.demo.Gate;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.models.Store;
import dev.tierwise.models.Stored;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A model that runs in this process.
///
/// @param card what is known of it
/// @param file its GGUF file
/// @param gate of the demonstration model: says which of its answers are given; null for others
/// @param adapter what changes it; null for nothing
record Builtin(
        ModelCard card, Path file, @Nullable Gate gate, EngineSettings.@Nullable Adapter adapter) {
    private static final System.Logger LOG = System.getLogger("tierwise.engine");

    /// The name that stands for an upstream.
    static final String UPSTREAM = "built-in";

    /// The demonstration model.
    static final String DEMO = "tierwise-demo";

    private static final Pattern FAMILIES =
            Pattern.compile(
                    "(llama-3\\.\\d|smollm2|qwen2\\.5|qwen3|qwq|mistral-(7b|nemo)|phi-(3\\.5|4)|gemma-[23]"
                            + "|deepseek-r1-distill)-");

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final long CONTEXT = 4_096;
    private static final long DEMO_CONTEXT = 1_024;
    private static final int BATCH = 64;

    static final Endurance ENDURANCE =
            new Endurance(0, 16, Duration.ofSeconds(30), Duration.ofSeconds(5));

    private static final Set<Capability> CAPABILITIES =
            EnumSet.of(Capability.JSON_MODE, Capability.JSON_SCHEMA, Capability.LOGPROBS);

    /// How one works; one core is left to the rest of the gateway.
    Engine.Settings settings(EngineSettings wished) {
        Integer threads = wished.threads();
        int slots = wished.slots();
        return new Engine.Settings(
                threads == null ? Math.max(1, CORES - 1) : Math.clamp(threads, 1, CORES),
                slots,
                (int) card.context(),
                Math.max(BATCH, slots));
    }

    /// Whether the engine knows the architecture of a model, as its name tells: dense models of
    /// these families; docs/guide/engine.md has the architectures.
    static boolean runs(ModelShape model) {
        return model.experts() == null && FAMILIES.matcher(model.id()).lookingAt();
    }

    /// Bytes that models in memory may take together: half of what the machine, or the container,
    /// has.
    static long memory() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() / 2
                : 2L << 30;
    }

    /// What was found.
    ///
    /// @param models the models that run in this process
    /// @param problems adapters that cannot be used, each with its remedy
    record Found(List<Builtin> models, List<String> problems) {}

    /// The models that run in this process beside `others`: those that were pulled, with the
    /// adapters that the configuration names, and the demonstration model where there is no other
    /// local one.
    static Found find(Config config, List<ModelCard> others, Store store) {
        boolean off = config.discoveryInForce() == Config.Discovery.OFF;
        List<EngineSettings.Adapter> adapters = config.engine().adapters();
        if (off && adapters.isEmpty()) {
            return new Found(List.of(), List.of());
        }
        List<Builtin> pulled = pulled(config.engine(), store);
        var found = new ArrayList<Builtin>(off ? List.of() : pulled);
        var problems = new ArrayList<String>();
        for (EngineSettings.Adapter adapter : adapters) {
            changed(adapter, pulled, problems).ifPresent(found::add);
        }
        boolean local = others.stream().anyMatch(model -> model.tier() == Tier.LOCAL);
        String home = System.getProperty("tierwise.home");
        if (!off && found.isEmpty() && !local && home != null) {
            demo(Path.of(home, "models", "demo")).ifPresent(found::add);
        }
        return new Found(found, problems);
    }

    private static List<Builtin> pulled(EngineSettings settings, Store store) {
        Long wished = settings.context();
        long most = wished == null ? CONTEXT : wished;
        var found = new ArrayList<Builtin>();
        for (Stored pulled : store.list().models()) {
            long trained = pulled.facts().context();
            long context = trained > 0 ? Math.min(trained, most) : most;
            if (pulled.facts().trouble() == null) {
                found.add(of(pulled.name(), pulled.file(), context, null));
            }
        }
        return found;
    }

    private static Optional<Builtin> changed(
            EngineSettings.Adapter adapter, List<Builtin> pulled, List<String> problems) {
        String at = "engine.adapters: `" + adapter.name() + "`: ";
        if (!Files.isReadable(adapter.file())) {
            problems.add(at + "no file " + adapter.file() + " can be read; mend `file`");
            return Optional.empty();
        }
        for (Builtin model : pulled) {
            if (model.card.name().equals(adapter.model())) {
                ModelCard card = of(adapter.name(), model.file, model.card.context(), null).card;
                return Optional.of(new Builtin(card, model.file, null, adapter));
            }
        }
        problems.add(
                at
                        + "no model `"
                        + adapter.model()
                        + "` was pulled; `./tw models ls` shows what was, `./tw pull` gets one");
        return Optional.empty();
    }

    /// The demonstration model of a folder, never without its gate.
    private static Optional<Builtin> demo(Path folder) {
        Path file = folder.resolve(DEMO + ".gguf");
        Path gate = folder.resolve(DEMO + ".gate");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(DEMO, file, DEMO_CONTEXT, Gate.read(gate)));
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The demonstration model is not served: its gate " + gate + " cannot be read");
            return Optional.empty();
        }
    }

    private static Builtin of(String name, Path file, long context, @Nullable Gate gate) {
        return new Builtin(
                new ModelCard(
                        name,
                        UPSTREAM,
                        name,
                        Tier.LOCAL,
                        DataClass.SECRET,
                        ModelCard.HOST,
                        context,
                        CAPABILITIES,
                        Price.FREE),
                file,
                gate,
                null);
    }
}
