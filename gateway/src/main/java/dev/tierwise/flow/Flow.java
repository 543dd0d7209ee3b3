package dev.tierwise.flow;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Outcome;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.guard.Clearance;
import dev.tierwise.guard.Judgement;
import dev.tierwise.route.Ask;
import dev.tierwise.route.Plan;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The path of one request, from the first line to the last: guard, plan, then model after model
/// until one answers. Blocks; runs on the request's own virtual thread, whose interrupt means that
/// the client left. Thread-safe.
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
                walk(setup, plan, clearance, page, client);
            }
        } catch (RuntimeException bug) {
            Failure failure = books.bug(request, bug);
            client.fail(failure, request.id(), null);
            page.close(failure);
        }
    }

    /// Tries the planned models in order. A failed one is followed by the next, unless bytes of its
    /// answer have reached the client or the client has left.
    private void walk(Setup setup, Plan plan, Clearance clearance, Page page, Client client) {
        Failure last = null;
        Client.Heading heading = null;
        for (ModelCard model : plan.steps()) {
            heading = page.heading(model, plan.reason());
            client.announce(heading);
            var call = new Call(page.id(), client.loop(), page::failedTry);
            switch (setup.model(model).ask(clearance, call)) {
                case Outcome.Whole(Answer answer) -> {
                    client.send(answer, heading, page.cost(model, answer.usage()));
                    page.close(model, answer);
                    return;
                }
                case Outcome.Begun(AnswerStream stream) -> {
                    relay(stream, model, heading, page, client);
                    return;
                }
                case Outcome.Failed(Failure failure) -> {
                    last = moreTelling(last, failure);
                    if (!client.retract() || failure instanceof Failure.Abandoned) {
                        break;
                    }
                    continue;
                }
            }
            break;
        }
        Failure failure =
                kept(
                        plan,
                        clearance,
                        Objects.requireNonNull(last, "a plan has steps or a failure"));
        client.fail(failure, page.id(), heading);
        page.close(failure);
    }

    private static void relay(
            AnswerStream stream,
            ModelCard model,
            Client.Heading heading,
            Page page,
            Client client) {
        page.begun();
        Ending ending = stream.relay(client.open(heading));
        if (ending.failure() == null) {
            client.finish(page.cost(model, ending.usage()));
        } else {
            client.fail(ending.failure(), page.id(), heading);
        }
        page.close(model, ending);
    }

    /// What the client is told when those who may see the request are down and others, who are not,
    /// may not.
    private static Failure kept(Plan plan, Clearance clearance, Failure last) {
        boolean down = last instanceof Failure.Broken || last instanceof Failure.Timeout;
        boolean others =
                plan.vetoes().stream().anyMatch(veto -> veto.kind() == Plan.Kind.CLEARANCE);
        if (!down || !others) {
            return last;
        }
        String rule = clearance.judgement().decision().rule();
        return new Failure.Uncleared(
                "The models that may see "
                        + clearance.dataClass().word()
                        + " data do not answer, and rule `"
                        + rule
                        + "` keeps it from the others. "
                        + last.message(),
                rule);
    }

    /// What the client is told when several models failed: a refusal of the request itself says
    /// more than an upstream that is down.
    private static Failure moreTelling(@Nullable Failure before, Failure now) {
        return before instanceof Failure.Rejected || before instanceof Failure.Malformed
                ? before
                : now;
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

    private static Ask ask(Setup setup, Clearance clearance, Request request) {
        return new Ask(clearance, request.caller(), request.asking().header(), setup::healthy);
    }
}
