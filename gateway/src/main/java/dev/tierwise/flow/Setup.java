package dev.tierwise.flow;

import dev.tierwise.call.Model;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Guard;
import dev.tierwise.route.Router;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that the flow works with, made from one configuration. Immutable; a reload makes a new one
/// and requests under way keep theirs.
///
/// @param guard who may see what
/// @param router who is asked
/// @param models the models by name
/// @param baseline the model that savings are counted against; null when there is none
public record Setup(
        Guard guard, Router router, Map<String, Model> models, @Nullable ModelCard baseline) {
    public Setup {
        models = Map.copyOf(models);
    }

    Model model(ModelCard card) {
        Model found = models.get(card.name());
        if (found == null) {
            throw new IllegalStateException("router and models come from one configuration");
        }
        return found;
    }

    boolean healthy(String model) {
        Model found = models.get(model);
        return found != null && found.healthy();
    }
}
