package dev.tierwise.catalogue;

import dev.tierwise.core.Price;
import dev.tierwise.core.Tier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which tier a hosted model belongs to, and which few of a provider's many are worth offering to a
/// user who has said nothing but a key. Pure: the same catalogue and day give the same answer.
///
/// The tier follows the price of the day, blended as three tokens read for each one written, which
/// is what chat traffic is like: up to 2.50 dollars per million tokens is `mid`, more is
/// `frontier`. In the price lists of late 2026 the makers' middle models lie at or below 2.00 and
/// their strongest at or above 3.00, and the line goes between. Prices above 12.50 are never
/// offered unasked: they cost several times their maker's own strongest general model.
public final class Tiering {
    /// The highest blended price of the middle tier, in billionths of a dollar per million tokens.
    public static final long MID_LIMIT = 2_500_000_000L;

    /// The highest blended price that is offered unasked, in the same unit.
    public static final long OFFER_LIMIT = 12_500_000_000L;

    private static final int PER_TIER = 2;
    private static final int MONTHS_CURRENT = 18;
    private static final int READ_PER_WRITTEN = 3;

    /// A marketplace with hundreds of models, and the makers whose models it offers unasked.
    private static final String MARKETPLACE = "openrouter";

    private static final Set<String> MAKERS =
            Set.of("openai", "anthropic", "google", "mistralai", "deepseek", "x-ai");

    private static final Comparator<ModelFacts> NEWEST_FIRST =
            Comparator.comparing(ModelFacts::released)
                    .thenComparingDouble(facts -> Lineage.of(facts.id()).generation())
                    .reversed();

    private final Catalogue catalogue;
    private final LocalDate day;

    /// Tiers by the catalogue's prices.
    ///
    /// @param catalogue where models and prices stand
    /// @param day whose prices count
    public Tiering(Catalogue catalogue, LocalDate day) {
        this.catalogue = catalogue;
        this.day = day;
    }

    /// What a million tokens cost, three read for each one written, in billionths of a dollar;
    /// empty when no price is known for the day.
    public Optional<Long> blended(List<Price> prices) {
        return Price.on(day, prices)
                .map(price ->
                        (READ_PER_WRITTEN * price.input() + price.output())
                                / (READ_PER_WRITTEN + 1));
    }

    /// The tier of a hosted model at these prices; one without a price counts as the dearest.
    public Tier tier(List<Price> prices) {
        return blended(prices).filter(price -> price <= MID_LIMIT).isPresent()
                ? Tier.MID
                : Tier.FRONTIER;
    }

    /// The models of a provider that are offered unasked: per tier the newest of at most two
    /// families, newest first; `mid` before `frontier`. Only models younger than 18 months at the
    /// time of the lists, without betas and without `-latest` names, whose price moves; and none in
    /// `frontier` that a newer one of its family in `mid` has overtaken. A provider without a
    /// frontier model has none here.
    public List<Offer> offers(String backend) {
        List<ModelFacts> models = candidates(backend);
        List<ModelFacts> middle = ofTier(models, Tier.MID);
        List<ModelFacts> strongest =
                ofTier(models, Tier.FRONTIER).stream()
                        .filter(facts -> !isOvertaken(facts, middle))
                        .toList();
        List<Offer> offers = new ArrayList<>();
        middle.stream().limit(PER_TIER).forEach(facts -> offers.add(new Offer(facts, Tier.MID)));
        strongest.stream()
                .limit(PER_TIER)
                .forEach(facts -> offers.add(new Offer(facts, Tier.FRONTIER)));
        return List.copyOf(offers);
    }

    /// The strongest model of a provider whose models are all of the middle tier: its newest, of
    /// several the dearest. For a user who has no other provider it stands in as `frontier`. Empty
    /// for a provider that has frontier models of its own or only one model at all.
    public Optional<ModelFacts> standIn(String backend) {
        List<Offer> offers = offers(backend);
        if (offers.size() < 2 || offers.stream().anyMatch(o -> o.tier() == Tier.FRONTIER)) {
            return Optional.empty();
        }
        Comparator<Offer> strongest =
                Comparator.comparing((Offer offer) -> offer.facts().released())
                        .thenComparingLong(offer -> blended(offer.facts().prices()).orElse(0L))
                        .thenComparing(offer -> offer.facts().id());
        return offers.stream().max(strongest).map(Offer::facts);
    }

    /// What may be offered, newest first, of equals the dearest, then by name.
    private List<ModelFacts> candidates(String backend) {
        return catalogue.cloudModels(backend).stream()
                .filter(facts -> isOffered(backend, facts))
                .sorted(
                        NEWEST_FIRST
                                .thenComparingLong(facts -> -blended(facts.prices()).orElse(0L))
                                .thenComparing(ModelFacts::id))
                .toList();
    }

    /// The first model of each family among those of one tier.
    private List<ModelFacts> ofTier(List<ModelFacts> models, Tier tier) {
        Set<String> families = new HashSet<>();
        return models.stream()
                .filter(facts -> tier(facts.prices()) == tier)
                .filter(facts -> families.add(Lineage.of(facts.id()).family()))
                .toList();
    }

    private static boolean isOvertaken(ModelFacts facts, List<ModelFacts> middle) {
        String family = Lineage.of(facts.id()).family();
        return middle.stream()
                .anyMatch(other ->
                        Lineage.of(other.id()).family().equals(family)
                                && NEWEST_FIRST.compare(other, facts) < 0);
    }

    private boolean isOffered(String backend, ModelFacts facts) {
        String id = facts.id();
        boolean variant = id.endsWith("-latest") || id.contains("-beta") || id.contains("routers/");
        boolean current = !facts.released().isBefore(catalogue.made().minusMonths(MONTHS_CURRENT));
        boolean known = !backend.equals(MARKETPLACE) || MAKERS.contains(id.replaceAll("/.*", ""));
        return !variant
                && current
                && known
                && facts.context() > 0
                && !facts.capabilities().isEmpty()
                && blended(facts.prices()).filter(price -> price <= OFFER_LIMIT).isPresent();
    }
}
