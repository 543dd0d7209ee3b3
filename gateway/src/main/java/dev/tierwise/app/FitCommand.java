package dev.tierwise.app;

import dev.tierwise.call.process.LlamaBinary;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.OwnModels;
import dev.tierwise.core.figure.Figure;
import dev.tierwise.evidence.Evidence;
import dev.tierwise.evidence.Profile;
import dev.tierwise.fit.Advice;
import dev.tierwise.fit.Hardware;
import dev.tierwise.fit.KvCache;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Quantisation;
import dev.tierwise.fit.Shapes;
import dev.tierwise.fit.Speed;
import dev.tierwise.machine.Described;
import dev.tierwise.machine.Detection;
import dev.tierwise.machine.Machine;
import dev.tierwise.machine.Probes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tw fit`.
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says which models fit this machine, or another one: what they take part by part, how"
                    + " fast they are, and what the same tokens would cost in the cloud.",
            "Every figure says where it comes from: read or measured here, given by you, published"
                    + " or measured by others, or estimated."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw fit",
            "  ./tw fit llama3.2:3b --context 32768 --slots 4",
            "  ./tw fit --machine \"DGX Spark\" --html fit.html",
            "  ./tw fit --memory 24G --bandwidth 400 --json | jq .recommended",
            "  ./tw fit --want llama-3.3-70b --tokens-per-second 20",
            "  ./tw fit --pull"
        })
final class FitCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description =
                    "This model only: a name, a GGUF file, or the address of one, of which only the"
                            + " head is fetched.")
    private @Nullable String model;

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            description = "A machine or card that you do not have, such as \"M5 Pro 48G\".")
    private @Nullable String machine;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory that models may lie in, such as 24G.")
    private @Nullable String memory;

    @Option(names = "--bandwidth", paramLabel = "GB/S", description = "Of that memory.")
    private @Nullable String bandwidth;

    @Option(names = "--ram", paramLabel = "SIZE", description = "Main memory, such as 64G.")
    private @Nullable String ram;

    @Option(names = "--cores", paramLabel = "N", description = "Processors.")
    private @Nullable String cores;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Tokens of one request, prompt and answer; default: 8192.")
    private int context = 8192;

    @Option(names = "--slots", paramLabel = "N", description = "Requests at once; default: 1.")
    private int slots = 1;

    @Option(
            names = "--cache",
            paramLabel = "TYPE",
            description = "How keys and values are kept: f16 (default), q8_0, q4_0.")
    private String cache = "f16";

    @Option(
            names = "--quantisation",
            paramLabel = "TYPE",
            description = "Of MODEL's weights, such as q4_k_m; default: what it is handed out in.")
    private @Nullable String quantisation;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            description = "Of the request that a day is reckoned in; default: 500.")
    private int promptTokens = 500;

    @Option(names = "--answer-tokens", paramLabel = "N", description = "Likewise; default: 200.")
    private int answerTokens = 200;

    @Option(
            names = "--want",
            paramLabel = "MODEL",
            description = "Turns the question round: what hardware runs it?")
    private @Nullable String want;

    @Option(
            names = "--tokens-per-second",
            paramLabel = "N",
            description = "How fast --want is to write; default: 20.")
    private double tokensPerSecond = 20;

    @Option(names = "--all", description = "Also list models of more than 15 billion parameters.")
    private boolean all;

    @Option(names = "--pull", description = "Fetch what is recommended.")
    private boolean pull;

    @Option(
            names = "--into",
            paramLabel = "WHERE",
            description =
                    "Who keeps and runs what is recommended: tierwise, ollama; default: an Ollama of this machine"
                            + " that answers, else tierwise.")
    private RuntimePull.@Nullable Into into;

    @Option(
            names = "--models",
            paramLabel = "FILE",
            description =
                    "Models of your own and corrections; default:"
                            + " $XDG_CONFIG_HOME/tierwise/models.yaml, where there is one.")
    private @Nullable Path models;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with bars.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /// The user's own models; none until the file was read.
    private OwnModels own = OwnModels.NONE;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        String wrong = wrong();
        if (wrong != null) {
            return fail(Main.USAGE, wrong);
        }
        var wish =
                new Advice.Wish(context, slots, KvCache.Type.named(cache).orElse(KvCache.Type.F16));
        if (models != null && !Files.exists(models)) {
            return fail(Main.FAILED, "there is no file " + models + "; --models names one to read");
        }
        ModelFile file = models == null ? ModelFile.of(System::getenv) : new ModelFile(models);
        switch (file.read()) {
            case OwnModels.Made.Bad(String problem) -> {
                return fail(Main.FAILED, problem);
            }
            case OwnModels.Made.Good(OwnModels read) -> own = read;
        }
        if (want != null) {
            return wanted(advice(Shapes.load(), Map.of()), wish, want);
        }
        // beside the reading of the machine, which waits for other programs
        var catalogue = CompletableFuture.supplyAsync(this::catalogue);
        return switch (machine()) {
            case Described.Unclear(String problem, List<String> near) ->
                    fail(Main.USAGE, problem + nearest(near));
            case Described.Known(Machine found) -> {
                Advice advice = reachable(advice(found));
                FitReading.Lists lists = lists(advice, catalogue.join());
                yield model == null
                        ? whole(advice, wish, found, lists)
                        : single(advice, wish, found, lists, model);
            }
        };
    }

    /// What was measured here tells of this machine only: its name is in the notes.
    private Advice advice(Machine found) {
        Path notes = SpeedNotes.beside(Folders.of(System::getenv).ledger());
        Shapes shapes = Shapes.load();
        return advice(shapes, SpeedNotes.read(notes, shapes, found.name()));
    }

    /// With the user's own models over those that ship.
    private Advice advice(Shapes shapes, Map<Speed.Own, Figure> measured) {
        Evidence evidence = Evidence.load();
        List<Profile> profiles =
                own.models().stream()
                        .map(it -> OwnShapes.over(it, evidence.profile(OwnShapes.id(it, shapes))))
                        .toList();
        return new Advice(
                OwnShapes.over(shapes, own),
                Speed.load(measured),
                Hardware.load(),
                evidence.with(profiles));
    }

    private @Nullable String wrong() {
        if (context < 256 || context > 10_000_000) {
            return "--context is from 256 to 10000000 tokens";
        }
        if (slots < 1 || slots > 1024) {
            return "--slots is from 1 to 1024";
        }
        if (promptTokens < 1 || answerTokens < 1 || promptTokens + answerTokens > 10_000_000) {
            return "--prompt-tokens and --answer-tokens are 1 or more";
        }
        if (!(tokensPerSecond > 0 && tokensPerSecond < 1e6)) {
            return "--tokens-per-second is above 0";
        }
        if (KvCache.Type.named(cache).isEmpty()) {
            return "--cache is f16, q8_0 or q4_0, not '" + cache + "'";
        }
        if (quantisation != null && Quantisation.named(quantisation).isEmpty()) {
            return "'"
                    + quantisation
                    + "' is no quantisation that can be planned; there are "
                    + List.of(Quantisation.values());
        }
        return machine != null && pull ? "--pull is for this machine, not for another one" : null;
    }

    /// The machine that is meant.
    private Described machine() {
        var numbers = new Described.Numbers(memory, bandwidth, ram, cores);
        boolean numbered = memory != null || bandwidth != null || ram != null || cores != null;
        if (machine != null) {
            return Described.of(machine) instanceof Described.Known(Machine named) && numbered
                    ? Described.over(named, numbers)
                    : Described.of(machine);
        }
        if (memory != null || ram != null) {
            return Described.of(numbers);
        }
        Machine here = Detection.of(Probes.real(), Detection.Effort.MEASURE).machine();
        return numbered ? Described.over(here, numbers) : new Described.Known(here);
    }

    private int whole(Advice advice, Advice.Wish wish, Machine found, FitReading.Lists lists) {
        FitReading reading = FitReading.of(advice, wish, found, lists, all);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(StoreJson.text(FitJson.of(reading)));
        } else {
            FitText.print(reading, out);
        }
        int code = html == null ? Main.DONE : write(FitPage.of(reading), html);
        return code == Main.DONE && pull ? pulled(reading) : code;
    }

    private int single(
            Advice advice, Advice.Wish wish, Machine found, FitReading.Lists lists, String name) {
        ModelShape shape = advice.shapes().named(name).orElse(null);
        if (shape == null && ModelHead.isPlace(name)) {
            switch (ModelHead.read(name)) {
                case ModelHead.Made.Bad(String problem) -> {
                    return fail(Main.FAILED, problem);
                }
                case ModelHead.Made.Good(ModelShape read) -> shape = read;
            }
        }
        if (shape == null) {
            return unknown(advice, name);
        }
        Load load = load(wish, shape);
        return shown(FitReading.one(advice, load, found, lists).with(witnesses(load, name)));
    }

    private Load load(Advice.Wish wish, ModelShape shape) {
        Quantisation kind =
                quantisation == null
                        ? shape.usual()
                        : Quantisation.named(quantisation).orElse(shape.usual());
        int tokens = shape.contextFor(wish.context());
        return new Load(shape, kind, tokens, wish.slots(), wish.cache());
    }

    private int shown(FitReading.One one) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(StoreJson.text(FitJson.of(one)));
        } else {
            FitText.print(one, out);
        }
        return html == null ? Main.DONE : write(FitPage.of(one), html);
    }

    /// Of this machine only, and of a file only as it is.
    private List<FitWitness> witnesses(Load load, String name) {
        if (machine != null) {
            return List.of();
        }
        boolean file = ModelHead.isPlace(name) && !name.contains("://");
        boolean asItIs = load.quantisation() == load.model().usual();
        return FitWitness.of(
                MemoryPlan.of(load),
                name,
                file && asItIs ? Optional.of(Path.of(name)) : Optional.empty());
    }

    private int wanted(Advice advice, Advice.Wish wish, String name) {
        Optional<ModelShape> shape = advice.shapes().named(name);
        if (shape.isEmpty()) {
            return unknown(advice, name);
        }
        var load =
                new Load(
                        shape.get(),
                        shape.get().usual(),
                        shape.get().contextFor(wish.context()),
                        wish.slots(),
                        wish.cache());
        Advice.Wanted wanted = advice.wanted(load, tokensPerSecond);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(StoreJson.text(FitJson.of(load, tokensPerSecond, wanted)));
        } else {
            FitText.print(load, tokensPerSecond, wanted, out);
        }
        return Main.DONE;
    }

    private Catalogue catalogue() {
        return Catalogue.load(PriceFile.of(Folders.of(System::getenv)).orNone(), own);
    }

    private FitReading.Lists lists(Advice advice, Catalogue catalogue) {
        LocalDate day = LocalDate.now(Clock.systemUTC());
        return new FitReading.Lists(
                FitPrices.of(catalogue, day, promptTokens, answerTokens),
                new FitKnown.Sources(catalogue, advice.evidence(), own, advice.shapes(), day));
    }

    /// Fetches the models that are recommended, one after the other.
    private int pulled(FitReading reading) {
        PrintWriter err = spec.commandLine().getErr();
        if (reading.recommended() == null) {
            return fail(Main.NOT_FOUND, "nothing fits here that could be fetched");
        }
        RuntimePull.Into where = where();
        int code = Main.DONE;
        for (String name : reading.names()) {
            err.println("tw: fetching " + name + " into " + where);
            code = Math.max(code, pull(name, where));
        }
        if (code == Main.DONE && !json) {
            spec.commandLine().getOut().println("Next: ./tw serve");
        }
        return code;
    }

    /// Of a model that nobody here could run, nothing is gained.
    private Advice reachable(Advice advice) {
        boolean kept = model == null && (pull || into != null);
        if (!kept || where() != RuntimePull.Into.TIERWISE || hasLlamaServer()) {
            return advice;
        }
        spec.commandLine()
                .getErr()
                .println(
                        "tw: here is no Ollama that answers and no llama-server on the PATH: models"
                                + " that the built-in engine can run are looked at");
        return advice.among(Builtin::runs);
    }

    private static boolean hasLlamaServer() {
        String path = System.getenv("PATH");
        return LlamaBinary.onPath(path == null ? "" : path) instanceof LlamaBinary.Looked.Found;
    }

    private RuntimePull.Into where() {
        RuntimePull.Into wished = into;
        if (wished == null) {
            wished = asked();
            into = wished;
        }
        return wished;
    }

    private static RuntimePull.Into asked() {
        try (var runtime = new RuntimePull()) {
            return runtime.hasOllama() ? RuntimePull.Into.OLLAMA : RuntimePull.Into.TIERWISE;
        }
    }

    /// By a command line of its own: this one's options must not be read anew.
    private int pull(String name, RuntimePull.Into where) {
        return Main.commandLine()
                .setOut(json ? spec.commandLine().getErr() : spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr())
                .execute("pull", name, "--into", where.toString());
    }

    private int unknown(Advice advice, String name) {
        String near = nearest(advice.shapes().near(name));
        return fail(
                Main.NOT_FOUND,
                "the shape of '"
                        + name
                        + "' is not known"
                        + (near.isEmpty() ? "." : near)
                        + " ./tw fit --all lists those that are");
    }

    private static String nearest(List<String> near) {
        return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
    }

    private int write(String page, Path file) {
        try {
            Files.writeString(file, page);
            return Main.DONE;
        } catch (IOException e) {
            return fail(Main.FAILED, file + " cannot be written (" + e.getMessage() + ")");
        }
    }

    private int fail(int code, String message) {
        spec.commandLine().getErr().println("tw: " + message);
        return code;
    }
}
