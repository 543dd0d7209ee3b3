package dev.tierwise.route;

import dev.tierwise.core.Caller;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What client, key and rules ask for, before any model is looked at.
///
/// @param tier where to begin; null where that is to be foretold
/// @param maxTier the highest that is allowed
/// @param onlyTier the only tier that is allowed; null for any
/// @param onlyModel the only model that is allowed; null for any
/// @param reason why
/// @param failure what is wrong with the wish; null for nothing
record Wish(
        @Nullable Tier tier,
        Tier maxTier,
        @Nullable Tier onlyTier,
        @Nullable String onlyModel,
        String reason,
        @Nullable Failure failure) {
    boolean covers(ModelCard model) {
        return (onlyTier == null || model.tier() == onlyTier)
                && (onlyModel == null || model.name().equals(onlyModel));
    }

    /// The first rule that matches, or else the client's word.
    static Wish of(Ask ask, List<Rule> rules, List<ModelCard> models) {
        Caller caller = ask.caller();
        for (Rule rule : rules) {
            if (rule.matches(ask)) {
                String reason = "rule " + rule.number();
                Rule.Use use = rule.use();
                if (use.model() != null) {
                    return named(use.model(), caller.maxTier(), reason, models);
                }
                if (use.tier() != null) {
                    return tier(use.tier(), caller.maxTier(), reason);
                }
                Tier most =
                        use.maxTier() == null
                                ? caller.maxTier()
                                : Tier.min(caller.maxTier(), use.maxTier());
                return new Wish(null, most, null, null, reason + "; ", null);
            }
        }
        String model = ask.clearance().prompt().model();
        if (model.equals("auto")) {
            return new Wish(null, caller.maxTier(), null, null, "", null);
        }
        if (model.startsWith("tier:")) {
            return Tier.of(model.substring(5))
                    .map(tier -> tier(tier, caller.maxTier(), "tier named by client"))
                    .orElseGet(() -> unknown(model, caller.maxTier(), models));
        }
        return named(model, caller.maxTier(), "model named by client", models);
    }

    private static Wish tier(Tier tier, Tier most, String reason) {
        return new Wish(tier, most, tier, null, reason, null);
    }

    private static Wish named(String name, Tier most, String reason, List<ModelCard> models) {
        for (ModelCard model : models) {
            if (model.name().equals(name)) {
                return new Wish(model.tier(), most, null, name, reason, null);
            }
        }
        return unknown(name, most, models);
    }

    private static Wish unknown(String name, Tier most, List<ModelCard> models) {
        return new Wish(
                Tier.LOCAL, most, null, name, "unknown model", Refusals.notFound(models, name));
    }
}
