package dev.tierwise.flow;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Call;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.Sink;
import dev.tierwise.call.aside.Asides;
import dev.tierwise.call.held.Heard;
import dev.tierwise.call.held.Holding;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Capability;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Usage;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.guard.Clearance;
import dev.tierwise.route.Course;
import dev.tierwise.route.Next;
import dev.tierwise.route.Plan;
import dev.tierwise.verify.Examiner;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One walk through a plan: model after model is asked, answers that may be thrown away are held
/// and judged, and what was decided is delivered. For the request's own thread.
final class Walk {
    private static final int SERVED = -1;

    private final Setup setup;
    private final Plan plan;
    private final Course course;
    private final Clearance clearance;
    private final Page page;
    private final Client client;
    private final Call call;
    private final Advice advice;
    private final BitSet asked = new BitSet();
    private final BitSet told = new BitSet();
    private final List<ModelCard> cards;
    private String why;
    private @Nullable Kept kept;
    private @Nullable Failure last;

    Walk(Setup setup, Plan plan, Clearance clearance, Page page, Client client) {
        this.setup = setup;
        this.plan = plan;
        this.course = plan.course();
        this.clearance = clearance;
        this.page = page;
        this.client = client;
        this.call = new Call(page.id(), client.loop(), page::failedTry, page::asking);
        this.advice = new Advice(setup, clearance, page, call);
        this.cards = new ArrayList<>(plan.steps());
        this.why = plan.reason();
    }

    /// Until the client has an answer, or a failure.
    void go() {
        int step = 0;
        while (step != SERVED) {
            step = take(step);
        }
    }

    /// @return the step that follows
    private int take(int step) {
        asked.set(step);
        ModelCard model = plan.steps().get(step);
        boolean judged = course.judges(step);
        Client.Heading heading = page.heading(model, why);
        if (judged) {
            client.hold(heading);
        } else {
            client.announce(heading);
        }
        page.trying();
        Clearance shown = judged ? shown(step, model) : clearance;
        Outcome outcome = setup.model(model).ask(shown, call);
        // from here on, the site that was asked
        cards.set(step, page.site(model));
        return switch (outcome) {
            case Outcome.Whole(Answer answer) ->
                    judged ? weigh(whole(step, answer)) : send(step, answer);
            case Outcome.Begun(AnswerStream stream) ->
                    judged ? hold(step, stream) : relay(step, stream);
            case Outcome.Failed(Failure failure) -> failed(step, failure);
        };
    }

    /// A model that can say how sure it was of its tokens is asked to, where the whole answer is
    /// judged; the client sees nothing of that.
    private Clearance shown(int step, ModelCard model) {
        boolean tells = model.capabilities().contains(Capability.LOGPROBS);
        if (!tells || course.holds() != Holding.WHOLE) {
            return clearance;
        }
        Clearance asking = Asides.withChances(clearance);
        told.set(step, !asking.equals(clearance));
        return asking;
    }

    /// A failed model is followed by the next, unless bytes of its answer have reached the client
    /// or the client has left. An answer that was kept is better than none.
    private int failed(int step, Failure failure) {
        last = moreTelling(last, failure);
        if (!client.retract() || failure instanceof Failure.Abandoned) {
            return fail(step, failure);
        }
        int next = asked.nextClearBit(step + 1);
        if (next < plan.steps().size()) {
            return next;
        }
        if (kept != null && kept.lasts()) {
            why += "; " + cards.get(step).name() + " failed, so the answer that there is";
            return deliver(kept);
        }
        return fail(step, last);
    }

    private int fail(int step, Failure failure) {
        Failure told = kept(plan, clearance, failure);
        client.fail(told, page.id(), page.heading(cards.get(step), why));
        page.close(told);
        return SERVED;
    }

    private Kept whole(int step, Answer answer) {
        Reply reply = Heard.of(answer);
        page.answered(cards.get(step), answer.usage(), null);
        Said said = Said.of(question(), reply, null);
        return new Kept(step, cards.get(step), answer, null, reply, said, null);
    }

    private int hold(int step, AnswerStream stream) {
        Holding holding = Holding.of(stream);
        Reply reply = holding.await(course.holds());
        ModelCard model = cards.get(step);
        Failure broken = holding.failure();
        if (broken != null) {
            page.discarded(model, holding.discard(), broken);
            return failed(step, broken);
        }
        Said said =
                holding.ended()
                        ? Said.of(question(), reply, null)
                        : new Said(
                                reply,
                                Examiner.examinePrefix(question(), reply.text()),
                                null,
                                null);
        var answer = new Kept(step, model, null, holding, reply, said, null);
        return holding.overflowed() ? release(answer, holding) : weigh(answer);
    }

