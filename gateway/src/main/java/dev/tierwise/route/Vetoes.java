package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import org.jspecify.annotations.Nullable;

/// Why a model may not or cannot answer.
final class Vetoes {
    private Vetoes() {}

    /// One site that may and can answer is enough.
    static Plan.@Nullable Veto of(ModelCard model, Ask ask, Tier most) {
        Plan.Veto first = null;
        for (ModelCard site : model.each()) {
            Plan.Veto veto = at(site, ask, most);
            if (veto == null) {
                return null;
            }
            first = first == null ? veto : first;
        }
        return first;
    }

    private static Plan.@Nullable Veto at(ModelCard model, Ask ask, Tier most) {
        Prompt prompt = ask.clearance().prompt();
        String objection = ask.clearance().objection(model);
        if (objection != null) {
            return new Plan.Veto(model.name(), Plan.Kind.CLEARANCE, objection);
        }
        if (model.tier().compareTo(most) > 0) {
            return new Plan.Veto(
                    model.name(),
                    Plan.Kind.MAX_TIER,
                    "is " + model.tier().word() + ", at most " + most.word() + " is allowed");
        }
        for (var need : prompt.needs()) {
            if (!model.capabilities().contains(need)) {
                return new Plan.Veto(model.name(), Plan.Kind.CAPABILITY, "has no " + need.word());
            }
        }
        long needed = prompt.tokensNeeded();
        if (model.context() > 0 && needed > model.context()) {
            return new Plan.Veto(
                    model.name(),
                    Plan.Kind.CONTEXT,
                    "context of " + model.context() + " tokens, about " + needed + " needed");
        }
        return null;
    }
}
