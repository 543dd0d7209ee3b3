import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.KvCache;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Quantisation;
import dev.tierwise.fit.Shapes;
import dev.tierwise.fit.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the planner with what llama.cpp itself prints: writes the heads of known models with a
/// hole for weights, has `llama-quantize --dry-run` say what becomes of each matrix, and reads from
/// `llama-server` what it would take, which it prints before it loads anything. Nothing is loaded,
/// nothing is fetched, and the files take no room.
///
/// Usage: java -cp GATEWAY_CLASS_PATH catalogue/ComparePlans.java --llama-cpp FOLDER_OF_ITS_PROGRAMS
/// --out FOLDER [--detail] [MODEL ...]
public final class ComparePlans {
    private static final double MEBIBYTE = 1 << 20;
    private static final List<String> MODELS =
            List.of(
                    "smollm2-135m",
                    "smollm3-3b",
                    "llama-3.2-1b",
                    "llama-3.2-3b",
                    "llama-3.1-8b",
                    "llama-3.3-70b",
                    "mistral-7b-v0.3",
                    "qwen2.5-0.5b",
                    "qwen2.5-7b",
                    "qwen3-0.6b",
                    "qwen3-4b",
                    "qwen3-8b",
                    "qwen3-14b",
                    "qwen3-30b-a3b",
                    "gemma-2-2b",
                    "gemma-2-9b",
                    "gemma-3-1b",
                    "gemma-3-4b",
                    "gemma-3-12b",
                    "gemma-3-27b",
                    "phi-4-14b",
                    "gpt-oss-20b",
                    "gpt-oss-120b",
                    "qwen3.5-9b");

    private static final Pattern TENSOR =
            Pattern.compile("\\] +(\\S+) +- \\[.*?\\], type = +(\\S+), size = .*?(?:\\((\\S+)\\))?$");
    private static final Pattern SIZE = Pattern.compile("quant size +=  *([\\d.]+) MiB");
    private static final Pattern CACHE =
            Pattern.compile("llama_(?:kv_cache|memory_recurrent): size = +([\\d.]+) MiB");
    private static final Pattern COMPUTE = Pattern.compile("compute buffer size = +([\\d.]+) MiB");

    private final Path tools;
    private final Path out;
    private final boolean detail;

    /// What llama.cpp prints and what the plan says, in MiB.
    record Pair(double printed, double planned) {
        double off() {
            return planned / printed - 1;
        }

        Pair plus(Pair other) {
            return new Pair(printed + other.printed, planned + other.planned);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%,.1f | %,.1f | %+.2f %%", printed, planned, 100 * off());
        }
    }

    /// One load.
    record Row(Load load, Pair weights, Pair cache, Pair compute) {
        Pair total() {
            return weights.plus(cache).plus(compute);
        }
    }

    private ComparePlans(Path tools, Path out, boolean detail) {
        this.tools = tools;
        this.out = out;
        this.detail = detail;
    }