    private Question question() {
        return Objects.requireNonNull(course.question(), "a course that judges knows the question");
    }

    /// Judges an answer, and asks others about it as long as that is worth it.
    private int weigh(Kept answer) {
        List<Course.Counsel> counsels = new ArrayList<>();
        while (true) {
            Next next = course.next(answer.step(), answer.said(), counsels);
            page.judged(answer.model(), next);
            switch (next) {
                case Next.Accept(Next.Opinion opinion) -> {
                    why += "; " + opinion.why();
                    return deliver(answer.judged(opinion));
                }
                case Next.Climb(int to, Next.Opinion opinion) -> {
                    why += "; " + opinion.why();
                    keep(answer.judged(opinion));
                    return to;
                }
                case Next.Consult consult -> counsels.add(advice.ask(consult, answer, question()));
            }
        }
    }

    /// Keeps an answer that was not good enough: what was not held to its end is given up at once,
    /// so that its model is free.
    private void keep(Kept answer) {
        Holding holding = answer.holding();
        if (holding != null) {
            Ending whole = holding.ending();
            Ending ending = answer.lasts() && whole != null ? whole : holding.discard();
            page.discarded(answer.model(), ending, null);
        }
        kept = answer;
    }

    private int deliver(Kept answer) {
        Holding holding = answer.holding();
        if (holding != null) {
            return release(answer, holding);
        }
        Answer whole = Objects.requireNonNull(answer.answer());
        client.send(
                told.get(answer.step()) ? Asides.withoutChances(whole) : whole,
                page.heading(answer.model(), why),
                page.total());
        page.delivered();
        end(answer.step(), whole.usage(), answer.opinion());
        advice.explore(plan, answer, question());
        page.close(answer.model(), whole.usage());
        return SERVED;
    }

    private int release(Kept answer, Holding holding) {
        Client.Heading heading = page.heading(answer.model(), why);
        page.begun();
        Sink sink = client.open(heading);
        Ending ending =
                holding.release(told.get(answer.step()) ? Asides.withoutChances(sink) : sink);
        page.held(ending.held());
        return finish(answer.step(), ending, heading, answer);
    }

    private int send(int step, Answer answer) {
        ModelCard model = cards.get(step);
        page.answered(model, answer.usage(), null);
        client.send(answer, page.heading(model, why), page.total());
        page.delivered();
        end(step, answer.usage(), null);
        if (advice.comparable(kept)) {
            advice.compare(plan, kept, Heard.of(answer));
        }
        page.close(model, answer.usage());
        return SERVED;
    }

    private int relay(int step, AnswerStream stream) {
        Client.Heading heading = page.heading(cards.get(step), why);
        page.begun();
        Sink sink = client.open(heading);
        Heard heard = advice.comparable(kept) ? new Heard() : null;
        Ending ending = stream.relay(heard == null ? sink : new Listened(sink, heard));
        if (heard != null && ending.failure() == null) {
            advice.compare(plan, kept, heard.reply());
        }
        return finish(step, ending, heading, null);
    }

    /// @param judged the answer that was judged before it was released; null where none was
    private int finish(int step, Ending ending, Client.Heading heading, @Nullable Kept judged) {
        ModelCard model = cards.get(step);
        page.answered(model, ending);
        if (ending.failure() == null) {
            client.finish(page.total());
            page.delivered();
            end(step, ending.usage(), judged == null ? null : judged.opinion());
            if (judged != null) {
                advice.explore(plan, judged, question());
            }
        } else {
            client.fail(ending.failure(), page.id(), heading);
        }
        page.close(model, ending);
        return SERVED;
    }

    private void end(int step, Usage usage, Next.@Nullable Opinion opinion) {
        course.ended(step, page.dollars(), usage.input() + usage.output());
        advice.answered(plan, step, opinion);
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

    /// Hears what is relayed.
    private record Listened(Sink sink, Heard heard) implements Sink {
        @Override
        public boolean accept(dev.tierwise.core.Body event) {
            heard.take(event);
            return sink.accept(event);
        }

        @Override
        public void whenDrained(Runnable resume) {
            sink.whenDrained(resume);
        }
    }
}
