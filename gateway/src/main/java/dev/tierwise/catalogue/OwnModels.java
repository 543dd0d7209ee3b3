package dev.tierwise.catalogue;

import dev.tierwise.core.Capability;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Models that the user's own file adds to the catalogue, and figures that it puts in the place of
/// the catalogue's. Immutable.
///
/// The file keeps to the plainest part of YAML: a model's name at the beginning of a line, and
/// below it, indented, `key: value` with comments and `[lists, of, words]`.
///
/// @param models in the order of the file
public record OwnModels(List<Model> models) {
    /// No model of one's own.
    public static final OwnModels NONE = new OwnModels(List.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*");
    private static final Pattern HEAD = Pattern.compile("(\\S+):\\s*");
    private static final Pattern ENTRY = Pattern.compile(" +([^:\\s]+):\\s+(.*)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    public OwnModels {
        models = List.copyOf(models);
    }

    /// One model. What the file does not say is missing.
    ///
    /// @param id its name: the catalogue's own of a model that it knows, or a new one
    /// @param line of the file where it begins
    /// @param values what the file says, by key, each checked
    public record Model(String id, int line, Map<OwnKey, String> values) {
        public Model {
            values = Map.copyOf(values);
        }

        /// What the file says under a key.
        public Optional<String> text(OwnKey key) {
            return Optional.ofNullable(values.get(key));
        }

        /// A count of it; null where the file says none.
        public @Nullable Long count(OwnKey key) {
            String value = values.get(key);
            return value == null ? null : (Long) OwnKey.count(value).orElseThrow();
        }

        /// The words of a list of it; none where the file has none.
        public List<String> words(OwnKey key) {
            return text(key).map(OwnKey::list).orElse(List.of());
        }

        /// When it was written down.
        public LocalDate noted() {
            return LocalDate.parse(text(OwnKey.NOTED).orElseThrow());
        }

        /// Who says so, with the day.
        public String told() {
            String by = text(OwnKey.SOURCE).map(source -> ", " + source).orElse("");
            return "your models.yaml, " + noted() + by;
        }
    }

    /// What reading gives: all of the file, or nothing.
    public sealed interface Made {
        /// Models.
        ///
        /// @param models as the file has them
        record Good(OwnModels models) implements Made {}

        /// Why there are none.
        ///
        /// @param problem the line, what is wrong there, and what would be right
        record Bad(String problem) implements Made {}
    }

    /// Reads the file's text.
    public static Made read(String text) {
        var reader = new Reader();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String problem = reader.take(i + 1, lines[i]);
            if (problem != null) {
                return new Made.Bad("line " + (i + 1) + ": " + problem);
            }
        }
        String problem = reader.end();
        return problem == null
                ? new Made.Good(new OwnModels(reader.models))
                : new Made.Bad("line " + reader.line + ": " + problem);
    }

    /// What was read so far, and the model that is being read.
    private static final class Reader {
        private final List<Model> models = new ArrayList<>();
        private final Map<OwnKey, String> values = new LinkedHashMap<>();
        private @Nullable String id;
        private int line;

        /// @return what is wrong; null when nothing is
        @Nullable String take(int number, String raw) {
            String text = COMMENT.matcher(raw).replaceFirst("").stripTrailing();
            if (text.isBlank()) {
                return null;
            }
            if (text.indexOf('\t') >= 0) {
                return "a tab; indent with spaces";
            }
            return text.startsWith(" ") ? entry(text) : begin(number, text);
        }

        private @Nullable String begin(int number, String text) {
            Matcher head = HEAD.matcher(text);
            if (!head.matches() || !NAME.matcher(head.group(1)).matches()) {
                return "'"
                        + text
                        + "' is no model's name with a colon behind it, such as my-model:";
            }
            String problem = end();
            boolean twice = models.stream().anyMatch(it -> it.id.equals(head.group(1)));
            id = head.group(1);
            line = number;
            values.clear();
            return problem == null && twice ? id + " is here a second time; join the two" : problem;
        }

        private @Nullable String entry(String text) {
            Matcher entry = ENTRY.matcher(text);
            if (id == null || !entry.matches()) {
                return id == null
                        ? "a value before any model's name"
                        : "'" + text.strip() + "' is no 'key: value'";
            }
            OwnKey key = OwnKey.named(entry.group(1)).orElse(null);
            if (key == null) {
                return "unknown key '"
                        + entry.group(1)
                        + "'; did you mean "
                        + OwnKey.near(entry.group(1))
                        + "? There are "
                        + OwnKey.words();
            }
            String value = unquoted(entry.group(2).strip());
            if (!key.takes(value)) {
                return key.word() + " is " + key.wants() + ", not '" + value + "'";
            }
            return values.put(key, value) == null ? null : key.word() + " is here a second time";
        }

        private static String unquoted(String value) {
            boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
            return quoted ? value.substring(1, value.length() - 1) : value;
        }

        /// Ends the model that was being read.
        private @Nullable String end() {
            if (id == null) {
                return null;
            }
            if (!values.containsKey(OwnKey.NOTED)) {
                return id + " has no day; say when you wrote it down, such as noted: 2026-11-30";
            }
            if (values.containsKey(OwnKey.LICENCE) != values.containsKey(OwnKey.USE)) {
                return id + ": licence and use come together; use is " + OwnKey.USE.wants();
            }
            var model = new Model(id, line, new HashMap<>(values));
            models.add(model);
            return tooMany(model, OwnKey.KV_HEADS, OwnKey.HEADS)
                    .or(() -> tooMany(model, OwnKey.ACTIVE, OwnKey.PARAMETERS))
                    .orElse(null);
        }

        private static Optional<String> tooMany(Model model, OwnKey part, OwnKey whole) {
            Long some = model.count(part);
            Long all = model.count(whole);
            return some == null || all == null || some <= all
                    ? Optional.empty()
                    : Optional.of(model.id + ": " + part.word() + " is more than " + whole.word());
        }
    }

    /// A model that the catalogue knows, with what the file says in the place of it.
    static ModelFacts over(ModelFacts facts, Model model) {
        Set<Capability> capabilities =
                model.values.containsKey(OwnKey.CAPABILITIES)
                        ? capabilities(model)
                        : facts.capabilities();
        List<String> names = new ArrayList<>(facts.names());
        names.addAll(model.words(OwnKey.NAMES));
        return new ModelFacts(
                facts.id(),
                facts.title(),
                names,
                facts.released(),
                or(model.count(OwnKey.PARAMETERS), facts.parameters()),
                or(model.count(OwnKey.ACTIVE), facts.activeParameters()),
                or(model.count(OwnKey.CONTEXT), facts.context()),
                facts.maxOutput(),
                capabilities,
                facts.prices());
    }

    /// A model of which nobody else knows.
    static ModelFacts alone(Model model) {
        return over(ModelFacts.priced(model.id, List.of()), model);
    }

    private static long or(@Nullable Long own, long known) {
        return own == null ? known : own;
    }

    private static Set<Capability> capabilities(Model model) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String word : model.words(OwnKey.CAPABILITIES)) {
            capabilities.add(Capability.of(word).orElseThrow());
        }
        return capabilities;
    }

    /// The model that a local server lists under a name in whatever form.
    Optional<Model> named(String name) {
        String key = OpenName.key(name);
        for (Model model : models) {
            boolean meant =
                    OpenName.key(model.id).equals(key)
                            || model.words(OwnKey.NAMES).stream()
                                    .anyMatch(it -> OpenName.key(it).equals(key));
            if (meant) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }
}