    /// Prints two tables in Markdown.
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>();
        List<String> models = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--llama-cpp", "--out" -> options.put(arguments[i], arguments[++i]);
                case "--detail" -> options.put("--detail", "");
                default -> models.add(arguments[i]);
            }
        }
        if (!options.containsKey("--llama-cpp") || !options.containsKey("--out")) {
            System.err.println(
                    "usage: ComparePlans --llama-cpp FOLDER --out FOLDER [--detail] [MODEL ...]");
            System.exit(2);
        }
        new ComparePlans(
                        Path.of(options.get("--llama-cpp")),
                        Files.createDirectories(Path.of(options.get("--out"))),
                        options.containsKey("--detail"))
                .compare(models.isEmpty() ? MODELS : models);
    }

    private void compare(List<String> models) throws IOException {
        System.out.println(
                "| model | weights printed MiB | planned | off | cache off at most | computation printed"
                        + " MiB | planned | total off | total off at most |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        Shapes shapes = Shapes.load();
        for (String name : models) {
            ModelShape model = shapes.named(name).orElseThrow();
            List<Row> rows = rows(model);
            Row first = rows.getFirst();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s %% | %,.1f | %,.1f | %+.1f %% | %s %% |%n",
                    model.id(),
                    first.weights,
                    worst(rows.stream().map(Row::cache).toList()),
                    first.compute.printed,
                    first.compute.planned,
                    100 * first.total().off(),
                    worst(rows.stream().map(Row::total).toList()));
            if (detail) {
                rows.forEach(ComparePlans::show);
            }
        }
    }

    private static void show(Row row) {
        System.out.printf(
                "  context %,d slots %d %s: cache %s; computation %s; total %s%n",
                row.load.context(),
                row.load.slots(),
                row.load.cache(),
                row.cache,
                row.compute,
                row.total());
    }

    private static String worst(List<Pair> pairs) {
        double worst = 0;
        for (Pair pair : pairs) {
            worst = Math.abs(pair.off()) > Math.abs(worst) ? pair.off() : worst;
        }
        return String.format(Locale.ROOT, "%+.1f", 100 * worst);
    }

    private List<Row> rows(ModelShape model) throws IOException {
        Heads heads = Heads.of(model).orElseThrow();
        Quantised quantised = quantised(model, heads);
        Path file = out.resolve(model.id() + ".gguf");
        heads.file(
                        model.usual() == Quantisation.MXFP4 ? 38 : 15,
                        heads.parts().stream()
                                .map(it -> new Part(
                                        it.name(), quantised.type(it.name()), it.shape()))
                                .toList())
                .write(file);
        List<Row> rows = new ArrayList<>();
        for (int context : new int[] {4096, 32_768}) {
            for (int slots : new int[] {1, 4}) {
                for (KvCache.Type type : List.of(KvCache.Type.F16, KvCache.Type.Q8_0)) {
                    Load load = new Load(model, model.usual(), context, slots, type);
                    row(load, file, quantised.mebibytes).ifPresent(rows::add);
                }
            }
        }
        return rows;
    }

    /// What llama-quantize would make of each tensor, and of all.
    private record Quantised(Map<String, Part.Type> types, double mebibytes) {
        Part.Type type(String tensor) {
            return Objects.requireNonNull(types.get(tensor), tensor);
        }
    }

    private Quantised quantised(ModelShape model, Heads heads) throws IOException {
        Path half = out.resolve(model.id() + "-F16.gguf");
        heads.file(1, heads.parts()).write(half);
        String into = model.usual() == Quantisation.MXFP4 ? "MXFP4_MOE" : "Q4_K_M";
        Process process = start("llama-quantize", "--dry-run", half.toString(), into);
        Map<String, Part.Type> types = new HashMap<>();
        double mebibytes = 0;
        for (String line : process.inputReader().lines().toList()) {
            Matcher tensor = TENSOR.matcher(line);
            Matcher size = SIZE.matcher(line);
            if (tensor.find()) {
                String to = tensor.group(3) == null ? tensor.group(2) : tensor.group(3);
                types.put(tensor.group(1), Part.Type.named(to));
            } else if (size.find()) {
                mebibytes = Double.parseDouble(size.group(1));
            }
        }
        Files.delete(half);
        return new Quantised(types, mebibytes);
    }

    private Optional<Row> row(Load load, Path file, double weights) throws IOException {
        String type = load.cache().name().toLowerCase(Locale.ROOT);
        Process server =
                start(
                        "llama-server",
                        "--model",
                        file.toString(),
                        "--ctx-size",
                        Integer.toString(load.context() * load.slots()),
                        "--parallel",
                        Integer.toString(load.slots()),
                        "--cache-type-k",
                        type,
                        "--cache-type-v",
                        type,
                        "--no-repack",
                        "--no-warmup",
                        "--port",
                        "0",
                        "--verbose");
        double cache = 0;
        double compute = 0;
        boolean done = false;
        for (String line; !done && (line = server.inputReader().readLine()) != null; ) {
            Matcher kept = CACHE.matcher(line);
            Matcher step = COMPUTE.matcher(line);
            cache += kept.find() ? Double.parseDouble(kept.group(1)) : 0;
            compute = step.find() ? Double.parseDouble(step.group(1)) : compute;
            done = line.contains("- Host  "); // all of its figures, before it loads anything
        }
        server.destroyForcibly();
        if (!done) {
            System.err.printf(
                    "llama-server ended without a figure: context %d, slots %d, cache %s of %s%n",
                    load.context(), load.slots(), type, file);
            return Optional.empty();
        }
        MemoryPlan plan = MemoryPlan.of(load);
        // its computed size: the file is ours, not the one whose size was published
        Figure sizes =
                Weights.of(load.model(), load.quantisation())
                        .map(it -> it.computed() == null ? it.bytes() : it.computed())
                        .orElseThrow();
        return Optional.of(
                new Row(
                        load,
                        new Pair(weights, sizes.value() / MEBIBYTE),
                        new Pair(cache, mebibytes(plan.cache())),
                        new Pair(compute, mebibytes(plan.compute()))));
    }

    private static double mebibytes(Figure figure) {
        return Objects.requireNonNull(figure).value() / MEBIBYTE;
    }

    private Process start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(tools.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
