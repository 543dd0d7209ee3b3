package dev.tierwise.flow;

import dev.tierwise.audit.AuditRecord;
import dev.tierwise.audit.Trail;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Try;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Money;
import dev.tierwise.core.Price;
import dev.tierwise.core.Usage;
import dev.tierwise.guard.Clearance;
import dev.tierwise.ledger.Attempt;
import dev.tierwise.ledger.Entry;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.ledger.Outcome;
import dev.tierwise.ledger.Verdict;
import dev.tierwise.meter.Meter;
import dev.tierwise.route.Next;
import dev.tierwise.route.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be recorded of one request, gathered while it runs and written when it ends. Used by
/// the request's own thread only.
final class Page {
    private static final System.Logger LOG = System.getLogger("tierwise.requests");

    private final Request request;
    private final @Nullable ModelCard baseline;
    private final Ledger ledger;
    private final Meter meter;
    private final Trail trail;
    private final LocalDate day;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private long tryBegun;
    private String reason = "";
    private @Nullable Plan plan;
    private @Nullable Duration firstByte;
    private @Nullable Duration delivered;
    private final List<Verdict> verdicts = new ArrayList<>(0);
    private final Map<String, ModelCard> asked = new HashMap<>(0);
    private @Nullable Clearance clearance;
    private Caller caller;

    Page(Request request, @Nullable ModelCard baseline, Books books) {
        this.request = request;
        this.baseline = baseline;
        this.ledger = books.ledger();
        this.meter = books.meter();
        this.trail = books.trail();
        this.caller = request.caller();
        this.day = books.day();
    }

    /// The guard has spoken.
    void cleared(Clearance given) {
        clearance = given;
    }

    String id() {
        return request.id();
    }

    Instant at() {
        return request.at();
    }

    String key() {
        return request.caller().key();
    }

    /// The client has its answer; what follows is not part of the request's time.
    void delivered() {
        delivered = request.elapsed();
    }

    /// A site of a model that is at several is about to be asked.
    void asking(ModelCard site) {
        asked.put(site.name(), site);
    }

    /// The card of the site of `model` that was asked last; its own where it is at one site.
    ModelCard site(ModelCard model) {
        return asked.getOrDefault(model.name(), model);
    }

    /// A model is about to be asked.
    void trying() {
        tryBegun = System.nanoTime();
    }

    /// The plan is made; from here on time belongs to the models.
    void decided(Plan plan, DataClass dataClass) {
        this.plan = plan;
        reason = plan.reason();
        tryBegun = System.nanoTime();
        Caller asked = request.caller();
        caller = new Caller(asked.key(), asked.task(), asked.maxTier(), asked.quality(), dataClass);
        meter.decided(request.elapsed());
    }

    Client.Heading heading(ModelCard model, String why) {
        reason = why;
        return new Client.Heading(request.id(), model.tier(), model.name(), why);
    }

    /// What `usage` costs on `model` today, or null where its price is not known.
    @Nullable Money cost(ModelCard model, Usage usage) {
        return Price.on(day, model.prices()).map(price -> price.of(usage)).orElse(null);
    }

    /// The first event of a stream is here; what came before, failed tries too, the client has
    /// waited.
    void begun() {
        firstByte = request.elapsed();
    }

    void failedTry(Try failed) {
        String code = failed.failure().code();
        meter.failedTry(failed.model().upstream(), code);
        attempt(
                failed.model(),
                new Result(Usage.NONE, Money.ZERO, null, failed.failure()),
                code,
                Duration.between(request.at(), failed.at()),
                failed.took());
        tryBegun = System.nanoTime();
    }

    /// A model answered, and the client may get it.
    ///
    /// @param toFirst from the try's begin to the first event; null where it came whole
    void answered(ModelCard model, Usage usage, @Nullable Duration toFirst) {
        attempt(model, new Result(usage, cost(model, usage), toFirst, null), "ok");
    }

    /// A model's stream came to its end, whole or not.
    void answered(ModelCard model, Ending ending) {
        Money cost = cost(model, ending.usage());
        var result = new Result(ending.usage(), cost, ending.firstByte(), ending.failure());
        attempt(model, result, result.word());
    }

    /// A model's answer was thrown away before the client saw anything of it.
    ///
    /// @param failure why it broke off; null where it was not good enough
    void discarded(ModelCard model, Ending ending, @Nullable Failure failure) {
        Money cost = cost(model, ending.usage());
        var result = new Result(ending.usage(), cost, ending.firstByte(), failure);
        attempt(model, result, failure == null ? "discarded" : failure.code());
    }

    /// A model was asked about another's answer.
    void consulted(ModelCard model, Usage usage) {
        attempt(model, new Result(usage, cost(model, usage), null, null), "consulted");
    }

    /// An answer was judged.
    void judged(ModelCard model, Next next) {
        Next.Opinion opinion = next.opinion();
        String second = next instanceof Next.Consult consult ? consult.by().name() : null;
        Verdict.Action action =
                switch (next) {
                    case Next.Accept _ -> Verdict.Action.ACCEPT;
                    case Next.Climb _ -> Verdict.Action.CLIMB;
                    case Next.Consult _ -> Verdict.Action.CONSULT;
                };
        verdicts.add(
                new Verdict(
                        verdicts.size() + 1,
                        model.name(),
                        opinion.good(),
                        action,
                        opinion.why(),
                        second,
                        opinion.agreed(),
                        null));
        meter.judged(model.tier(), action.name().toLowerCase(Locale.ROOT));
    }

    /// An answer was held so long before the client saw its first word.
    void held(Duration time) {
        meter.held(time);
        if (!verdicts.isEmpty()) {
            Verdict last = verdicts.removeLast();
            verdicts.add(
                    new Verdict(
                            last.number(),
                            last.model(),
                            last.probability(),
                            last.action(),
                            last.reason(),
                            last.second(),
                            last.agreed(),
                            time));
        }
    }

