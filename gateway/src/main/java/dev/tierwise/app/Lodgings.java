package dev.tierwise.app;

import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.call.http.Windows;
import dev.tierwise.call.runtime.Residency;
import dev.tierwise.call.runtime.Residency.Patience;
import dev.tierwise.call.runtime.Residency.Rules;
import dev.tierwise.call.runtime.RuntimeControl;
import dev.tierwise.config.UpstreamSettings;
import dev.tierwise.core.ModelCard;
import dev.tierwise.meter.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The runtimes beside this gateway whose memory it shares out among requests. They outlive a
/// reload, so that requests of the old configuration and of the new one wait in one line.
/// Thread-safe.
final class Lodgings implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("tierwise.lodgings");

    /// How long a runtime keeps a model that it hears nothing of. It hears of those that are to
    /// stay, so this only matters when this gateway has died: nothing stays for ever.
    private static final Duration FORGOTTEN = Duration.ofHours(2);

    /// A runtime hears this often of a model in the time in which it would forget it.
    private static final int REMINDERS = 4;

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LLAMA_SERVER_MODELS = 4;
    private static final int MODELS = 3;

    private final HttpFetch fetch;
    private final boolean serving;
    private final Footprints footprints;
    private final Meter meter;
    private final Map<String, Lodging> lodgings = new HashMap<>();
    private boolean closed;

    /// @param fetch how to reach runtimes
    /// @param serving whether this process serves; one that asks for itself leaves runtimes alone
    /// @param footprints what models take
    /// @param meter counts loads and those who wait
    Lodgings(HttpFetch fetch, boolean serving, Footprints footprints, Meter meter) {
        this.fetch = fetch;
        this.serving = serving;
        this.footprints = footprints;
        this.meter = meter;
    }

    /// How the models of an upstream are reached.
    ///
    /// @param endpoint where it is
    /// @param windows the context windows of its models
    /// @param residency who has what of its memory; null where the runtime decides that itself
    /// @param patience how long requests wait
    record Stay(
            Endpoint endpoint, Windows windows, @Nullable Residency residency, Patience patience) {}

    /// Takes over an upstream of a configuration.
    ///
    /// @param cards its models
    synchronized Stay of(Sources.Source source, List<ModelCard> cards) {
        Endpoint plain = source.endpoint();
        Duration asked = source.loading().patience();
        var patience =
                new Patience(
                        source.endurance().queueWait(),
                        asked == null ? plain.limits().firstByte() : asked);
        Optional<RuntimeControl> control =
                serving && source.managed() ? Controls.of(source, fetch) : Optional.empty();
        if (closed || control.isEmpty()) {
            return new Stay(plain, new Windows(), null, patience);
        }
        Endpoint endpoint = plain.keeping(kept(source.loading()));
        Lodging lodging = lodgings.get(plain.name());
        if (lodging == null || !lodging.isAt(plain.base())) {
            Lodging fresh = open(source, endpoint, control.get());
            retire(lodgings.put(plain.name(), fresh));
            lodging = fresh;
            meter.follow(plain.name(), seen(fresh.residency()));
        }
        lodging.take(endpoint, cards);
        follow(lodging, source, here(cards));
        return new Stay(endpoint, lodging.windows(), lodging.residency(), patience);
    }

    private static Meter.Lender seen(Residency residency) {
        return new Meter.Lender(
                () -> residency.seen().stream().mapToInt(Residency.Seen::waiters).sum(),
                residency::loads);
    }

    private static Duration kept(UpstreamSettings.Loading settings) {
        Duration twice = settings.keep().multipliedBy(2);
        return twice.compareTo(FORGOTTEN) > 0 ? twice : FORGOTTEN;
    }

    /// Until the runtime has said what it has, it decides itself what it loads.
    private static Lodging open(Sources.Source source, Endpoint endpoint, RuntimeControl control) {
        var guest = new Lodging.Guests(endpoint);
        var residency =
                new Residency(
                        control,
                        guest::order,
                        rules(source, endpoint, Footprints.UNKNOWN),
                        Residency.Timing.USUAL,
                        List.of(),
                        List.of());
        return new Lodging(control, residency, guest);
    }

    /// Only models that are known to run here are loaded.
    private static List<ModelCard> here(List<ModelCard> cards) {
        return cards.stream().filter(it -> !it.zone().equals(ModelCard.CLOUD)).toList();
    }

    /// Looks now and then at what the runtime has on disk, as long as nothing newer is followed.
    private void follow(Lodging lodging, Sources.Source source, List<ModelCard> cards) {
        long turn = lodging.turn();
        Thread.ofVirtual()
                .name("tierwise-lodgings")
                .start(() -> {
                    while (lodging.isAt(turn)) {
                        boolean seen = furnish(lodging, source, cards);
                        sleep(seen ? AGAIN : SOON);
                    }
                });
    }

    private boolean furnish(Lodging lodging, Sources.Source source, List<ModelCard> cards) {
        var tenants = new Footprints.Tenants(source, cards, lodging);
        Optional<Footprints.Plan> found = footprints.plan(tenants);
        if (found.isEmpty()) {
            return false;
        }
        Footprints.Plan plan = found.get();
        if (lodging.takes(plan)) {
            plan.missing().forEach(it -> missing(source.endpoint().name(), it));
            lodging.residency()
                    .reform(
                            rules(source, lodging.endpoint(), plan.memory()),
                            plan.lodgers(),
                            plan.preload());
        }
        return true;
    }

    private static void missing(String runtime, String model) {
        LOG.log(
                System.Logger.Level.WARNING,
                "loading.preload: {0} has no model {1} that is known to run here; pull it, or"
                        + " correct the name",
                runtime,
                model);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Rules rules(Sources.Source source, Endpoint endpoint, long memory) {
        UpstreamSettings.Loading settings = source.loading();
        Integer most = settings.models();
        boolean llama = source.backend().name().equals("llama-server");
        Duration kept = endpoint.kept();
        return new Rules(
                memory,
                settings.memory() != null,
                most == null ? (llama ? LLAMA_SERVER_MODELS : MODELS) : most,
                settings.stay(),
                settings.turn(),
                settings.keep(),
                settings.rest(),
                settings.queue(),
                kept.isZero() ? null : kept.dividedBy(REMINDERS));
    }

    /// Leaves alone the runtimes that a configuration does not manage any more.
    ///
    /// @param kept the upstreams that it has
    synchronized void keep(Map<String, Sources.Source> kept) {
        Set<String> gone = new HashSet<>(lodgings.keySet());
        gone.removeIf(name -> {
            Sources.Source source = kept.get(name);
            return source != null && source.managed();
        });
        gone.forEach(name -> retire(lodgings.remove(name)));
    }

    private static void retire(@Nullable Lodging lodging) {
        if (lodging != null) {
            lodging.turn();
            lodging.residency().retire();
        }
    }

    @Override
    public void close() {
        List<Lodging> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(lodgings.values());
            lodgings.clear();
        }
        all.forEach(it -> {
            it.turn();
            it.residency().close();
        });
    }
}
