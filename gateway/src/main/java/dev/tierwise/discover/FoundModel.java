package dev.tierwise.discover;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// A model as it was found, before it has its place and its name in the gateway.
///
/// @param upstream the upstream's name
/// @param remoteName the name that the upstream knows it by
/// @param tier where it stands
/// @param clearance the highest class of data that it may see
/// @param traits what else is known of it
record FoundModel(
        String upstream, String remoteName, Tier tier, DataClass clearance, Traits traits) {
    /// Properties of a model.
    ///
    /// @param parameters weights in all; 0 when not known
    /// @param released when it came out; [LocalDate#EPOCH] when not known
    /// @param abilities what it can do
    /// @param prices dated prices; empty when not known
    record Traits(long parameters, LocalDate released, Abilities abilities, List<Price> prices) {}

    /// The card of this model under the name `name`.
    ModelCard card(String name) {
        return new ModelCard(
                name,
                upstream,
                remoteName,
                tier,
                clearance,
                clearance == DataClass.SECRET ? ModelCard.HOST : ModelCard.CLOUD,
                traits.abilities.context(),
                traits.abilities.capabilities(),
                traits.prices);
    }

    /// Whether a name tells that its model makes vectors or ranks instead of answering.
    static boolean isNameOfNoChatModel(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("embed")
                || lower.contains("rerank")
                || lower.contains("bge-")
                || lower.contains("minilm")
                || lower.contains("whisper");
    }
}
