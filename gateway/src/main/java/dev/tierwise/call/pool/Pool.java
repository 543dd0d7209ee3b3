package dev.tierwise.call.pool;

import dev.tierwise.call.Call;
import dev.tierwise.call.Endurance;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.guard.Clearance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One model that several servers have. Each request goes to the site that is expected to have
/// answered first, see [Choice], and on to the next where a site fails before it has begun to
/// answer and another may do better. A site is shown nothing that its own card is not cleared for.
/// Thread-safe; an interrupt reaches the site that is being asked.
public final class Pool implements Model {
    private final ModelCard card;
    private final List<Seat> seats;
    private final Endurance endurance;
    private final Clock clock;
    private final Beginnings beginnings = new Beginnings();

    /// @param card what holds for all sites
    /// @param sites the model at each site, with that site's own card and limits
    /// @param endurance how often all sites are asked again where a moment may help, and how long a
    ///   pause before that may be
    /// @param clock time
    public Pool(ModelCard card, List<Model> sites, Endurance endurance, Clock clock) {
        this.card = card;
        this.seats = sites.stream().map(Seat::new).toList();
        this.endurance = endurance;
        this.clock = clock;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    /// Whether any site is.
    @Override
    public boolean healthy() {
        return seats.stream().anyMatch(seat -> seat.model().healthy());
    }

    /// How things stand at the site that would be asked next.
    @Override
    public Standing standing() {
        return order(seats, Choice.USUAL_TOKENS, null).getFirst().standing();
    }

    @Override
    public Outcome ask(Clearance clearance, Call call) {
        List<Seat> open = open(clearance);
        for (int number = 1; !open.isEmpty(); number++) {
            Round round = round(clearance, call, open);
            if (round.outcome() != null) {
                return round.outcome();
            }
            Duration wait = pause(number, round.failures());
            if (wait == null) {
                return new Outcome.Failed(Unanswered.together(card, round.failures()));
            }
            if (!sleep(wait)) {
                return new Outcome.Failed(new Failure.Abandoned("The client left."));
            }
            open = open(clearance);
        }
        return new Outcome.Failed(clearance.refusal(card));
    }

    private static boolean sleep(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The shortest pause after which one of them may do better; null where none may.
    private @Nullable Duration pause(int number, List<Failure> failures) {
        Duration shortest = null;
        for (Failure failure : failures) {
            Duration wait = endurance.pauseBefore(number, failure);
            boolean shorter = wait != null && (shortest == null || wait.compareTo(shortest) < 0);
            shortest = shorter ? wait : shortest;
        }
        return shortest;
    }

    /// Those that may see the prompt, and of them those that can do what it needs, where there are
    /// any: what is asked beside a request may need more than it was planned for.
    private List<Seat> open(Clearance clearance) {
        List<Seat> cleared =
                seats.stream().filter(seat -> clearance.allows(seat.model().card())).toList();
        List<Seat> able =
                cleared.stream()
                        .filter(seat -> clearance.prompt().suits(seat.model().card()))
                        .toList();
        return able.isEmpty() ? cleared : able;
    }

    /// One way through the sites.
    ///
    /// @param outcome what ends it; null where each failed in a way that another try may mend
    /// @param failures how they failed, in order
    private record Round(@Nullable Outcome outcome, List<Failure> failures) {}

    private Round round(Clearance clearance, Call call, List<Seat> open) {
        Prompt prompt = clearance.prompt();
        long beginning = prompt.beginning();
        long tokens =
                prompt.maxOutput() > 0
                        ? Math.min(prompt.maxOutput(), Choice.USUAL_TOKENS)
                        : Choice.USUAL_TOKENS;
        var left = new ArrayList<>(open);
        var failures = new ArrayList<Failure>();
        while (!left.isEmpty()) {
            Seat seat = enter(left, tokens, beginnings.seat(beginning));
            call.asked().accept(seat.model().card());
            Outcome outcome = seat.ask(clearance, call);
            if (!(outcome instanceof Outcome.Failed(Failure failure))) {
                beginnings.sit(beginning, seat.model().card().seat());
                return new Round(outcome, failures);
            }
            if (!Unanswered.elsewhere(failure)) {
                return new Round(outcome, failures);
            }
            seat.rest(failure, clock.instant());
            failures.add(failure);
            left.remove(seat);
        }
        return new Round(null, failures);
    }

    /// Chooses a site and counts the request there at once, so that of many that come together not
    /// all choose the same.
    private synchronized Seat enter(List<Seat> left, long tokens, @Nullable String before) {
        Seat seat = order(left, tokens, before).getFirst();
        seat.enter();
        return seat;
    }

    /// The sites, the best first.
    private List<Seat> order(List<Seat> open, long tokens, @Nullable String before) {
        Instant now = clock.instant();
        List<Choice.Site> sites = open.stream().map(seat -> seat.site(before, now)).toList();
        return Choice.order(sites, tokens).stream().map(open::get).toList();
    }
}
