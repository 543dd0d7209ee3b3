package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import dev.tierwise.verify.Examiner;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.Task;
import dev.tierwise.verify.compare.Said;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a request whose answers are judged: after each one it is reckoned anew whether it
/// is accepted, whether somebody else is asked about it, or which model is asked next. Routing and
/// cascading are one decision (Dekoninck, Baader, Vechev 2025, A Unified Approach to Routing and
/// Cascading for LLMs, arXiv 2410.10347): always the step whose end is worth most under the aim,
/// what was spent on the way included.
final class Cascade implements Course {
    private final Look look;
    private final List<Candidate> steps;
    private final Turn turn;
    private final Means means;
    private final Judge judge;
    private final Finish finish;

    /// How answers may be looked into.
    ///
    /// @param second a small model of another family; null for none
    /// @param samples how often a model may be asked again to compare
    /// @param judge a model that judges answers; null for none
    /// @param whole whether prose is held to its end too
    /// @param claim what is guaranteed
    record Means(
            @Nullable Candidate second,
            int samples,
            @Nullable Candidate judge,
            boolean whole,
            Lessons.Claim claim) {}

    /// What is told when the request has ended.
    interface Finish {
        void ended(ModelCard model, long tokens);
    }

    Cascade(Look look, List<Candidate> steps, Turn turn, Means means, Judge judge, Finish finish) {
        this.look = look;
        this.steps = List.copyOf(steps);
        this.turn = turn;
        this.means = means;
        this.judge = judge;
        this.finish = finish;
    }

    @Override
    public boolean judges(int step) {
        Tier tier = steps.get(step).model().tier();
        return steps.stream().anyMatch(other -> other.model().tier().compareTo(tier) > 0);
    }

    @Override
    public int holds() {
        return means.whole || !isProse(look.question().task())
                ? Integer.MAX_VALUE
                : Examiner.PREFIX;
    }

    static boolean isProse(Task task) {
        return switch (task) {
            case CHAT, SUMMARY, TRANSLATION -> true;
            case CHOICE, CLASSIFICATION, EXTRACTION, MATHS, CODE, STRUCTURED -> false;
        };
    }

    @Override
    public Question question() {
        return look.question();
    }

    @Override
    public Next next(int step, Said said, List<Course.Counsel> counsels) {
        Judge.Judgement judgement = judge.judge(look, steps, step, said, counsels);
        Next.Opinion opinion = judgement.opinion();
        double best = 0;
        for (double chance : judgement.chances()) {
            best = Math.max(best, chance);
        }
        Way accept = new Way(steps.get(step).model().tier(), opinion.good(), 0, 0);
        List<Integer> places = new ArrayList<>();
        List<Way> ways = new ArrayList<>();
        if (opinion.usable() && !claimed(opinion)) {
            ways.add(accept);
            places.add(step);
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).model().tier().compareTo(accept.tier()) > 0) {
                ways.add(steps.get(i).way().chance(judgement.chances()[i]));
                places.add(i);
            }
        }
        if (ways.isEmpty()) {
            return new Next.Accept(said(opinion, "nothing stands above"));
        }
        Next.Consult consult = opinion.usable() ? consult(step, said, counsels, judgement) : null;
        if (consult != null) {
            return consult;
        }
        int chosen = places.get(turn.settle(ways, best));
        return chosen == step
                ? new Next.Accept(said(opinion, "accepted"))
                : new Next.Climb(
                        chosen,
                        said(opinion, "climbs to " + steps.get(chosen).model().tier().word()));
    }

    /// Whether the guarantee forbids to accept.
    private boolean claimed(Next.Opinion opinion) {
        return means.claim.threshold() != null && opinion.need() >= means.claim.threshold();
    }

    private static Next.Opinion said(Next.Opinion of, String what) {
        return new Next.Opinion(
                of.judged(),
                of.good(),
                of.usable(),
                of.agreed(),
                of.need(),
                what + ": good " + Figures.hundredths(of.good()) + ", " + of.why());
    }

    /// Somebody to ask before deciding, if what he may say is worth more than it costs.
    private Next.@Nullable Consult consult(
            int step, Said said, List<Course.Counsel> counsels, Judge.Judgement judgement) {
        List<Way> above = new ArrayList<>();
        Tier tier = steps.get(step).model().tier();
        double best = 0;
        for (int i = 0; i < steps.size(); i++) {
            best = Math.max(best, judgement.chances()[i]);
            if (steps.get(i).model().tier().compareTo(tier) > 0) {
                above.add(steps.get(i).way().chance(judgement.chances()[i]));
            }
        }
        var now = new Way(tier, judgement.opinion().good(), 0, 0);
        var fork = new Fork(turn, above);
        double most = fork.worth(now, best) + 1e-9;
        Next.Consult found = null;
        for (Asked asked : askable(step, said, counsels)) {
            double worth = fork.worth(now, asked.power, asked.who.way(), best);
            if (worth > most) {
                most = worth;
                found =
                        new Next.Consult(
                                asked.kind,
                                asked.who.model(),
                                said(judgement.opinion(), "asks a " + asked.kind.word()));
            }
        }
        return found;
    }

    private record Asked(Course.Counsel.Kind kind, Candidate who, Power power) {}

    private List<Asked> askable(int step, Said said, List<Course.Counsel> counsels) {
        var asked = new ArrayList<Asked>(3);
        boolean comparable = said.answer() != null && holds() == Integer.MAX_VALUE;
        ModelCard own = steps.get(step).model();
        if (comparable
                && means.second != null
                && !means.second.model().equals(own)
                && count(counsels, Course.Counsel.Kind.SECOND) == 0) {
            asked.add(new Asked(Course.Counsel.Kind.SECOND, means.second, Power.AGREEMENT));
        }
        if (comparable && count(counsels, Course.Counsel.Kind.SAMPLE) < means.samples) {
            asked.add(new Asked(Course.Counsel.Kind.SAMPLE, steps.get(step), Power.AGREEMENT));
        }
        if (means.judge != null && count(counsels, Course.Counsel.Kind.JUDGE) == 0) {
            asked.add(new Asked(Course.Counsel.Kind.JUDGE, means.judge, Power.JUDGEMENT));
        }
        return asked;
    }

    private static long count(List<Course.Counsel> counsels, Course.Counsel.Kind kind) {
        return counsels.stream().filter(counsel -> counsel.kind() == kind).count();
    }

    @Override
    public void ended(int step, double dollars, long tokens) {
        turn.ended(steps.get(step).model().tier(), dollars);
        finish.ended(steps.get(step).model(), tokens);
    }

    @Override
    public Told told(int step) {
        return new Told(look.task(), look.traits(), steps.get(step).foretold());
    }
}
