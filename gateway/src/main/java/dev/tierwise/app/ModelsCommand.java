package dev.tierwise.app;

import dev.tierwise.models.Facts;
import dev.tierwise.models.Sizes;
import dev.tierwise.models.Store;
import dev.tierwise.models.Stored;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tw models`.
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "Lists, shows and removes pulled models, and loads them into a running gateway.",
        subcommands = {
            ModelsCommand.Ls.class,
            ModelsCommand.Show.class,
            ModelsCommand.Rm.class,
            ResidentCommands.Ps.class,
            ResidentCommands.Load.class,
            ResidentCommands.Unload.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw models ls",
            "  ./tw models show llama3.2:3b",
            "  ./tw models load llama3.2:3b"
        })
final class ModelsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.DONE;
    }

    static Store store() {
        return new Store(Folders.of(System::getenv).models());
    }

    /// `tw models ls`.
    @Command(
            name = "ls",
            mixinStandardHelpOptions = true,
            description = "Lists the models on this machine, and pulls that were broken off.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw models ls", "  ./tw models ls --json | jq -r '.models[].name'"})
    static final class Ls implements Callable<Integer> {
        private static final String ROW = "%-52s %9s  %-8s %10s %8s  %s%n";

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            Store store = store();
            Store.Listing listing = store.list();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(StoreJson.text(StoreJson.listing(store, listing)));
                return Main.DONE;
            }
            if (listing.models().isEmpty()) {
                out.println("No model is in " + store.root() + ". Next: ./tw pull --help");
            } else {
                out.printf(ROW, "MODEL", "SIZE", "QUANT", "PARAMETERS", "CONTEXT", "PULLED");
                listing.models().forEach(model -> print(out, model));
            }
            for (Store.Unfinished part : listing.unfinished()) {
                out.println(
                        part.name()
                                + ": broken off after "
                                + Sizes.shown(part.bytes())
                                + (part.total() < 0 ? "" : " of " + Sizes.shown(part.total()))
                                + "; pull it again to go on, or ./tw models rm it");
            }
            return Main.DONE;
        }

        private static void print(PrintWriter out, Stored model) {
            Facts facts = model.facts();
            out.printf(
                    ROW,
                    model.name(),
                    Sizes.shown(model.bytes()),
                    facts.quantisation() == null ? "?" : facts.quantisation(),
                    facts.parameters() == 0 ? "?" : count(facts.parameters()),
                    facts.context() == 0 ? "?" : Long.toString(facts.context()),
                    model.pulledAt().toString().substring(0, 10));
        }
    }

    /// A number of parameters, such as `3.21 G`.
    private static String count(long parameters) {
        return Sizes.shown(parameters).replaceFirst("B$", "").strip();
    }

    /// `tw models show`.
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Says all that is known of a model on this machine.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw models show llama3.2:3b", "  ./tw models show Qwen3-4B-GGUF --json"})
    static final class Show implements Callable<Integer> {
        @Parameters(
                paramLabel = "MODEL",
                description = "Its name, or a shorter form that fits one.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String model;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            return switch (store().find(model)) {
                case Store.Search.One(Stored stored) -> {
                    PrintWriter out = spec.commandLine().getOut();
                    if (json) {
                        out.println(StoreJson.text(StoreJson.model(stored)));
                    } else {
                        print(out, stored);
                    }
                    yield Main.DONE;
                }
                case Store.Search.None(String message) -> {
                    err.println("tw: " + message);
                    yield Main.NOT_FOUND;
                }
                case Store.Search.Several(String message) -> {
                    err.println("tw: " + message);
                    yield Main.USAGE;
                }
            };
        }

        private static void print(PrintWriter out, Stored stored) {
            Facts facts = stored.facts();
            line(out, "name", stored.name());
            line(out, "source", stored.source());
            line(out, "file", stored.file().toString());
            line(out, "size", Sizes.shown(stored.bytes()));
            line(out, "sha256", stored.sha256());
            line(out, "pulled", stored.pulledAt().toString());
            line(out, "licence", stored.licence());
            line(out, "architecture", facts.architecture());
            line(out, "quantisation", facts.quantisation());
            line(out, "parameters", facts.parameters() == 0 ? null : count(facts.parameters()));
            line(out, "context", facts.context() == 0 ? null : facts.context() + " tokens");
            if (facts.trouble() != null) {
                line(out, "trouble", "the built-in engine cannot run it: " + facts.trouble());
            }
            stored.extras().forEach((name, file) -> line(out, name, file.toString()));
        }

        private static void line(PrintWriter out, String key, @Nullable String value) {
            out.printf("%-13s %s%n", key, value == null ? "unknown" : value);
        }
    }

    /// `tw models rm`.
    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Deletes models from this machine, or pulls that were broken off.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw models rm llama3.2:3b"})
    static final class Rm implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Their names.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private List<String> models;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            Store store = store();
            var node = StoreJson.object();
            var removed = node.putArray("removed");
            int code = Main.DONE;
            for (String text : models) {
                Optional<String> name = name(store, text);
                if (name.isEmpty()) {
                    code = Main.NOT_FOUND;
                    continue;
                }
                switch (store.remove(name.get())) {
                    case Store.Removal.Done(long bytes) -> {
                        removed.addObject().put("name", name.get()).put("freed_bytes", bytes);
                        if (!json) {
                            spec.commandLine()
                                    .getOut()
                                    .println(
                                            name.get()
                                                    + " is gone: "
                                                    + Sizes.shown(bytes)
                                                    + " freed");
                        }
                    }
                    case Store.Removal.Failed(String message) -> {
                        spec.commandLine().getErr().println("tw: " + message);
                        code = Main.FAILED;
                    }
                }
            }
            if (json) {
                spec.commandLine().getOut().println(StoreJson.text(node));
            }
            return code;
        }

        /// The full name of what the user means; says so where there is none.
        private Optional<String> name(Store store, String text) {
            Optional<String> unfinished =
                    store.list().unfinished().stream()
                            .map(Store.Unfinished::name)
                            .filter(text::equalsIgnoreCase)
                            .findFirst();
            return switch (store.find(text)) {
                case Store.Search.One(Stored stored) -> Optional.of(stored.name());
                case Store.Search.None(String message) -> {
                    if (unfinished.isEmpty()) {
                        spec.commandLine().getErr().println("tw: " + message);
                    }
                    yield unfinished;
                }
                case Store.Search.Several(String message) -> {
                    spec.commandLine().getErr().println("tw: " + message);
                    yield Optional.empty();
                }
            };
        }
    }
}
