package dev.tierwise.route;

import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Orders the models that may and can answer a prompt, and says how their answers are judged. Rules
/// win over predictions; clearance and capability win over rules. Never waits and never logs; what
/// it remembers is how far its aim has come, and who answered a conversation last. Thread-safe.
public final class Router {
    private final List<ModelCard> models;
    private final List<Rule> rules;
    private final List<Tier> tiers;
    private final Aim aim;
    private final Chooser chooser;

    /// @param models what can be reached, in order of preference within a tier
    /// @param rules first match wins
    /// @param wits what to decide with
    public Router(List<ModelCard> models, List<Rule> rules, Wits wits) {
        this.models = List.copyOf(models);
        this.rules = List.copyOf(rules);
        this.aim = wits.aim();
        this.tiers =
                Stream.of(Tier.values())
                        .filter(tier -> models.stream().anyMatch(it -> it.tier() == tier))
                        .toList();
        this.chooser = new Chooser(wits, tiers);
    }

    /// The models that this router knows.
    public List<ModelCard> models() {
        return models;
    }

    /// What it is to achieve.
    public Aim aim() {
        return aim;
    }

    /// Decides on one prompt. Never blocks.
    public Plan plan(Ask ask) {
        Wish wish = Wish.of(ask, rules, models);
        if (wish.failure() != null) {
            return refused(wish, List.of(), wish.failure());
        }
        var vetoes = new ArrayList<Plan.Veto>();
        var open = new ArrayList<ModelCard>(models.size());
        for (ModelCard model : models) {
            if (wish.covers(model)) {
                Plan.Veto veto = Vetoes.of(model, ask, wish.maxTier());
                if (veto == null) {
                    open.add(model);
                } else {
                    vetoes.add(veto);
                }
            }
        }
        if (open.isEmpty()) {
            String rule = ask.clearance().judgement().decision().rule();
            Tier tier = Objects.requireNonNullElse(wish.tier(), Tier.LOCAL);
            return refused(wish, vetoes, Refusals.of(models, tier, wish.reason(), vetoes, rule));
        }
        open.sort(Comparator.comparing(ModelCard::tier));
        return wish.tier() == null
                ? chooser.plan(ask, wish, open, vetoes)
                : named(ask, wish, open, vetoes);
    }

    private static Plan refused(Wish wish, List<Plan.Veto> vetoes, Failure failure) {
        return new Plan(
                Objects.requireNonNullElse(wish.tier(), Tier.LOCAL),
                wish.reason(),
                Outlook.UNASKED,
                List.of(),
                vetoes,
                Course.PLAIN,
                failure);
    }

    /// The plan where a model or a tier was named: no other stands behind it. Models whose breaker
    /// is open come last.
    private Plan named(Ask ask, Wish wish, List<ModelCard> open, List<Plan.Veto> vetoes) {
        var steps = new ArrayList<>(open);
        steps.sort(Comparator.comparing(model -> !ask.healthy().test(model.name())));
        return new Plan(
                steps.getFirst().tier(),
                wish.reason(),
                Outlook.UNASKED,
                steps,
                vetoes,
                new Forced(steps, aim, tiers),
                null);
    }
}
