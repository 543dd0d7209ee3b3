package dev.tierwise.meter;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Money;
import dev.tierwise.core.Tier;
import dev.tierwise.core.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts what happens. Thread-safe and cheap: each meter is looked up once and kept. Labels are
/// names of models, tiers, upstreams and outcomes only, so their number is bounded by the
/// configuration and nothing of a prompt can get into one.
public final class Meter {
    private static final Duration[] SECONDS = seconds();

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Timer overhead = Timer.builder("tierwise.overhead").register(registry);
    private final Timer held =
            Timer.builder("tierwise.held").serviceLevelObjectives(SECONDS).register(registry);
    private final Counter baseline = registry.counter("tierwise.counterfactual.cost.usd");
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Lender> runtimes = new ConcurrentHashMap<>();
    private final Map<String, PerModel> models = new ConcurrentHashMap<>();

    /// A meter with nothing counted yet.
    public Meter() {
        Gauge.builder("tierwise.requests.in.flight", inFlight, AtomicInteger::get)
                .register(registry);
    }

    /// Adds the figures of the process itself: memory and processor time.
    public void watchProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /// A request began.
    public void begin() {
        inFlight.incrementAndGet();
    }

    /// The request was read and decided on within `took`.
    public void decided(Duration took) {
        overhead.record(took);
    }

    /// A try failed.
    public void failedTry(String upstream, String code) {
        counter("tierwise.failed.tries", "upstream", upstream, "code", code).increment();
    }

    /// A request ended.
    ///
    /// @param tier the tier that answered, or `none`
    /// @param outcome how it ended, in the ledger's words
    public void end(String tier, String outcome) {
        inFlight.decrementAndGet();
        counter("tierwise.requests", "tier", tier, "outcome", outcome).increment();
    }

    /// A model answered.
    ///
    /// @param model the model
    /// @param usage tokens spent
    /// @param took time from the request's last byte to the answer's last
    /// @param firstByte time to the first event of a stream; null where the answer came whole
    public void answered(
            ModelCard model, Usage usage, Duration took, @Nullable Duration firstByte) {
        PerModel meters = models.computeIfAbsent(model.name(), _ -> perModel(model));
        meters.input.record((double) usage.input());
        meters.output.record((double) usage.output());
        meters.duration.record(took);
        if (firstByte != null) {
            meters.firstToken.record(firstByte);
        }
    }

    /// An answer was judged.
    ///
    /// @param tier of the model that gave it
    /// @param action what follows on it, in the ledger's words
    public void judged(Tier tier, String action) {
        counter("tierwise.verdicts", "tier", tier.word(), "action", action).increment();
    }

    /// A streamed answer was held back until it was judged: so much later came its first word.
    public void held(Duration time) {
        held.record(time);
    }

    /// An answer was priced.
    ///
    /// @param tier the tier that answered
    /// @param cost what it cost; null when not known
    /// @param baselineCost what the baseline would have cost; null when not known
    public void priced(String tier, @Nullable Money cost, @Nullable Money baselineCost) {
        if (cost == null) {
            counter("tierwise.unpriced.requests", "tier", tier, "", "").increment();
            return;
        }
        counter("tierwise.cost.usd", "tier", tier, "", "").increment(cost.nanos() / 1e9);
        if (baselineCost != null) {
            baseline.increment(baselineCost.nanos() / 1e9);
        }
    }

    /// Somebody has rated an answer.
    ///
    /// @param tier that had answered, or `unknown`
    /// @param opinion `up` or `down`
    public void rated(String tier, String opinion) {
        counter("tierwise.feedback", "tier", tier, "opinion", opinion).increment();
    }

    /// Traffic has drifted.
    ///
    /// @param what `scores` or `rate`
    public void drifted(String what) {
        counter("tierwise.drift.alarms", "what", what, "", "").increment();
    }

    /// What is seen of a local runtime.
    ///
    /// @param waiting requests that wait for a model there
    /// @param loads models that it was told to load so far
    public record Lender(IntSupplier waiting, LongSupplier loads) {}

    /// Follows a local runtime from now on, in the place of one of the same name.
    public void follow(String upstream, Lender runtime) {
        if (runtimes.put(upstream, runtime) == null) {
            Gauge.builder("tierwise.runtime.waiting", runtimes, it -> waiting(it.get(upstream)))
                    .tag("upstream", upstream)
                    .register(registry);
            FunctionCounter.builder(
                            "tierwise.runtime.loads", runtimes, it -> loads(it.get(upstream)))
                    .tag("upstream", upstream)
                    .register(registry);
        }
    }

    private static double waiting(@Nullable Lender runtime) {
        return runtime == null ? 0 : runtime.waiting.getAsInt();
    }

    private static double loads(@Nullable Lender runtime) {
        return runtime == null ? 0 : runtime.loads.getAsLong();
    }

    /// The page that Prometheus reads (text format 0.0.4).
    public String page() {
        return registry.scrape();
    }

    private Counter counter(String name, String key1, String value1, String key2, String value2) {
        return counters.computeIfAbsent(
                name + '|' + value1 + '|' + value2,
                _ -> {
                    Counter.Builder builder = Counter.builder(name).tag(key1, value1);
                    return (key2.isEmpty() ? builder : builder.tag(key2, value2))
                            .register(registry);
                });
    }

    private record PerModel(
            DistributionSummary input,
            DistributionSummary output,
            Timer duration,
            Timer firstToken) {}

    private PerModel perModel(ModelCard model) {
        return new PerModel(
                tokens(model, "input"),
                tokens(model, "output"),
                timer("gen_ai.client.operation.duration", model),
                timer("gen_ai.client.operation.time_to_first_chunk", model));
    }

    private DistributionSummary tokens(ModelCard model, String type) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .tag("gen_ai.request.model", model.name())
                .tag("gen_ai.token.type", type)
                .register(registry);
    }

    private Timer timer(String name, ModelCard model) {
        return Timer.builder(name)
                .tag("gen_ai.request.model", model.name())
                .tag("tier", model.tier().word())
                .serviceLevelObjectives(SECONDS)
                .register(registry);
    }

    /// Bucket bounds of the conventions: 10 ms doubling to 81.92 s.
    private static Duration[] seconds() {
        var bounds = new Duration[14];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Duration.ofMillis(10L << i);
        }
        return bounds;
    }
}
