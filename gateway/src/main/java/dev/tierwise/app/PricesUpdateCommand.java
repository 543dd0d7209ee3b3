package dev.tierwise.app;

import dev.tierwise.catalogue.Backends;
import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.catalogue.GenaiPrices;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.catalogue.OwnPrices;
import dev.tierwise.core.Price;
import java.io.PrintWriter;
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
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tw prices update`.
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches the public price list of genai-prices (MIT) and notes what changed, with the"
                    + " day from which it holds.",
            "Prices that you set yourself stay. Nothing about you or your requests is sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw prices update --dry-run",
            "  ./tw prices update",
            "  ./tw prices update --list ./data.json"
        })
final class PricesUpdateCommand implements Callable<Integer> {
    private static final String LIST =
            "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/data.json";

    /// What such rows say of where they come from.
    private static final String SOURCE = "genai-prices";

    @Option(
            names = "--list",
            paramLabel = "FILE|URL",
            description = "Another copy of the list; default: the published one.")
    private String list = LIST;

    @Option(names = "--dry-run", description = "Only print what would change.")
    private boolean dryRun;

    @Mixin private final PricesCommand.Where where = new PricesCommand.Where();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /// A price that the list has and we have not.
    private record Change(OwnPrices.Row row, @Nullable Price before) {}

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        return switch (PriceList.read(list)) {
            case PriceList.Made.Bad(String problem) -> {
                err.println("tw: " + problem + "; nothing was changed");
                yield Main.FAILED;
            }
            case PriceList.Made.Good(JsonNode read) -> update(read, err);
        };
    }

    private int update(JsonNode read, PrintWriter err) {
        PriceFile file = where.prices();
        var changes = new ArrayList<Change>();
        int code =
                PricesCommand.change(
                        file,
                        err,
                        own -> {
                            changes.addAll(changes(read, own));
                            OwnPrices all = own;
                            for (Change change : dryRun ? List.<Change>of() : changes) {
                                all = all.with(change.row);
                            }
                            return all;
                        });
        if (code == Main.DONE) {
            print(changes, file);
        }
        return code;
    }

    private List<Change> changes(JsonNode read, OwnPrices own) {
        Catalogue catalogue = Catalogue.load(own);
        var changes = new ArrayList<Change>();
        for (String backend : Backends.NAMES) {
            GenaiPrices prices = GenaiPrices.of(read, backend).orElse(null);
            if (prices != null) {
                for (ModelFacts facts : catalogue.cloudModels(backend)) {
                    if (isOpen(own.of(backend, facts.id()))) {
                        add(changes, backend, facts, prices.dated(facts.id()));
                    }
                }
            }
        }
        return changes;
    }

    /// Whether nobody set a price by hand.
    private static boolean isOpen(List<OwnPrices.Row> rows) {
        return rows.stream().allMatch(row -> row.source().equals(SOURCE));
    }

    private void add(List<Change> changes, String backend, ModelFacts facts, List<Price> listed) {
        LocalDate today = where.today();
        Optional<Price> ours = Price.on(today, facts.prices());
        Optional<Price> theirs = Price.on(today, listed);
        if (theirs.isPresent() && !ours.map(it -> isSame(it, theirs.get())).orElse(false)) {
            boolean newer = ours.isEmpty() || theirs.get().from().isAfter(ours.get().from());
            LocalDate from = newer ? theirs.get().from() : today;
            changes.add(change(backend, facts, since(theirs.get(), from), ours.orElse(null)));
        }
        for (Price later : listed) {
            if (later.from().isAfter(today) && !facts.prices().contains(later)) {
                changes.add(change(backend, facts, later, ours.orElse(null)));
            }
        }
    }

    private Change change(String backend, ModelFacts facts, Price price, @Nullable Price before) {
        return new Change(
                new OwnPrices.Row(backend, facts.id(), price, SOURCE, where.today()), before);
    }

    private static boolean isSame(Price one, Price other) {
        return since(one, other.from()).equals(other);
    }

    private static Price since(Price price, LocalDate from) {
        return new Price(from, price.input(), price.cachedInput(), price.output());
    }

    private void print(List<Change> changes, PriceFile file) {
        PrintWriter out = spec.commandLine().getOut();
        for (Change change : changes) {
            OwnPrices.Row row = change.row;
            out.println(
                    row.backend()
                            + " "
                            + row.model()
                            + ": "
                            + PricesShowCommand.words(row.price())
                            + " from "
                            + row.price().from()
                            + (change.before == null
                                    ? ""
                                    : ", before " + PricesShowCommand.words(change.before)));
        }
        out.println(
                changes.isEmpty()
                        ? "No price changed."
                        : changes.size()
                                + (changes.size() == 1 ? " price" : " prices")
                                + (dryRun ? " would change" : " noted in " + file.path()));
    }
}
