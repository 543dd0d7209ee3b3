package dev.tierwise.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// What is known of models: limits, capabilities and dated prices. Tables are read from the
/// resources on first use, one per backend, and kept. Safe for use by many threads.
///
/// The price of a model is that of its shortest prompts: several makers charge more beyond 200,000
/// tokens or so, and a few for writing to their prompt cache.
public final class Catalogue {
    private static final String OPEN = "open";
    private static final Pattern SNAPSHOT =
            Pattern.compile("-20\\d\\d-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\\d|3[01])$");

    private final Map<String, ModelTable> tables = new ConcurrentHashMap<>();

    private Catalogue() {}

    /// The catalogue that ships with the product. Reads nothing yet.
    public static Catalogue load() {
        return new Catalogue();
    }

    /// A model of a hosted API by any name that the API takes; a dated snapshot that is not listed
    /// is known by its model.
    ///
    /// @param backend the backend's name, such as `openai`
    /// @param id the name that a request would carry
    public Optional<ModelFacts> cloud(String backend, String id) {
        ModelTable table = table(backend);
        Optional<ModelFacts> exact = table.named(id);
        return exact.isPresent() ? exact : table.named(SNAPSHOT.matcher(id).replaceFirst(""));
    }

    /// All known models of a hosted API, by name; none for a backend without a table.
    public List<ModelFacts> cloudModels(String backend) {
        return table(backend).models();
    }

    /// An open model by whatever name a local server lists it: an Ollama tag, a Hugging Face name,
    /// a file name, with or without the quantisation.
    public Optional<ModelFacts> local(String name) {
        return table(OPEN).alike(name);
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
