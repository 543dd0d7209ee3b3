package dev.tierwise.app;

import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.catalogue.OwnPrices;
import dev.tierwise.core.Price;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tw prices show`.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Prints prices in dollars per million tokens, with their days and sources; that in"
                    + " force today is marked.",
            "MODEL is a name or a part of one; without it all models of a backend are shown."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw prices show gpt-5.4",
            "  ./tw prices show --backend anthropic",
            "  ./tw prices show sonnet --json | jq '.prices[].input'"
        })
final class PricesShowCommand implements Callable<Integer> {
    private static final String ROW = "%-12s %-40s %-11s %10s %10s %10s  %s%n";

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "A name or a part of one.")
    private @Nullable String model;

    @Option(names = "--backend", paramLabel = "NAME", description = "Of this backend only.")
    private @Nullable String backend;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin private final PricesCommand.Where where = new PricesCommand.Where();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /// One price, and who says so.
    private record Shown(String backend, String model, Price price, boolean now, String source) {}

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (model == null && backend == null) {
            err.println("tw: which model? Name one, a part of one, or give --backend");
            return Main.USAGE;
        }
        if (backend != null && !PricesCommand.isBackend(backend, err)) {
            return Main.USAGE;
        }
        return switch (where.prices().read()) {
            case OwnPrices.Made.Bad(String problem) -> {
                err.println("tw: " + problem);
                yield Main.FAILED;
            }
            case OwnPrices.Made.Good(OwnPrices own) -> print(shown(own), err);
        };
    }

    private List<Shown> shown(OwnPrices own) {
        Catalogue catalogue = Catalogue.load(own);
        String source = "catalogue of " + catalogue.made();
        var all = new ArrayList<Shown>();
        for (String name : backend == null ? Backends.NAMES : List.of(backend)) {
            var models = new ArrayList<ModelFacts>(catalogue.cloudModels(name));
            for (OwnPrices.Row row : own.rows()) {
                boolean listed = models.stream().anyMatch(it -> it.id().equals(row.model()));
                if (row.backend().equals(name) && !listed) {
                    catalogue.cloud(name, row.model()).ifPresent(models::add);
                }
            }
            models.stream()
                    .filter(it -> model == null || it.id().contains(model))
                    .forEach(facts -> add(all, name, facts, own, source));
        }
        return all;
    }

    private void add(List<Shown> all, String name, ModelFacts facts, OwnPrices own, String source) {
        Optional<Price> now = Price.on(where.today(), facts.prices());
        for (Price price : facts.prices()) {
            String said =
                    own.of(name, facts.id()).stream()
                            .filter(row -> row.price().equals(price))
                            .findFirst()
                            .map(row -> row.source() + ", " + row.noted())
                            .orElse(source);
            boolean inForce = now.isPresent() && now.get().equals(price);
            all.add(new Shown(name, facts.id(), price, inForce, said));
        }
    }

    private int print(List<Shown> all, PrintWriter err) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = StoreJson.object().put("unit", "USD per million tokens");
            ArrayNode rows = root.putArray("prices");
            all.forEach(each -> rows.add(json(each)));
            out.println(StoreJson.text(root));
            return Main.DONE;
        }
        if (all.isEmpty()) {
            err.println(
                    "tw: no price is known for "
                            + (model == null ? backend : model)
                            + ". Note one: ./tw prices set --help");
            return Main.NOT_FOUND;
        }
        out.printf(ROW, "BACKEND", "MODEL", "FROM", "INPUT", "CACHED", "OUTPUT", "SOURCE");
        for (Shown each : all) {
            out.printf(
                    ROW,
                    each.backend,
                    each.model,
                    from(each.price.from()) + (each.now ? "" : "*"),
                    "$" + OwnPrices.dollars(each.price.input()),
                    "$" + OwnPrices.dollars(each.price.cachedInput()),
                    "$" + OwnPrices.dollars(each.price.output()),
                    each.source);
        }
        if (all.stream().anyMatch(each -> !each.now)) {
            out.println("* not in force today");
        }
        return Main.DONE;
    }

    private static ObjectNode json(Shown each) {
        return StoreJson.object()
                .put("backend", each.backend)
                .put("model", each.model)
                .put("from", each.price.from().toString())
                .put("input", new BigDecimal(OwnPrices.dollars(each.price.input())))
                .put("cached", new BigDecimal(OwnPrices.dollars(each.price.cachedInput())))
                .put("output", new BigDecimal(OwnPrices.dollars(each.price.output())))
                .put("in_force", each.now)
                .put("source", each.source);
    }

    private static String from(LocalDate day) {
        return day.equals(LocalDate.EPOCH) ? "always" : day.toString();
    }

    /// A price in words.
    static String words(Price price) {
        return "$"
                + OwnPrices.dollars(price.input())
                + " read, $"
                + OwnPrices.dollars(price.cachedInput())
                + " cached, $"
                + OwnPrices.dollars(price.output())
                + " written per million tokens";
    }
}
