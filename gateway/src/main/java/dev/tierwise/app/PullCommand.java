package dev.tierwise.app;

import dev.tierwise.call.http.HttpDownload;
import dev.tierwise.core.Failure;
import dev.tierwise.models.ModelName;
import dev.tierwise.models.Progress;
import dev.tierwise.models.Pull;
import dev.tierwise.models.Pulled;
import dev.tierwise.models.Registries;
import dev.tierwise.models.Sizes;
import dev.tierwise.models.Store;
import dev.tierwise.models.Stored;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tw pull`.
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches a model to this machine, or takes a file in. A pull that is broken off goes on"
                    + " where it stopped when it is typed again.",
            "MODEL is OWNER/REPO[:QUANT] or hf.co/OWNER/REPO[:QUANT] (GGUF on Hugging Face), NAME:TAG"
                    + " (Ollama's registry), an https address that ends with .gguf, or a file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw pull bartowski/Llama-3.2-3B-Instruct-GGUF",
            "  ./tw pull hf.co/Qwen/Qwen3-4B-GGUF:Q8_0",
            "  ./tw pull llama3.2:3b",
            "  ./tw pull ./model.gguf --name mine",
            "  ./tw pull qwen3:4b --into ollama",
            "%nEnvironment:",
            "  HF_TOKEN                  for private and gated repositories",
            "  TIERWISE_HF_URL           a mirror of Hugging Face (also HF_ENDPOINT)",
            "  TIERWISE_OLLAMA_REGISTRY  a mirror of Ollama's registry"
        })
final class PullCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "What to fetch.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String model;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call it here; default: its usual name.")
    private @Nullable String name;

    @Option(
            names = "--into",
            paramLabel = "WHERE",
            description =
                    "Who keeps it: tierwise (default, for the built-in engine and llama-server),"
                            + " ollama, lm-studio (they fetch it by their own names).")
    private RuntimePull.Into into = RuntimePull.Into.TIERWISE;

    @Option(
            names = "--insecure",
            description =
                    "Allow http:// to other machines: anybody on the way can change the file.")
    private boolean insecure;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")) {
            err.println("tw: --name takes letters, digits and . _ : / -, up to 200");
            return Main.USAGE;
        }
        if (into != RuntimePull.Into.TIERWISE) {
            if (name != null || insecure) {
                err.println("tw: --name and --insecure are for Tierwise's own folder");
                return Main.USAGE;
            }
            return byRuntime();
        }
        return switch (Registries.of(System::getenv, insecure)) {
            case Registries.Reading.Bad(String message) -> {
                err.println("tw: " + message);
                yield Main.FAILED;
            }
            case Registries.Reading.Good(Registries registries) ->
                    switch (registries.parse(model, insecure)) {
                        case ModelName.Parsed.Bad(String message) -> {
                            err.println("tw: " + message);
                            yield Main.USAGE;
                        }
                        case ModelName.Parsed.Good(ModelName parsed) -> pull(registries, parsed);
                    };
        };
    }

    private int byRuntime() {
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine shown = quiet ? null : ProgressLine.on(err);
        Failure failure;
        try (var runtime = new RuntimePull()) {
            failure = runtime.pull(into, model, shown);
        }
        if (shown != null) {
            shown.end();
        }
        if (failure != null) {
            err.println("tw: " + failure.message());
            return failure instanceof Failure.NotFound ? Main.NOT_FOUND : Main.FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(
                    StoreJson.text(
                            StoreJson.object().put("name", model).put("into", into.toString())));
        } else {
            out.println(model + " is with " + into + " now");
        }
        return Main.DONE;
    }

    private int pull(Registries registries, ModelName parsed) {
        PrintWriter err = spec.commandLine().getErr();
        var store = new Store(Folders.of(System::getenv).models());
        ProgressLine shown = quiet ? null : ProgressLine.on(err);
        var ended = new AtomicBoolean();
        Thread interrupted = new Thread(() -> sayInterrupted(ended, shown), "tierwise-stop");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (var download = new HttpDownload(HttpDownload.USUAL, LocalOnlyFile::holds)) {
            var pull = new Pull(store, registries, Pull.Surroundings.real(download));
            Pulled pulled = pull.pull(parsed, name, shown == null ? Progress.NONE : shown);
            ended.set(true);
            if (shown != null) {
                shown.end();
            }
            return report(pulled);
        }
    }

    /// The JVM ends by itself after Ctrl-C, with 130.
    private void sayInterrupted(AtomicBoolean ended, @Nullable ProgressLine shown) {
        if (!ended.get()) {
            if (shown != null) {
                shown.end();
            }
            spec.commandLine()
                    .getErr()
                    .println("tw: interrupted; the same command goes on from here");
        }
    }

    private int report(Pulled pulled) {
        PrintWriter err = spec.commandLine().getErr();
        return switch (pulled) {
            case Pulled.Done(Stored stored, boolean fetched) -> {
                print(stored, fetched);
                yield Main.DONE;
            }
            case Pulled.Missing(String message) -> {
                err.println("tw: " + message);
                yield Main.NOT_FOUND;
            }
            case Pulled.Failed(String message) -> {
                err.println("tw: " + message);
                yield Main.FAILED;
            }
        };
    }

    private void print(Stored stored, boolean fetched) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(StoreJson.text(StoreJson.model(stored).put("fetched", fetched)));
            return;
        }
        String size = Sizes.shown(stored.bytes());
        out.println(
                stored.name()
                        + (fetched ? " is here now: " : " was here already: ")
                        + size
                        + (stored.licence() == null ? "" : ", licence " + stored.licence()));
        if (stored.facts().trouble() != null) {
            out.println(
                    "The built-in engine cannot run it (llama-server may): "
                            + stored.facts().trouble());
        }
    }
}
