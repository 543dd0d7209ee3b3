package dev.tierwise.app;

import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.OwnPrices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tw prices`.
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what hosted models cost, since when and who says so, and changes it.",
            "Prices of your own are kept in one file and hold before those of the catalogue; a"
                    + " gateway takes them when it starts."
        },
        subcommands = {
            PricesShowCommand.class,
            PricesCommand.Set.class,
            PricesCommand.Unset.class,
            PricesUpdateCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw prices show gpt-5.4-mini",
            "  ./tw prices set gpt-5.4-mini --backend openai --input 0.6 --output 3.6",
            "  ./tw prices update --dry-run"
        })
final class PricesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.DONE;
    }

    /// Where the file is, and what day it is.
    static final class Where {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "The file of your own prices; default: that of this user.")
        private @Nullable Path file;

        PriceFile prices() {
            return file == null
                    ? PriceFile.of(Folders.of(System::getenv))
                    : new PriceFile(file.toAbsolutePath());
        }

        LocalDate today() {
            return LocalDate.now(Clock.systemUTC());
        }
    }

    /// Reads the file, changes its prices, and writes it.
    static int change(PriceFile file, PrintWriter err, Change change) {
        return switch (file.read()) {
            case OwnPrices.Made.Bad(String problem) -> {
                err.println("tw: " + problem);
                yield Main.FAILED;
            }
            case OwnPrices.Made.Good(OwnPrices prices) -> {
                OwnPrices changed = change.of(prices);
                try {
                    if (!changed.equals(prices)) {
                        file.write(changed);
                    }
                    yield Main.DONE;
                } catch (IOException e) {
                    err.println(
                            "tw: "
                                    + file.path()
                                    + " cannot be written ("
                                    + e.getMessage()
                                    + "); nothing was changed. Free some space there, or let this"
                                    + " user write it");
                    yield Main.FAILED;
                }
            }
        };
    }

    /// What becomes of prices.
    @FunctionalInterface
    interface Change {
        OwnPrices of(OwnPrices prices);
    }

    /// Whether the catalogue knows a backend; says so where it does not.
    static boolean isBackend(String name, PrintWriter err) {
        if (Backends.named(name).isPresent()) {
            return true;
        }
        err.println(
                "tw: '" + name + "' is no backend; there are " + String.join(", ", Backends.NAMES));
        return false;
    }

    /// `tw prices set`.
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Notes what a model costs from a day on, in dollars per million tokens.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ./tw prices set gpt-5.4-mini --backend openai --input 0.6 --output 3.6",
                "  ./tw prices set my-deployment --backend openai-compatible --input 1"
                        + " --cached 0.1 --output 4 --from 2027-01-01 --source contract"
            })
    static final class Set implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "The name that a request would carry.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String model;

        @Option(
                names = "--backend",
                required = true,
                paramLabel = "NAME",
                description = "Who serves it, such as openai.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String backend;

        @Option(
                names = "--input",
                required = true,
                paramLabel = "USD",
                description = "A million tokens read.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String input;

        @Option(
                names = "--cached",
                paramLabel = "USD",
                description = "A million tokens read from the prompt cache; default: as --input.")
        private @Nullable String cached;

        @Option(
                names = "--output",
                required = true,
                paramLabel = "USD",
                description = "A million tokens written.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String output;

        @Option(
                names = "--from",
                paramLabel = "DATE",
                description = "The first day, such as 2026-12-01; default: today (UTC).")
        private @Nullable LocalDate from;

        @Option(names = "--source", paramLabel = "TEXT", description = "Who says so.")
        private String source = "you";

        @Mixin private final Where where = new Where();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            List<String> amounts = List.of(input, cached == null ? input : cached, output);
            for (String amount : amounts) {
                if (!OwnPrices.isAmount(amount)) {
                    err.println(
                            "tw: '"
                                    + amount
                                    + "' is no amount of dollars per million tokens, such as 0.6");
                    return Main.USAGE;
                }
            }
            if (model.isBlank() || model.chars().anyMatch(Character::isISOControl)) {
                err.println("tw: a model's name has letters and signs, no tabs or line breaks");
                return Main.USAGE;
            }
            if (!isBackend(backend, err)) {
                return Main.USAGE;
            }
            LocalDate first = Objects.requireNonNullElse(from, where.today());
            String known = Catalogue.load().cloud(backend, model).map(it -> it.id()).orElse(model);
            var row =
                    new OwnPrices.Row(
                            backend, known, OwnPrices.price(first, amounts), source, where.today());
            PriceFile file = where.prices();
            int code = change(file, err, prices -> prices.with(row));
            if (code == Main.DONE) {
                spec.commandLine()
                        .getOut()
                        .println(
                                known
                                        + " costs "
                                        + PricesShowCommand.words(row.price())
                                        + " from "
                                        + first
                                        + " on ("
                                        + file.path()
                                        + ")");
            }
            return code;
        }
    }

    /// `tw prices unset`.
    @Command(
            name = "unset",
            mixinStandardHelpOptions = true,
            description = "Takes your own prices of a model back; those of the catalogue hold.",
            footerHeading = "%nExamples:%n",
            footer = "  ./tw prices unset gpt-5.4-mini --backend openai")
    static final class Unset implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "The name that a request would carry.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String model;

        @Option(
                names = "--backend",
                required = true,
                paramLabel = "NAME",
                description = "Who serves it, such as openai.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String backend;

        @Mixin private final Where where = new Where();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            PriceFile file = where.prices();
            var had = new boolean[1];
            int code =
                    change(
                            file,
                            err,
                            prices -> {
                                had[0] = !prices.of(backend, model).isEmpty();
                                return prices.without(backend, model);
                            });
            if (code == Main.DONE && !had[0]) {
                err.println(
                        "tw: there is no price of your own for "
                                + model
                                + " of "
                                + backend
                                + " in "
                                + file.path());
                return Main.NOT_FOUND;
            }
            return code;
        }
    }
}
