package dev.tierwise.app;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.runtime.OllamaControl;
import dev.tierwise.call.runtime.RuntimeControl.Look;
import dev.tierwise.call.runtime.RuntimeControl.Scope;
import dev.tierwise.call.runtime.RuntimeServer;
import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.core.figure.Figure;
import dev.tierwise.discover.OllamaAddress;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.Shapes;
import dev.tierwise.machine.Probes;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What another program on this machine says that a load takes, beside the plan. Only a program in
/// the folders of `PATH` is started, and only the loopback address is asked; who is not there or
/// does not answer in time says nothing.
///
/// @param who says so
/// @param total what it says in bytes
/// @param planned what the plan says of the same parts
/// @param parts in words
record FitWitness(String who, Figure total, Figure planned, String parts) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final String TOOL = "llama-fit-params";
    private static final String SERVER = "llama-server";
    private static final long MEBIBYTE = 1 << 20;

    /// A device's name and what lies on it of weights, cache and computation, in MiB.
    private static final Pattern DEVICE =
            Pattern.compile("^\\S+ (\\d{1,9}) (\\d{1,9}) (\\d{1,9}) ?$", Pattern.MULTILINE);

    /// The plan's difference, as a part of what the witness says.
    double difference() {
        return planned.value() / total.value() - 1;
    }

    /// As one line.
    String says() {
        return String.format(
                Locale.ROOT,
                "%s says: %s, total %.2f GB; the plan's same parts are %.2f GB, difference %+.1f %%",
                who,
                parts,
                total.value() / 1e9,
                planned.value() / 1e9,
                100 * difference());
    }

    /// All that can be had.
    ///
    /// @param name of the model, as it was asked for
    /// @param file of the model, where it is one here
    static List<FitWitness> of(MemoryPlan plan, String name, Optional<Path> file) {
        List<FitWitness> all = new ArrayList<>();
        file.flatMap(it ->
                        program(String.valueOf(System.getenv("PATH")))
                                .flatMap(tool -> llama(Probes.real(), tool, it, plan)))
                .ifPresent(all::add);
        OllamaAddress.of(Optional.ofNullable(System.getenv("OLLAMA_HOST")).orElse(""))
                .filter(OllamaAddress::loopback)
                .flatMap(address -> ollama(address, name, plan))
                .ifPresent(all::add);
        return all;
    }

    // ---- llama.cpp

    /// llama.cpp's tool in the folders of a path, or beside its server.
    static Optional<Path> program(String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            try {
                Path place = Path.of(folder);
                if (!place.isAbsolute()) {
                    continue;
                }
                if (Files.isExecutable(place.resolve(TOOL))) {
                    return Optional.of(place.resolve(TOOL));
                }
                Path server = place.resolve(SERVER);
                if (Files.isExecutable(server)) {
                    Path beside = server.toRealPath().resolveSibling(TOOL);
                    if (Files.isExecutable(beside)) {
                        return Optional.of(beside);
                    }
                }
            } catch (IOException | InvalidPathException _) {
                // the next folder may have it
            }
        }
        return Optional.empty();
    }

    /// What llama.cpp's tool prints of a file. It reads the head only.
    static Optional<FitWitness> llama(Probes probes, Path tool, Path file, MemoryPlan plan) {
        Load load = plan.load();
        String type = load.cache().name().toLowerCase(Locale.ROOT);
        List<String> command =
                List.of(
                        tool.toString(),
                        "--model",
                        file.toAbsolutePath().toString(),
                        "--ctx-size",
                        Long.toString((long) load.context() * load.slots()),
                        "--parallel",
                        Integer.toString(load.slots()),
                        "--cache-type-k",
                        type,
                        "--cache-type-v",
                        type,
                        // it does not count weights that it lays out anew for a processor
                        "--no-repack",
                        "--offline",
                        "--fit-print",
                        "on");
        return probes.run(command, PATIENCE) instanceof Probes.Reading.Said(int status, String text)
                        && status == 0
                ? printed(text, plan)
                : Optional.empty();
    }

    private static Optional<FitWitness> printed(String text, MemoryPlan plan) {
        long weights = 0;
        long cache = 0;
        long compute = 0;
        for (Matcher device = DEVICE.matcher(text); device.find(); ) {
            weights += Long.parseLong(device.group(1));
            cache += Long.parseLong(device.group(2));
            compute += Long.parseLong(device.group(3));
        }
        long total = (weights + cache + compute) * MEBIBYTE;
        String parts =
                String.format(
                        Locale.ROOT,
                        "weights %,d, cache %,d, computation %,d MiB",
                        weights,
                        cache,
                        compute);
        return plan.answered()
                .filter(_ -> total > 0)
                .map(planned ->
                        new FitWitness(
                                "llama.cpp",
                                Figure.measured((double) total, TOOL),
                                planned,
                                parts));
    }

    // ---- Ollama

    private static Optional<FitWitness> ollama(
            OllamaAddress address, String name, MemoryPlan plan) {
        Vertx vertx = Gateway.newVertx();
        try {
            var fetch = new HttpFetch(vertx);
            var server = new RuntimeServer("Ollama", address.url(), Map.of());
            return new OllamaControl(fetch, fetch, server).look(Scope.MEMORY, GLANCE)
                            instanceof Look.Seen(RuntimeView view)
                    ? held(view, name, plan)
                    : Optional.empty();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /// A model that it has in memory with the same context. It does not say for how many requests
    /// at once.
    static Optional<FitWitness> held(RuntimeView view, String name, MemoryPlan plan) {
        Load load = plan.load();
        for (RuntimeView.Held held : view.memory()) {
            Long bytes = held.size().bytes();
            Integer context = held.size().context();
            Figure planned = plan.parts().orElse(null);
            boolean same =
                    context != null && context == load.context() && isSame(held.name(), name, load);
            if (same && bytes != null && bytes > 0 && planned != null) {
                String parts =
                        String.format(
                                Locale.ROOT, "`%s` with a context of %,d", held.name(), context);
                Figure total = Figure.measured((double) bytes, "Ollama's /api/ps");
                return Optional.of(new FitWitness("Ollama", total, planned, parts));
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(String held, String name, Load load) {
        return held.equals(name)
                || held.equals(name + ":latest")
                || Shapes.load().named(held).filter(load.model()::equals).isPresent();
    }
}
