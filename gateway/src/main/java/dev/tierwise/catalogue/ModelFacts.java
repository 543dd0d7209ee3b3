package dev.tierwise.catalogue;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Price;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/// What the catalogue knows of one model.
///
/// @param id the name that the backend takes; for an open model the catalogue's own
/// @param title the name for people
/// @param names further names of the same model: dated snapshots, Ollama tags, Hugging Face names
/// @param released when it came out; [LocalDate#EPOCH] when not known
/// @param parameters weights in all; 0 when not published
/// @param activeParameters weights used per token, fewer than `parameters` in a mixture of experts
/// @param context tokens of prompt and answer together; 0 when not known
/// @param maxOutput the most tokens in an answer; 0 when not known
/// @param capabilities what it can do
/// @param prices dated prices, oldest first; empty when not known
public record ModelFacts(
        String id,
        String title,
        List<String> names,
        LocalDate released,
        long parameters,
        long activeParameters,
        long context,
        long maxOutput,
        Set<Capability> capabilities,
        List<Price> prices) {
    public ModelFacts {
        names = List.copyOf(names);
        capabilities = Set.copyOf(capabilities);
        prices = List.copyOf(prices);
    }

    /// A model of which only prices are known.
    static ModelFacts priced(String id, List<Price> prices) {
        return new ModelFacts(id, id, List.of(), LocalDate.EPOCH, 0, 0, 0, 0, Set.of(), prices);
    }

    /// The same at other prices.
    ModelFacts with(List<Price> others) {
        return new ModelFacts(
                id,
                title,
                names,
                released,
                parameters,
                activeParameters,
                context,
                maxOutput,
                capabilities,
                others);
    }
}
