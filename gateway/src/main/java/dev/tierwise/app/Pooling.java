package dev.tierwise.app;

import dev.tierwise.call.Endurance;
import dev.tierwise.call.Model;
import dev.tierwise.call.pool.Pool;
import dev.tierwise.core.Capability;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes one model of those that several servers have under one name.
final class Pooling {
    private Pooling() {}

    /// One card of the cards of all sites: what it says holds for each of them. Where a site is
    /// cleared for less than another, so is the whole; who may see a prompt is asked of each site.
    static ModelCard card(List<ModelCard> sites) {
        ModelCard first = sites.getFirst();
        if (sites.size() == 1) {
            return first;
        }
        ModelCard farthest =
                sites.stream()
                        .filter(site -> !site.zone().equals(ModelCard.HOST))
                        .findFirst()
                        .orElse(first);
        return new ModelCard(
                first.name(),
                sites.stream().map(ModelCard::upstream).collect(Collectors.joining("+")),
                first.remoteName(),
                first.tier(),
                sites.stream().map(ModelCard::clearance).min(DataClass::compareTo).orElseThrow(),
                farthest.zone(),
                sites.stream()
                        .mapToLong(ModelCard::context)
                        .filter(context -> context > 0)
                        .min()
                        .orElse(0),
                common(sites),
                prices(sites),
                sites);
    }

    private static Set<Capability> common(List<ModelCard> sites) {
        Set<Capability> common = EnumSet.allOf(Capability.class);
        sites.forEach(site -> common.retainAll(site.capabilities()));
        return common;
    }

    /// What all agree on; unknown where they do not.
    private static List<Price> prices(List<ModelCard> sites) {
        List<Price> first = sites.getFirst().prices();
        return sites.stream().allMatch(site -> site.prices().equals(first)) ? first : List.of();
    }

    /// Whether a model that was found is one that was found before: of the same name where it runs,
    /// and both are known to run on this machine.
    static boolean same(ModelCard before, ModelCard found) {
        return isHere(found)
                && before.each().stream()
                        .allMatch(site ->
                                isHere(site)
                                        && !site.upstream().equals(found.upstream())
                                        && site.remoteName().equals(found.remoteName()));
    }

    private static boolean isHere(ModelCard card) {
        return card.tier() == Tier.LOCAL
                && card.zone().equals(ModelCard.HOST)
                && card.clearance() == DataClass.SECRET;
    }

    /// The model with one more site.
    static ModelCard with(ModelCard before, ModelCard found) {
        List<ModelCard> sites = new ArrayList<>(before.each());
        sites.add(
                new ModelCard(
                        before.name(),
                        found.upstream(),
                        found.remoteName(),
                        found.tier(),
                        found.clearance(),
                        found.zone(),
                        found.context(),
                        found.capabilities(),
                        found.prices()));
        return card(sites);
    }

    /// The limits of one site of a model: what fails in one of several is asked in another before
    /// it is asked there again.
    static Endurance endurance(ModelCard site, Sources sources) {
        Endurance own = source(site, sources).endurance();
        boolean alone = sources.models().contains(site);
        return alone ? own : new Endurance(0, own.maxConcurrent(), own.queueWait(), own.patience());
    }

    private static Sources.Source source(ModelCard site, Sources sources) {
        return Objects.requireNonNull(sources.upstreams().get(site.upstream()));
    }

    /// The way to ask each model that servers have.
    ///
    /// @param sites the way to ask it in each site
    static void pool(
            Sources sources, Map<ModelCard, Model> sites, Map<String, Model> models, Clock clock) {
        for (ModelCard card : sources.models()) {
            List<Model> all =
                    card.each().stream().map(sites::get).filter(Objects::nonNull).toList();
            if (card.sites().isEmpty()) {
                all.forEach(model -> models.put(card.name(), model));
            } else {
                Endurance first = source(card.sites().getFirst(), sources).endurance();
                models.put(card.name(), new Pool(card, all, first, clock));
            }
        }
    }
}
