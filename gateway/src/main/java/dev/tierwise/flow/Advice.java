package dev.tierwise.flow;

import dev.tierwise.calibrate.Floor;
import dev.tierwise.call.Call;
import dev.tierwise.call.Outcome;
import dev.tierwise.call.aside.Asides;
import dev.tierwise.call.aside.Judging;
import dev.tierwise.call.held.Heard;
import dev.tierwise.core.Answer;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.experience.Answered;
import dev.tierwise.experience.Example;
import dev.tierwise.experience.Source;
import dev.tierwise.guard.Clearance;
import dev.tierwise.route.Course;
import dev.tierwise.route.Next;
import dev.tierwise.route.Plan;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What others say of an answer, asked under the request's own clearance, and what is learned from
/// it. For the request's own thread.
final class Advice {
    /// What an outcome that another model's answer tells is worth beside a person's word.
    private static final double INDIRECT = .5;

    private final Setup setup;
    private final Clearance clearance;
    private final Page page;
    private final Call call;

    Advice(Setup setup, Clearance clearance, Page page, Call call) {
        this.setup = setup;
        this.clearance = clearance;
        this.page = page;
        this.call = call;
    }

    /// Asks somebody else. Who does not answer has no say.
    Course.Counsel ask(Next.Consult consult, Kept answer, Question question) {
        return switch (consult.kind()) {
            case SECOND -> alike(consult, Asides.whole(clearance), question);
            case SAMPLE -> alike(consult, Asides.sample(clearance), question);
            case JUDGE -> judged(consult, answer.reply());
        };
    }

    private Course.Counsel alike(Next.Consult consult, Clearance leave, Question question) {
        Reply reply = reply(consult.by(), leave);
        Said said = reply == null ? null : Said.of(question, reply, null);
        return new Course.Counsel(consult.kind(), consult.by(), said, Double.NaN);
    }

    private Course.Counsel judged(Next.Consult consult, Reply answer) {
        Optional<Judging> judging = Judging.about(clearance, answer, consult.by());
        double good = Double.NaN;
        if (judging.isPresent()) {
            Reply reply = reply(consult.by(), judging.get().clearance());
            OptionalDouble verdict =
                    reply == null ? OptionalDouble.empty() : Judging.verdict(reply);
            good = verdict.orElse(Double.NaN);
        }
        return new Course.Counsel(consult.kind(), consult.by(), null, good);
    }

    private @Nullable Reply reply(ModelCard model, Clearance leave) {
        page.trying();
        Outcome outcome = setup.model(model).ask(leave, call);
        ModelCard site = page.site(model);
        return switch (outcome) {
            case Outcome.Whole(Answer answer) -> {
                page.consulted(site, answer.usage());
                yield Heard.of(answer);
            }
            case Outcome.Begun(var stream) -> {
                page.consulted(site, stream.drop().usage());
                yield null;
            }
            case Outcome.Failed _ -> null;
        };
    }

    /// A request was answered: feedback on it can be learned from.
    ///
    /// @param opinion of the first answer that was judged; null where none was
    void answered(Plan plan, int step, Next.@Nullable Opinion opinion) {
        Course.Told told = plan.course().told(step);
        if (told == null) {
            return;
        }
        setup.learning()
                .experience()
                .answered(
                        new Answered(
                                page.id(),
                                page.at(),
                                page.key(),
                                told.task(),
                                plan.steps().get(step).name(),
                                told.traits(),
                                told.foretold(),
                                opinion == null ? Double.NaN : opinion.judged(),
                                opinion == null ? Double.NaN : opinion.need(),
                                opinion == null ? null : opinion.agreed()));
    }

    /// Whether another answer would tell anything about the one that was kept.
    boolean comparable(@Nullable Kept kept) {
        return setup.learning().on() && kept != null && kept.said().answer() != null;
    }

    /// A larger model has answered after all: whether it came to the same tells how good the
    /// smaller one was.
    void compare(Plan plan, @Nullable Kept kept, Reply larger) {
        if (kept == null || !comparable(kept)) {
            return;
        }
        Question question = plan.course().question();
        Course.Told told = plan.course().told(kept.step());
        if (question == null || told == null) {
            return;
        }
        Said said = Said.of(question, larger, null);
        Next.Opinion opinion = kept.opinion();
        if (said.answer() != null) {
            setup.learning()
                    .experience()
                    .record(
                            new Example(
                                    page.at(),
                                    page.id(),
                                    told.task(),
                                    kept.model().name(),
                                    told.traits(),
                                    told.foretold(),
                                    opinion == null ? Double.NaN : opinion.judged(),
                                    kept.said().agrees(said) ? 1 : 0,
                                    Source.VERDICT,
                                    INDIRECT));
        }
    }

    /// Once in a while the strongest model is asked the same as well, after the client has its
    /// answer, so that there is a fair sample of how often the smaller ones are worse. Another
    /// final answer than the strongest model's counts as a worse one.
    void explore(Plan plan, Kept answer, Question question) {
        Next.Opinion opinion = answer.opinion();
        if (opinion == null
                || !setup.learning().chosen(page.id())
                || answer.said().answer() == null) {
            return;
        }
        List<ModelCard> steps = plan.steps();
        Optional<ModelCard> strongest =
                steps.stream().filter(step -> step.tier() == Tier.FRONTIER).findFirst();
        Reply reply = strongest.map(model -> reply(model, Asides.whole(clearance))).orElse(null);
        if (reply == null) {
            return;
        }
        Said said = Said.of(question, reply, null);
        if (said.answer() != null) {
            double same = answer.said().agrees(said) ? 1 : 0;
            setup.learning()
                    .experience()
                    .paired(page.at(), page.id(), new Floor.Row(opinion.need(), same, 1));
            compare(plan, answer, reply);
        }
    }
}
