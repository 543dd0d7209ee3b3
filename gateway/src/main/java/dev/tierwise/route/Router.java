package dev.tierwise.route;

import dev.tierwise.core.Caller;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Orders the models that may and can answer a prompt, smallest tier first. Rules win over
/// predictions; clearance and capability win over rules. Pure: same question, same plan. Immutable,
/// thread-safe.
public final class Router {
    /// Tokens kept free for the answer where the client names no limit.
    private static final long ROOM_FOR_ANSWER = 256;

    private final List<ModelCard> models;
    private final List<Rule> rules;
    private final double quality;

    /// @param models what can be reached, in order of preference within a tier
    /// @param rules first match wins
    /// @param quality how good answers must be where the client does not say, 0..1
    public Router(List<ModelCard> models, List<Rule> rules, double quality) {
        this.models = List.copyOf(models);
        this.rules = List.copyOf(rules);
        this.quality = quality;
    }

    /// The models that this router knows.
    public List<ModelCard> models() {
        return models;
    }

    /// Decides on one prompt. Never blocks.
    public Plan plan(Ask ask) {
        Wish wish = wish(ask);
        Difficulty difficulty = wish.difficulty;
        if (wish.failure != null) {
            return new Plan(
                    wish.tier,
                    wish.reason,
                    difficulty,
                    List.of(),
                    List.of(),
                    Course.PLAIN,
                    wish.failure);
        }
        var vetoes = new ArrayList<Plan.Veto>();
        var open = new ArrayList<ModelCard>(models.size());
        for (ModelCard model : models) {
            if (wish.covers(model)) {
                Plan.Veto veto = veto(model, ask, wish.maxTier);
                if (veto == null) {
                    open.add(model);
                } else {
                    vetoes.add(veto);
                }
            }
        }
        List<ModelCard> steps = order(open, wish.tier, ask);
        if (steps.isEmpty()) {
            Failure failure = Refusals.of(models, wish.tier, wish.reason, vetoes, rule(ask));
            return new Plan(
                    wish.tier, wish.reason, difficulty, steps, vetoes, Course.PLAIN, failure);
        }
        Tier tier = steps.getFirst().tier();
        String reason = tier == wish.tier ? wish.reason : wish.reason + "; " + moved(wish, tier);
        return new Plan(tier, reason, difficulty, steps, vetoes, Course.PLAIN, null);
    }

    private static String rule(Ask ask) {
        return ask.clearance().judgement().decision().rule();
    }

    private static String moved(Wish wish, Tier tier) {
        return "no open model in " + wish.tier.word() + ", so " + tier.word();
    }

    /// What client, key and rules ask for, before any model is looked at.
    private record Wish(
            Tier tier,
            Tier maxTier,
            @Nullable Tier onlyTier,
            @Nullable String onlyModel,
            String reason,
            Difficulty difficulty,
            @Nullable Failure failure) {
        boolean covers(ModelCard model) {
            return (onlyTier == null || model.tier() == onlyTier)
                    && (onlyModel == null || model.name().equals(onlyModel));
        }
    }

    private Wish wish(Ask ask) {
        Caller caller = ask.caller();
        for (Rule rule : rules) {
            if (rule.matches(ask)) {
                String reason = "rule " + rule.number();
                Rule.Use use = rule.use();
                if (use.model() != null) {
                    return named(use.model(), caller.maxTier(), reason);
                }
                if (use.tier() != null) {
                    return tier(use.tier(), caller.maxTier(), reason);
                }
                Tier most =
                        use.maxTier() == null
                                ? caller.maxTier()
                                : Tier.min(caller.maxTier(), use.maxTier());
                return predicted(ask, most, reason + "; ");
            }
        }
        String model = ask.clearance().prompt().model();
        if (model.equals("auto")) {
            return predicted(ask, caller.maxTier(), "");
        }
        if (model.startsWith("tier:")) {
            return Tier.of(model.substring(5))
                    .map(tier -> tier(tier, caller.maxTier(), "tier named by client"))
                    .orElseGet(() -> unknown(model, caller.maxTier()));
        }
        return named(model, caller.maxTier(), "model named by client");
    }

    private Wish predicted(Ask ask, Tier most, String before) {
        Difficulty difficulty = Difficulty.of(ask.clearance().prompt());
        Double wished = ask.caller().quality();
        double wanted = wished == null ? quality : wished;
        double easy = Math.clamp(0.50 + (0.8 - wanted), 0, 1);
        double middling = Math.clamp(0.75 + (0.8 - wanted), 0, 1);
        double score = difficulty.score();
        Tier tier = score <= easy ? Tier.LOCAL : score <= middling ? Tier.MID : Tier.FRONTIER;
        Tier bounded = Tier.min(tier, most);
        String reason =
                before
                        + "difficulty "
                        + hundredths(score)
                        + " (local to "
                        + hundredths(easy)
                        + ", mid to "
                        + hundredths(middling)
                        + (bounded == tier ? ")" : "); held to " + bounded.word());
        return new Wish(bounded, most, null, null, reason, difficulty, null);
    }

    /// A number from 0 to 1 with two digits; [String#format] would cost more than the decision.
    private static String hundredths(double value) {
        long rounded = Math.round(value * 100);
        return rounded / 100 + "." + rounded / 10 % 10 + rounded % 10;
    }

    private static Wish tier(Tier tier, Tier most, String reason) {
        return new Wish(tier, most, tier, null, reason, Difficulty.UNASKED, null);
    }

    private Wish named(String name, Tier most, String reason) {
        for (ModelCard model : models) {
            if (model.name().equals(name)) {
                return new Wish(model.tier(), most, null, name, reason, Difficulty.UNASKED, null);
            }
        }
        return unknown(name, most);
    }

    private Wish unknown(String name, Tier most) {
        return new Wish(
                Tier.LOCAL,
                most,
                null,
                name,
                "unknown model",
                Difficulty.UNASKED,
                Refusals.notFound(models, name));
    }

    private static Plan.@Nullable Veto veto(ModelCard model, Ask ask, Tier most) {
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
        long answer = prompt.maxOutput() > 0 ? prompt.maxOutput() : ROOM_FOR_ANSWER;
        long needed = prompt.estimatedTokens() + answer;
        if (model.context() > 0 && needed > model.context()) {
            return new Plan.Veto(
                    model.name(),
                    Plan.Kind.CONTEXT,
                    "context of " + model.context() + " tokens, about " + needed + " needed");
        }
        return null;
    }

    /// From the wished tier upwards; where nothing is open there, downwards, because an answer of a
    /// smaller model is better than none. Models whose breaker is open come last.
    private static List<ModelCard> order(List<ModelCard> open, Tier from, Ask ask) {
        var steps = new ArrayList<ModelCard>(open.size());
        for (Tier tier : Tier.values()) {
            if (tier.compareTo(from) >= 0) {
                add(open, tier, steps);
            }
        }
        if (steps.isEmpty()) {
            for (Tier tier : List.of(Tier.values()).reversed()) {
                if (steps.isEmpty()) {
                    add(open, tier, steps);
                }
            }
        }
        steps.sort((a, b) ->
                Boolean.compare(!ask.healthy().test(a.name()), !ask.healthy().test(b.name())));
        return steps;
    }

    private static void add(List<ModelCard> open, Tier tier, List<ModelCard> steps) {
        for (ModelCard model : open) {
            if (model.tier() == tier) {
                steps.add(model);
            }
        }
    }
}
