package dev.tierwise.fit;

import dev.tierwise.fit.ModelShape.Attention;
import dev.tierwise.fit.ModelShape.Experts;
import dev.tierwise.fit.ModelShape.Matrices;
import dev.tierwise.fit.ModelShape.Published;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The shapes of all open models that the product knows. Immutable.
public final class Shapes {
    private static final int NEAR = 3;
    private static final Pattern NOISE =
            Pattern.compile(
                    "\\.gguf$|:latest$|[-_.](i?q\\d(_[k01])?(_[sml])?|f16|bf16|mxfp4|fp16|4bit|8bit)$"
                            + "|-gguf$|-instruct(-2\\d{3})?$|-it$|-chat$|-2\\d{3}$");

    private final List<ModelShape> all;
    private final Map<String, ModelShape> byKey = new HashMap<>();

    private Shapes(List<ModelShape> all) {
        this.all = all;
        for (ModelShape shape : all) {
            byKey.putIfAbsent(key(shape.id()), shape);
        }
        for (ModelShape shape : all) {
            shape.names().forEach(name -> byKey.putIfAbsent(key(name), shape));
        }
    }

    /// Those that ship with the product; reads its table.
    public static Shapes load() {
        return new Shapes(Table.read("shapes.tsv").stream().map(Shapes::shape).toList());
    }

    /// The same with some in the place of those of the same name, and more behind them.
    public Shapes with(List<ModelShape> own) {
        Map<String, ModelShape> ids = new LinkedHashMap<>();
        all.forEach(shape -> ids.put(shape.id(), shape));
        own.forEach(shape -> ids.put(shape.id(), shape));
        return new Shapes(List.copyOf(ids.values()));
    }

    /// Those of them that pass.
    Shapes only(Predicate<ModelShape> wanted) {
        return new Shapes(all.stream().filter(wanted).toList());
    }

    /// All, in the order of the table: by family.
    public List<ModelShape> all() {
        return all;
    }

    /// A model by any of its names: our own, an Ollama tag, a Hugging Face name, a file's name,
    /// with or without the quantisation, in either case.
    public Optional<ModelShape> named(String name) {
        return Optional.ofNullable(byKey.get(key(name)));
    }

    /// Up to three known models whose names look most like this one, for whoever mistyped it.
    public List<String> near(String name) {
        String wanted = key(name);
        record Distance(String id, int edits) {}
        return byKey.entrySet().stream()
                .map(it -> new Distance(it.getValue().id(), edits(wanted, it.getKey())))
                .sorted(Comparator.comparingInt(Distance::edits).thenComparing(Distance::id))
                .filter(it -> it.edits <= Math.max(2, wanted.length() / 2))
                .map(Distance::id)
                .distinct()
                .limit(NEAR)
                .toList();
    }

    /// A name without its maker, its quantisation and the marks between its parts.
    private static String key(String name) {
        String rest = name.strip().toLowerCase(Locale.ROOT);
        rest = rest.substring(rest.lastIndexOf('/') + 1);
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = NOISE.matcher(rest).replaceFirst("");
        }
        return rest.replaceFirst("^meta-", "").replaceAll("[-_: ]", "");
    }

    /// Letters to change, add or leave out to make one word of the other.
    private static int edits(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(row[j - 1], before[j]));
            }
            before = row;
        }
        return before[other.length()];
    }

    // ---- the table

    private static ModelShape shape(Table.Row row) {
        List<String> names = new ArrayList<>();
        for (String column : List.of("ollama", "huggingface")) {
            String text = row.text(column);
            if (text != null) {
                names.addAll(List.of(text.split(" ", -1)));
            }
        }
        String usual = row.text("native");
        return new ModelShape(
                row.known("id"),
                names,
                row.count("parameters"),
                row.count("active"),
                row.small("context"),
                row.small("layers"),
                row.small("vocabulary"),
                matrices(row),
                attention(row),
                row.text("experts") == null
                        ? null
                        : new Experts(number(row, "experts"), number(row, "experts_active")),
                usual == null ? Quantisation.Q4_K_M : Quantisation.valueOf(usual),
                row.text("published_bytes") == null
                        ? null
                        : new Published(
                                Objects.requireNonNull(row.count("published_bytes")),
                                row.known("published_as"),
                                row.known("published_by")),
                row.known("source"));
    }

    private static @Nullable Matrices matrices(Table.Row row) {
        boolean whole =
                List.of(
                                "layers",
                                "hidden",
                                "heads",
                                "kv_heads",
                                "head_size",
                                "feed_forward",
                                "vocabulary",
                                "tied")
                        .stream()
                        .allMatch(column -> row.text(column) != null);
        return !whole
                ? null
                : new Matrices(
                        number(row, "layers"),
                        number(row, "hidden"),
                        number(row, "heads"),
                        number(row, "kv_heads"),
                        number(row, "head_size"),
                        number(row, "feed_forward"),
                        number(row, "vocabulary"),
                        row.known("tied").equals("yes"),
                        row.known("fused_qkv").equals("yes"));
    }

    private static @Nullable Attention attention(Table.Row row) {
        return row.text("full_layers") == null
                ? null
                : new Attention(
                        number(row, "full_layers"),
                        number(row, "window_layers"),
                        row.text("window") == null ? 0 : number(row, "window"),
                        number(row, "recurrent_layers"),
                        row.count("recurrent_bytes"),
                        number(row, "kv_heads"),
                        number(row, "head_size"),
                        row.text("full_width") == null
                                ? number(row, "kv_heads") * number(row, "head_size")
                                : number(row, "full_width"));
    }

    private static int number(Table.Row row, String column) {
        return Integer.parseInt(row.known(column));
    }
}
