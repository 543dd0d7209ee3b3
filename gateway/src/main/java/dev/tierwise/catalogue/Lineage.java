package dev.tierwise.catalogue;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a model's name says of its descent: `claude-opus-5-5` is generation 5.5 of the family
/// `claude-opus`, `accounts/fireworks/models/kimi-k2p6` generation 2.6 of `kimi-k`. Good enough to
/// tell a newer model from an older one of the same maker; names follow no standard.
///
/// @param brand the family's first word, such as `claude`
/// @param family the name without its generation, dates and stage words
/// @param generation the version as a decimal number, so that 4.3 is later than 4.20; 0 when the
///   name has none
public record Lineage(String brand, String family, double generation) {
    private static final Pattern GENERATION =
            Pattern.compile("(?<!\\d)(\\d{1,2})(?:[.p-](\\d{1,2})(?![\\dbx]))?(?![\\dbx])");
    private static final Pattern DATES =
            Pattern.compile(
                    "-(20\\d\\d-\\d\\d-\\d\\d|20\\d{6}|2[3-9](0[1-9]|1[0-2])|\\d{4})(?!\\d)");
    private static final Pattern STAGE =
            Pattern.compile("-(preview|latest|beta|exp|instruct|it|customtools)(?![a-z])");
    private static final Pattern BRAND = Pattern.compile("[a-z]+");

    /// The lineage that a model's id tells.
    public static Lineage of(String id) {
        String name = id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        name = DATES.matcher(name).replaceAll("");
        name = STAGE.matcher(name).replaceAll("");
        Matcher brand = BRAND.matcher(name);
        Matcher generation = GENERATION.matcher(name);
        if (!generation.find()) {
            return new Lineage(brand.find() ? brand.group() : name, name, 0);
        }
        String minor = generation.group(2) == null ? "0" : generation.group(2);
        String family = name.substring(0, generation.start()) + name.substring(generation.end());
        return new Lineage(
                brand.find() ? brand.group() : name,
                family.replaceAll("-{2,}", "-").replaceAll("-$", ""),
                Double.parseDouble(generation.group(1) + "." + minor));
    }
}