    /// What all attempts have cost so far; null where the price of one is not known.
    @Nullable Money total() {
        Money sum = Money.ZERO;
        for (Attempt attempt : attempts) {
            if (attempt.cost() == null) {
                return null;
            }
            sum = sum.plus(attempt.cost());
        }
        return sum;
    }

    /// The same in dollars; 0 where it is not known.
    double dollars() {
        Money total = total();
        return total == null ? 0 : total.nanos() / 1e9;
    }

    /// The request ended without an answer.
    void close(Failure failure) {
        boolean refused = attempts.isEmpty() && !(failure instanceof Failure.Broken);
        Outcome outcome =
                failure instanceof Failure.Abandoned
                        ? Outcome.ABANDONED
                        : refused ? Outcome.REFUSED : Outcome.FAILED;
        write(null, new Result(Usage.NONE, Money.ZERO, null, failure), outcome);
    }

    /// The request ended with a whole answer.
    void close(ModelCard model, Usage usage) {
        var result = new Result(usage, cost(model, usage), null, null);
        meter.answered(model, usage, request.elapsed(), null);
        write(model, result, Outcome.ANSWERED);
    }

    /// The request ended with a streamed answer, whole or not.
    void close(ModelCard model, Ending ending) {
        Money cost = cost(model, ending.usage());
        var result = new Result(ending.usage(), cost, ending.firstByte(), ending.failure());
        meter.answered(model, ending.usage(), request.elapsed(), ending.firstByte());
        Outcome outcome =
                switch (ending.failure()) {
                    case null -> Outcome.ANSWERED;
                    case Failure.Abandoned _ -> Outcome.ABANDONED;
                    case Failure _ -> Outcome.BROKEN;
                };
        write(model, result, outcome);
    }

    /// What an attempt or a request came to.
    private record Result(
            Usage usage,
            @Nullable Money cost,
            @Nullable Duration firstByte,
            @Nullable Failure failure) {
        int status() {
            return failure == null ? 200 : failure.status();
        }

        String word() {
            return failure == null ? "ok" : failure.code();
        }
    }

    private void attempt(ModelCard model, Result result, String word) {
        Duration took = Duration.ofNanos(System.nanoTime() - tryBegun);
        attempt(model, result, word, Duration.ofNanos(tryBegun - request.begun()), took);
    }

    private void attempt(
            ModelCard model, Result result, String word, Duration startedAfter, Duration took) {
        attempts.add(
                new Attempt(
                        attempts.size() + 1,
                        model.name(),
                        model.upstream(),
                        model.tier(),
                        startedAfter,
                        took,
                        result.firstByte,
                        result.usage,
                        result.cost,
                        result.status(),
                        word));
    }

    /// The tokens of all attempts.
    private Usage spent() {
        Usage sum = Usage.NONE;
        for (Attempt attempt : attempts) {
            Usage usage = attempt.usage();
            sum =
                    new Usage(
                            sum.input() + usage.input(),
                            sum.cachedInput() + usage.cachedInput(),
                            sum.output() + usage.output(),
                            sum.estimated() || usage.estimated());
        }
        return sum;
    }

    private void write(@Nullable ModelCard model, Result result, Outcome outcome) {
        Money total = total();
        Duration latency = delivered == null ? request.elapsed() : delivered;
        Money baselineCost =
                baseline == null || model == null ? null : cost(baseline, result.usage);
        String tier = model == null ? "none" : model.tier().word();
        ledger.record(
                new Entry(
                        request.id(),
                        request.at(),
                        caller,
                        new Entry.Choice(
                                request.prompt().model(),
                                model == null ? null : model.tier(),
                                model == null ? null : model.name(),
                                reason,
                                plan == null ? null : OutlookText.of(plan)),
                        new Entry.Bill(
                                spent(),
                                total,
                                baseline == null ? null : baseline.name(),
                                baselineCost),
                        new Entry.Course(
                                latency,
                                firstByte,
                                request.prompt().stream(),
                                result.status(),
                                outcome),
                        attempts,
                        verdicts));
        Clearance given = clearance;
        if (given != null) {
            var course = new AuditRecord.Course(audited(outcome, result.failure), attempts.size());
            var _ = trail.append(AuditLine.of(request, given, model, course));
        }
        meter.end(tier, outcome.word());
        if (model != null) {
            meter.priced(tier, total, baselineCost);
        }
        log(tier, model, result, latency);
    }

    private static AuditRecord.Outcome audited(Outcome outcome, @Nullable Failure failure) {
        return switch (outcome) {
            case ANSWERED -> AuditRecord.Outcome.ANSWERED;
            case BROKEN -> AuditRecord.Outcome.BROKEN;
            case ABANDONED -> AuditRecord.Outcome.ABANDONED;
            case REFUSED, FAILED ->
                    failure instanceof Failure.Uncleared
                            ? AuditRecord.Outcome.BLOCKED
                            : AuditRecord.Outcome.FAILED;
        };
    }

    private void log(String tier, @Nullable ModelCard model, Result result, Duration latency) {
        if (LOG.isLoggable(System.Logger.Level.INFO)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "request="
                            + request.id()
                            + " key="
                            + request.caller().key()
                            + " tier="
                            + tier
                            + " model="
                            + (model == null ? "-" : model.name())
                            + " status="
                            + result.status()
                            + " outcome="
                            + result.word()
                            + " tries="
                            + attempts.size()
                            + " in="
                            + result.usage.input()
                            + " out="
                            + result.usage.output()
                            + " ms="
                            + latency.toMillis());
        }
    }
}
