package dev.tierwise.flow;

import dev.tierwise.audit.Trail;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.ledger.Ledger;
import dev.tierwise.meter.Meter;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Where requests are written down: the ledger, the meters and one log line each. Thread-safe.
public final class Books {
    private static final System.Logger LOG = System.getLogger("tierwise.requests");

    private final Ledger ledger;
    private final Meter meter;
    private final Trail trail;
    private final Clock clock;

    /// @param ledger one row for each request and attempt
    /// @param meter counters
    /// @param trail what the policy decided, for auditors
    /// @param clock tells the day whose prices hold
    public Books(Ledger ledger, Meter meter, Trail trail, Clock clock) {
        this.trail = trail;
        this.ledger = ledger;
        this.meter = meter;
        this.clock = clock;
    }

    /// Opens the page of one request.
    Page open(Request request, @Nullable ModelCard baseline) {
        meter.begin();
        return new Page(request, baseline, this);
    }

    Ledger ledger() {
        return ledger;
    }

    Meter meter() {
        return meter;
    }

    Trail trail() {
        return trail;
    }

    LocalDate day() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// Why no request may be taken now: an answer that cannot be recorded is not given.
    @Nullable Failure full() {
        return ledger.hasRoom()
                ? null
                : new Failure.Unready(
                        "The ledger cannot be written: "
                                + ledger.trouble().orElse("its queue is full")
                                + ". Requests are answered again as soon as it can.");
    }

    /// A fault of the gateway's own. The stack goes to the log, never to the client, and messages
    /// of exceptions stay out of both: they may quote a prompt.
    Failure bug(Request request, RuntimeException bug) {
        var at = bug.getStackTrace();
        LOG.log(
                System.Logger.Level.ERROR,
                "request={0} bug={1} at={2}",
                request.id(),
                bug.getClass().getName(),
                at.length == 0 ? "?" : at[0]);
        return new Failure.Broken(
                "The gateway failed on request "
                        + request.id()
                        + "; its log names the place. Please report it.",
                Failure.Fault.SERVER_ERROR);
    }
}
