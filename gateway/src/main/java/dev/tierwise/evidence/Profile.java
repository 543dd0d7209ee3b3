package dev.tierwise.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of an open model beside its shape.
///
/// @param model its name here
/// @param maker whose it is, such as `meta`; `-` when unknown
/// @param licence null when unknown
/// @param released its first day; null when unknown
/// @param abilities words such as `tools`, `vision`, `thinking`
/// @param abilitiesSource who says so
public record Profile(
        String model,
        String maker,
        @Nullable Licence licence,
        @Nullable String released,
        List<String> abilities,
        String abilitiesSource) {
    public Profile {
        abilities = List.copyOf(abilities);
    }

    /// A model of which nothing is known.
    public static Profile unknown(String model) {
        return new Profile(model, "-", null, null, List.of(), "-");
    }

    /// Whether the licence forbids commercial use. An unknown licence is not taken for a ban.
    public boolean barred() {
        return licence != null && licence.use() == Licence.Use.RESEARCH;
    }
}
