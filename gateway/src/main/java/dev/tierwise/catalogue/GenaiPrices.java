package dev.tierwise.catalogue;

import dev.tierwise.core.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// One provider's models in the price list of pydantic/genai-prices (`data.json`: a list of
/// providers, each with `id` and `models`). Not for several threads.
public final class GenaiPrices {
    private static final String ALWAYS = "1970-01-01";

    /// Backends that the list calls otherwise.
    private static final Map<String, String> PROVIDERS = Map.of("gemini", "google", "xai", "x-ai");

    private final List<JsonNode> models = new ArrayList<>();

    /// One provider's.
    ///
    /// @param provider an element of the list
    public GenaiPrices(JsonNode provider) {
        provider.path("models").forEach(models::add);
    }

    /// Those of a backend in a whole list; empty where the list does not have it.
    ///
    /// @param list the whole list
    /// @param backend a backend's name, such as `gemini`
    public static Optional<GenaiPrices> of(JsonNode list, String backend) {
        String wanted = PROVIDERS.getOrDefault(backend, backend);
        for (JsonNode provider : list) {
            if (provider.path("id").asString("").equals(wanted)) {
                return Optional.of(new GenaiPrices(provider));
            }
        }
        return Optional.empty();
    }

    /// The dated prices of a model, oldest first; empty where the list has none per token.
    public List<Price> dated(String id) {
        return entry(id)
                .map(found -> ModelTable.prices(String.join(" ", prices(found))))
                .orElse(List.of());
    }

    /// The entry that an id matches; an entry that names it outright goes before a pattern.
    public Optional<JsonNode> entry(String id) {
        Optional<JsonNode> exact =
                models.stream().filter(model -> names(model).contains(id)).findFirst();
        return exact.isPresent()
                ? exact
                : models.stream().filter(model -> matches(model.path("match"), id)).findFirst();
    }

    /// Ids that an entry names outright, in alphabetical order.
    public static SortedSet<String> names(JsonNode model) {
        TreeSet<String> names = new TreeSet<>();
        JsonNode match = model.path("match");
        if (match.has("equals")) {
            names.add(match.path("equals").asString());
        }
        for (JsonNode choice : match.path("or")) {
            if (choice.has("equals")) {
                names.add(choice.path("equals").asString());
            }
        }
        return names;
    }

    /// Every id of the list that an API takes: the entry's own where it matches itself.
    public SortedSet<String> ids() {
        TreeSet<String> ids = new TreeSet<>();
        for (JsonNode model : models) {
            String id = model.path("id").asString();
            SortedSet<String> names = names(model);
            if (matches(model.path("match"), id)) {
                ids.add(id);
            } else if (!names.isEmpty()) {
                ids.add(names.first());
            }
        }
        return ids;
    }

    private static boolean matches(JsonNode match, String id) {
        if (match.has("or")) {
            return any(match.path("or"), id);
        }
        if (match.has("and")) {
            for (JsonNode part : match.path("and")) {
                if (!matches(part, id)) {
                    return false;
                }
            }
            return true;
        }
        return (match.has("equals") && id.equals(match.path("equals").asString()))
                || (match.has("starts_with") && id.startsWith(match.path("starts_with").asString()))
                || (match.has("ends_with") && id.endsWith(match.path("ends_with").asString()))
                || (match.has("contains") && id.contains(match.path("contains").asString()))
                || (match.has("regex")
                        && Pattern.compile(match.path("regex").asString()).matcher(id).find());
    }

    private static boolean any(JsonNode choices, String id) {
        for (JsonNode choice : choices) {
            if (matches(choice, id)) {
                return true;
            }
        }
        return false;
    }

    /// The dated prices of an entry as `DATE:INPUT/CACHED/OUTPUT`, oldest first; empty where it has
    /// no price per token. Where the price depends on the hour, the dearest hour counts.
    public static List<String> prices(JsonNode entry) {
        JsonNode prices = entry.path("prices");
        if (!prices.isArray()) {
            return figures(prices).map(price -> List.of(price.dated(ALWAYS))).orElse(List.of());
        }
        TreeMap<String, Figures> dated = new TreeMap<>();
        List<Figures> hourly = new ArrayList<>();
        for (JsonNode conditional : prices) {
            JsonNode constraint = conditional.path("constraint");
            Optional<Figures> figures = figures(conditional.path("prices"));
            if (figures.isEmpty()) {
                continue;
            }
            if (constraint.path("type").asString("").equals("time_of_date")) {
                hourly.add(figures.get());
            } else {
                dated.put(constraint.path("start_date").asString(ALWAYS), figures.get());
            }
        }
        hourly.forEach(
                peak -> dated.replace(dated.lastKey(), dated.lastEntry().getValue().max(peak)));
        List<String> lines = new ArrayList<>();
        Figures before = null;
        for (var step : dated.entrySet()) {
            if (before == null || !before.equals(step.getValue())) {
                lines.add(step.getValue().dated(step.getKey()));
            }
            before = step.getValue();
        }
        return lines;
    }

    private static Optional<Figures> figures(JsonNode prices) {
        if (!prices.has("input_mtok") || !prices.has("output_mtok")) {
            return Optional.empty();
        }
        BigDecimal input = figure(prices.path("input_mtok"));
        BigDecimal cached =
                prices.has("cache_read_mtok") ? figure(prices.path("cache_read_mtok")) : input;
        return Optional.of(new Figures(input, cached, figure(prices.path("output_mtok"))));
    }

    private static BigDecimal figure(JsonNode price) {
        return new BigDecimal((price.isObject() ? price.path("base") : price).asString());
    }

    /// Dollars per million tokens.
    ///
    /// @param input read
    /// @param cached read from the upstream's prompt cache
    /// @param output written
    public record Figures(BigDecimal input, BigDecimal cached, BigDecimal output) {
        Figures max(Figures other) {
            return new Figures(
                    input.max(other.input), cached.max(other.cached), output.max(other.output));
        }

        /// Whether reading and writing cost the same.
        public boolean sameRates(Figures other) {
            return input.compareTo(other.input) == 0 && output.compareTo(other.output) == 0;
        }

        /// As `DATE:INPUT/CACHED/OUTPUT`.
        public String dated(String from) {
            return from + ":" + plain(input) + "/" + plain(cached) + "/" + plain(output);
        }

        private static String plain(BigDecimal value) {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }
}
