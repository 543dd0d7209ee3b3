package dev.tierwise.flow;

import dev.tierwise.call.Model;
import dev.tierwise.call.Standing;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Guard;
import dev.tierwise.route.Ask;
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
/// @param learning how traffic teaches
public record Setup(
        Guard guard,
        Router router,
        Map<String, Model> models,
        @Nullable ModelCard baseline,
        Learning learning) {
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

    Ask.Pace pace(String model) {
        Model found = models.get(model);
        if (found == null) {
            return Ask.Pace.UNKNOWN;
        }
        Standing standing = found.standing();
        return new Ask.Pace(
                standing.running(),
                standing.waiting(),
                Math.max(1, standing.places()),
                switch (standing.loaded()) {
                    case YES -> true;
                    case NO -> false;
                    case UNKNOWN -> null;
                },
                standing.tokensPerSecond(),
                standing.firstTokenMillis() / 1e3);
    }
}
