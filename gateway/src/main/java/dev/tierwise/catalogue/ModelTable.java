package dev.tierwise.catalogue;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Price;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One table of models: tab-separated lines as `catalogue/MakeCatalogue.java` writes them.
final class ModelTable {
    private static final int COLUMNS = 10;
    private static final int DATE_LENGTH = 10;

    private final List<ModelFacts> models;
    private final LocalDate made;
    private final Map<String, ModelFacts> byName = new HashMap<>();

    /// Made when an exact name first fails, for most names that servers list are exact. Two threads
    /// may both make it; either will do.
    private volatile @Nullable Map<String, ModelFacts> byKey;

    private ModelTable(List<ModelFacts> models, LocalDate made) {
        this.models = List.copyOf(models);
        this.made = made;
        for (ModelFacts facts : models) {
            byName.put(facts.id(), facts);
            for (String name : facts.names()) {
                byName.putIfAbsent(name, facts);
            }
        }
    }

    private Map<String, ModelFacts> byKey() {
        Map<String, ModelFacts> known = byKey;
        if (known == null) {
            Map<String, ModelFacts> keys = new HashMap<>();
            byName.forEach((name, facts) -> keys.put(OpenName.key(name), facts));
            byKey = keys;
            known = keys;
        }
        return known;
    }

    /// The table of that name among the resources; an empty one when there is none.
    static ModelTable read(String name) {
        try (InputStream resource =
                ModelTable.class.getResourceAsStream("models/" + name + ".tsv")) {
            return resource == null
                    ? new ModelTable(List.of(), LocalDate.EPOCH)
                    : parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the model table " + name, broken);
        }
    }

    private static ModelTable parse(String text) {
        List<ModelFacts> models = new ArrayList<>();
        LocalDate made = LocalDate.EPOCH;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#")) {
                LocalDate date = dateAtEnd(line);
                made = date.isAfter(made) ? date : made;
            } else if (!line.isBlank()) {
                models.add(model(line));
            }
        }
        return new ModelTable(models, made);
    }

    private static LocalDate dateAtEnd(String line) {
        String end = line.substring(Math.max(0, line.length() - DATE_LENGTH));
        return end.matches("\\d{4}-\\d\\d-\\d\\d") ? LocalDate.parse(end) : LocalDate.EPOCH;
    }

    private static ModelFacts model(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("not " + COLUMNS + " columns: " + line);
        }
        return new ModelFacts(
                cells[0],
                cells[1],
                words(cells[2], " "),
                cells[3].equals("-") ? LocalDate.EPOCH : LocalDate.parse(cells[3]),
                count(cells[4]),
                count(cells[5]),
                count(cells[6]),
                count(cells[7]),
                capabilities(cells[8]),
                prices(cells[9]));
    }

    private static List<String> words(String cell, String separator) {
        return cell.equals("-") ? List.of() : List.of(cell.split(separator, -1));
    }

    private static long count(String cell) {
        return cell.equals("-") ? 0 : Long.parseLong(cell);
    }

    private static Set<Capability> capabilities(String cell) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String word : words(cell.startsWith("~") ? cell.substring(1) : cell, ",")) {
            capabilities.add(Capability.of(word).orElseThrow());
        }
        return capabilities;
    }

    /// Dated prices as `DATE:INPUT/CACHED/OUTPUT`, in dollars per million tokens, with spaces
    /// between.
    static List<Price> prices(String cell) {
        List<Price> prices = new ArrayList<>();
        for (String dated : words(cell.isEmpty() ? "-" : cell, " ")) {
            int colon = dated.indexOf(':');
            String[] figures = dated.substring(colon + 1).split("/", -1);
            prices.add(
                    new Price(
                            LocalDate.parse(dated.substring(0, colon)),
                            nanos(figures[0]),
                            nanos(figures[1]),
                            nanos(figures[2])));
        }
        return prices;
    }

    /// Billionths of a dollar, exactly; a figure with more than nine decimals is refused.
    static long nanos(String dollars) {
        return new BigDecimal(dollars).movePointRight(9).longValueExact();
    }

    List<ModelFacts> models() {
        return models;
    }

    LocalDate made() {
        return made;
    }

    /// The model of exactly that name.
    Optional<ModelFacts> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The model of that name in whatever form it is written.
    Optional<ModelFacts> alike(String name) {
        Optional<ModelFacts> exact = named(name);
        return exact.isPresent() ? exact : Optional.ofNullable(byKey().get(OpenName.key(name)));
    }
}
