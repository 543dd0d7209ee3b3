package dev.tierwise.flow;

import dev.tierwise.core.Failure;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Judgement;
import dev.tierwise.route.Ask;
import dev.tierwise.route.Plan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The path of one request, from the first line to the last: guard, plan, then a [Walk] through the
/// plan: model after model until an answer is good enough. Blocks; runs on the request's own
/// virtual thread, whose interrupt means that the client left. Thread-safe.
public final class Flow {
    private final Supplier<Setup> setups;
    private final Books books;
    private final AtomicInteger running = new AtomicInteger();

    /// @param setups the setup in force, asked once a request
    /// @param books where every request is written down
    public Flow(Supplier<Setup> setups, Books books) {
        this.setups = setups;
        this.books = books;
    }

    /// Answers `request`. Whatever happens, the client is told and one record is written.
    public void answer(Request request, Client client) {
        running.incrementAndGet();
        try {
            answerIt(request, client);
        } finally {
            running.decrementAndGet();
        }
    }

    /// Waits until every request that came has been written down, at most for `patience`: an answer
    /// is sent before its record is made.
    public void settle(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (running.get() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void answerIt(Request request, Client client) {
        Setup setup = setups.get();
        Page page = books.open(request, setup.baseline());
        try (Clearance clearance = check(setup, request)) {
            page.cleared(clearance);
            Plan plan = setup.router().plan(ask(setup, clearance, request));
            page.decided(plan, clearance.dataClass());
            Failure refusal = plan.failure() != null ? plan.failure() : books.full();
            if (refusal != null) {
                client.fail(refusal, request.id(), null);
                page.close(refusal);
            } else {
                new Walk(setup, plan, clearance, page, client).go();
            }
        } catch (RuntimeException bug) {
            Failure failure = books.bug(request, bug);
            client.fail(failure, request.id(), null);
            page.close(failure);
        }
    }

    /// Decides on `request` without asking any model or writing anything down.
    public Decision decide(Request request) {
        Setup setup = setups.get();
        Clearance clearance = check(setup, request);
        Plan plan = setup.router().plan(ask(setup, clearance, request));
        return new Decision(plan, clearance.judgement(), request.prompt().estimatedTokens());
    }

    /// A decision on one request.
    ///
    /// @param plan what was decided
    /// @param judgement the class of the request's data, and where they may go
    /// @param promptTokens tokens of the prompt, estimated
    public record Decision(Plan plan, Judgement judgement, long promptTokens) {}

    private static Clearance check(Setup setup, Request request) {
        return setup.guard().check(request.prompt(), request.caller(), request.asking());
    }

    private Ask ask(Setup setup, Clearance clearance, Request request) {
        return new Ask(
                clearance,
                request.caller(),
                request.asking().header(),
                setup::healthy,
                setup::pace,
                books.day());
    }
}
