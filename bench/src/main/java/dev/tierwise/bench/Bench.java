package dev.tierwise.bench;

import dev.tierwise.bench.Choice.Rival;
import dev.tierwise.bench.Choice.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// The command `./tw bench`.
@Command(
        name = "tw bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures what the gateway costs on this machine.",
        footer = {
            "",
            "A full run takes about 15 minutes and writes docs/performance.md; a quick one takes"
                    + " three, and writes to target/bench only.",
            "CPU time per answer and ratios within one round are the figures to trust; latency and"
                    + " throughput move with whatever else the machine does.",
            "",
            "Examples:",
            "  ./tw bench --quick",
            "  ./tw bench --only json --targets relay,tierwise",
            "  ./tw bench --only startup,soak",
            "  ./tw bench --only engine --llama-bench /usr/bin/llama-bench"
        })
final class Bench implements Runnable {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description =
                    "json, stream, startup, stages, soak, engine (default: all but the last two)")
    private Set<Topic> only = EnumSet.complementOf(EnumSet.of(Topic.SOAK, Topic.ENGINE));

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "TARGET",
            description = "nginx, relay, tierwise (default: all); direct is always measured")
    private Set<Rival> targets = EnumSet.allOf(Rival.class);

    @Option(names = "--quick", description = "short rounds; docs/performance.md is left alone")
    private boolean quick;

    @Option(names = "--soak", description = "adds: memory after 1,000,000 requests (minutes)")
    private boolean soak;

    @Option(
            names = "--gap-micros",
            paramLabel = "N",
            description = "time between two chunks of a stream (default: ${DEFAULT-VALUE})")
    private long gapMicros = 20_000;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "a GGUF file for --only engine (default: random weights, made once)")
    private List<Path> models = List.of();

    @Option(
            names = "--llama-bench",
            paramLabel = "PROGRAM",
            description = "llama.cpp's llama-bench, measured in turn with the engine")
    private @Nullable Path llamaBench;

    @Option(
            names = "--root",
            hidden = true,
            paramLabel = "DIR",
            description = "the repository (default: current folder)")
    private Path root = Path.of("");

    private static final int STARTS = 7;
    private static final int QUICK_STARTS = 2;
    private static final long SOAK_REQUESTS = 1_000_000;
    private static final long QUICK_SOAK_REQUESTS = 20_000;

    /// Says on standard error how far things are.
    static void progress(String line) {
        System.err.println(line);
    }

    @Override
    public void run() {
        Path base = root.toAbsolutePath().normalize();
        try {
            Path work = Files.createDirectories(base.resolve("target/bench"));
            List<Part> parts = measure(new Commands(base, work));
            write(parts, base, work);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the results", e);
        }
    }

    private List<Part> measure(Commands commands) {
        var wanted = new LinkedHashSet<>(only);
        if (soak) {
            wanted.add(Topic.SOAK);
        }
        return wanted.stream().map(topic -> measure(topic, commands)).toList();
    }

    private Part measure(Topic topic, Commands commands) {
        return switch (topic) {
            case JSON -> suite(false, commands);
            case STREAM -> suite(true, commands);
            case STARTUP -> new Startup(quick ? QUICK_STARTS : STARTS).run(commands, command());
            case ENGINE -> new EngineSpeed(models, llamaBench, quick).run(commands, command());
            case STAGES -> new Micro(quick).run(command());
            case SOAK ->
                    new Soak(quick ? QUICK_SOAK_REQUESTS : SOAK_REQUESTS).run(commands, command());
        };
    }

    private Part suite(boolean stream, Commands commands) {
        double before = Machine.load();
        var suite = new Suite(stream, quick ? Suite.Pace.QUICK : Suite.Pace.FULL);
        try (var up = Targets.start(commands, stream, gapMicros, targets);
                var load = LoadChild.start(commands)) {
            List<Measured> all = suite.run(up, load);
            var notes = new ArrayList<>(up.notes());
            notes.add(suite.pace().line());
            if (quick) {
                notes.add(
                        "a quick run: code is still being compiled, so do not quote these figures");
            }
            if (stream) {
                notes.add("streams of 32 chunks, one every " + gapMicros + " µs");
            }
            return Part.of(suite, Part.origin(command(), before, notes), all);
        }
    }

    private String command() {
        var words = new ArrayList<>(List.of("./tw", "bench"));
        words.add("--only=" + only.stream().map(Topic::word).collect(Collectors.joining(",")));
        if (targets.size() < Rival.values().length) {
            words.add(
                    "--targets="
                            + targets.stream().map(Rival::word).collect(Collectors.joining(",")));
        }
        models.forEach(model -> words.add("--model=" + model.getFileName()));
        if (llamaBench != null) {
            words.add("--llama-bench=" + llamaBench.getFileName());
        }
        if (quick) {
            words.add("--quick");
        }
        if (soak) {
            words.add("--soak");
        }
        return String.join(" ", words);
    }

    private void write(List<Part> parts, Path base, Path work) throws IOException {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("machine", Machine.here());
        figures.put("command", command());
        Path file = quick ? work.resolve("performance.md") : base.resolve("docs/performance.md");
        var page = new Page(Files.exists(file) ? Files.readString(file) : "# Performance\n");
        for (Part part : parts) {
            page = page.with(part.name(), part.body());
            figures.put(part.name(), part.figures());
            System.out.println("\n## " + part.name() + "\n\n" + part.body());
        }
        Files.writeString(file, page.text());
        Path results = work.resolve("results.json");
        Files.write(
                results,
                JsonMapper.builder()
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(figures));
        progress("written: " + file + ", " + results);
    }
}
