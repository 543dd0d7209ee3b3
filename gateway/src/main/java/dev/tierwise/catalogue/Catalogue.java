package dev.tierwise.catalogue;

import dev.tierwise.core.Price;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is known of models: limits, capabilities and dated prices. Tables are read from the
/// resources on first use, one per backend, and kept. Safe for use by many threads.
///
/// The price of a model is that of its shortest prompts: several makers charge more beyond 200,000
/// tokens or so, and a few for writing to their prompt cache.
public final class Catalogue {
    private static final String OPEN = "open";
    private static final Pattern SNAPSHOT =
            Pattern.compile("-20\\d\\d-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\\d|3[01])$");

    /// How hosts mark their own way of serving an open model.
    private static final Pattern SERVED = Pattern.compile("(?i)-(turbo|versatile|instant)$");

    private final Map<String, ModelTable> tables = new ConcurrentHashMap<>();
    private final OwnPrices own;
    private final OwnModels models;

    private Catalogue(OwnPrices own, OwnModels models) {
        this.own = own;
        this.models = models;
    }

    /// The catalogue that ships with the product. Reads nothing yet.
    public static Catalogue load() {
        return load(OwnPrices.NONE);
    }

    /// The same with prices of the user's own.
    public static Catalogue load(OwnPrices own) {
        return load(own, OwnModels.NONE);
    }

    /// The same with models of the user's own.
    public static Catalogue load(OwnPrices own, OwnModels models) {
        return new Catalogue(own, models);
    }

    /// A model of a hosted API by any name that the API takes; a dated snapshot that is not listed
    /// is known by its model.
    ///
    /// @param backend the backend's name, such as `openai`
    /// @param id the name that a request would carry
    public Optional<ModelFacts> cloud(String backend, String id) {
        ModelTable table = table(backend);
        Optional<ModelFacts> exact = table.named(id);
        Optional<ModelFacts> found =
                exact.isPresent() ? exact : table.named(SNAPSHOT.matcher(id).replaceFirst(""));
        return found.map(facts -> priced(backend, facts)).or(() -> added(backend, id));
    }

    /// All known models of a hosted API, by name; none for a backend without a table.
    public List<ModelFacts> cloudModels(String backend) {
        return table(backend).models().stream().map(facts -> priced(backend, facts)).toList();
    }

    private ModelFacts priced(String backend, ModelFacts facts) {
        List<Price> prices = own.over(backend, facts.id(), facts.prices());
        return prices.equals(facts.prices()) ? facts : facts.with(prices);
    }

    /// A model of which nothing but the user's own prices is known.
    private Optional<ModelFacts> added(String backend, String id) {
        List<Price> prices = own.over(backend, id, List.of());
        return prices.isEmpty() ? Optional.empty() : Optional.of(ModelFacts.priced(id, prices));
    }

    /// An open model by whatever name a local server lists it: an Ollama tag, a Hugging Face name,
    /// a file name, with or without the quantisation.
    public Optional<ModelFacts> local(String name) {
        Optional<ModelFacts> known = table(OPEN).alike(name);
        Optional<OwnModels.Model> mine =
                models.named(name).or(() -> known.flatMap(facts -> models.named(facts.id())));
        if (mine.isEmpty()) {
            return known;
        }
        return known.or(() -> table(OPEN).alike(mine.get().id()))
                .map(facts -> OwnModels.over(facts, mine.get()))
                .or(() -> mine.map(OwnModels::alone));
    }

    /// A hosted offer of an open model.
    ///
    /// @param backend whose, such as `groq`
    /// @param facts with its prices
    public record Hosted(String backend, ModelFacts facts) {}

    /// The hosted APIs that have an open model under one of its names, with what they ask for it.
    ///
    /// @param names the model's, in whatever form
    public List<Hosted> hosted(List<String> names) {
        Set<String> keys = names.stream().map(OpenName::key).collect(Collectors.toSet());
        List<Hosted> offers = new ArrayList<>();
        for (String backend : Backends.NAMES) {
            for (ModelFacts facts : cloudModels(backend)) {
                String id = SERVED.matcher(facts.id()).replaceFirst("");
                if (keys.contains(OpenName.key(id)) && !facts.prices().isEmpty()) {
                    offers.add(new Hosted(backend, facts));
                }
            }
        }
        return List.copyOf(offers);
    }

    /// All known open models, in the order of the table.
    public List<ModelFacts> openModels() {
        return table(OPEN).models();
    }

    /// The day on which the newest of the lists was made that the tables come from.
    public LocalDate made() {
        return table("openai").made();
    }

    private ModelTable table(String name) {
        return tables.computeIfAbsent(name, ModelTable::read);
    }
}
