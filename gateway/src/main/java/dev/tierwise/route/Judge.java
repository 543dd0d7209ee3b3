package dev.tierwise.route;

import dev.tierwise.core.Tier;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.SizeClass;
import dev.tierwise.verify.Examination;
import dev.tierwise.verify.Finding;
import dev.tierwise.verify.Task;
import dev.tierwise.verify.compare.Evidence;
import dev.tierwise.verify.compare.Said;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How good an answer is, seen from its checks, from what others said, and from what was foretold.
/// Where there is a final answer to compare, by what real models' answers teach; elsewhere each
/// finding moves what was foretold by as much as it tells. Immutable, thread-safe.
final class Judge {
    /// Findings' probabilities are relative to this share of good answers.
    private static final double BASE = .36;

    private static final double AGREED = .69;
    private static final double DISAGREED = .21;

    private final AnswerHead head;
    private final Prior prior;
    private final Lessons lessons;

    Judge(AnswerHead head, Prior prior, Lessons lessons) {
        this.head = head;
        this.prior = prior;
        this.lessons = lessons;
    }

    /// What is thought of an answer, and what the other candidates would make of the question.
    ///
    /// @param opinion of the answer
    /// @param chances of each candidate, the one that answered included
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Judgement(Next.Opinion opinion, double[] chances) {}

    Judgement judge(
            Look look,
            List<Candidate> candidates,
            int step,
            Said said,
            List<Course.Counsel> counsels) {
        double[] chances = candidates.stream().mapToDouble(Candidate::good).toArray();
        Said second = comparable(counsels);
        Boolean agreed = second == null ? null : said.agrees(second);
        Finding worst = worst(said.examination());
        boolean fatal = false;
        double good;
        if (worst != null && worst.outcome() == Finding.Outcome.FAIL) {
            fatal = true;
            good = Math.min(chances[step], worst.good());
        } else if (learned(look, said)) {
            double[] ends = learned(look, said, second);
            spread(ends, candidates, step, chances);
            good = heard(ends[0], null, counsels);
        } else {
            good = heard(weighed(chances[step], said.examination()), agreed, counsels);
        }
        double corrected = lessons.judged(candidates.get(step).model().name(), look.task(), good);
        chances[step] = corrected;
        double need = Math.max(0, Arrays.stream(chances).max().orElse(0) - corrected);
        var opinion = new Next.Opinion(good, corrected, !fatal, agreed, need, words(worst, agreed));
        return new Judgement(opinion, chances);
    }

    private static boolean learned(Look look, Said said) {
        Task task = look.question().task();
        return said.answer() != null
                && (task == Task.CHOICE || task == Task.MATHS || task == Task.CODE);
    }

    /// The chances that this model and the strongest class are right.
    private double[] learned(Look look, Said said, @Nullable Said second) {
        double[] evidence = Evidence.of(look.question(), said, second);
        double[] before = {
            prior.raw(SizeClass.MEDIUM, look.traits()), prior.raw(SizeClass.FRONTIER, look.traits())
        };
        double[] after =
                head.of(
                        AnswerHead.row(
                                Evidence.common(evidence), before, prior.shape(look.traits())));
        after[0] = Evidence.reckoned(after[0], evidence);
        return after;
    }

    /// Who stands between this model and the strongest lies as far between them as before.
    private static void spread(
            double[] ends, List<Candidate> candidates, int step, double[] chances) {
        Tier tier = candidates.get(step).model().tier();
        double low = candidates.get(step).good();
        double high = low;
        for (Candidate candidate : candidates) {
            high = Math.max(high, candidate.good());
        }
        for (int i = 0; i < chances.length; i++) {
            if (candidates.get(i).model().tier().compareTo(tier) > 0) {
                double way = high - low < .02 ? 1 : (candidates.get(i).good() - low) / (high - low);
                double between = ends[0] + Math.clamp(way, 0, 1) * (ends[1] - ends[0]);
                chances[i] = Math.clamp(between, 0, 1);
            }
        }
    }

    private static double weighed(double foretold, @Nullable Examination examination) {
        double logit = logit(foretold);
        if (examination != null) {
            for (Finding finding : examination.findings()) {
                logit += logit(finding.good()) - logit(BASE);
            }
        }
        return chance(logit);
    }

    private static double heard(
            double good, @Nullable Boolean agreed, List<Course.Counsel> counsels) {
        double logit = logit(good);
        if (agreed != null) {
            logit += logit(agreed ? AGREED : DISAGREED) - logit(BASE);
        }
        for (Course.Counsel counsel : counsels) {
            logit += Double.isNaN(counsel.good()) ? 0 : logit(counsel.good());
        }
        return chance(logit);
    }

    private static @Nullable Said comparable(List<Course.Counsel> counsels) {
        for (Course.Counsel counsel : counsels) {
            if (counsel.said() != null && counsel.said().answer() != null) {
                return counsel.said();
            }
        }
        return null;
    }

    private static @Nullable Finding worst(@Nullable Examination examination) {
        Finding worst = null;
        for (Finding finding : examination == null ? List.<Finding>of() : examination.findings()) {
            boolean doubt = finding.outcome() != Finding.Outcome.PASS;
            if (doubt && (worst == null || finding.good() < worst.good())) {
                worst = finding;
            }
        }
        return worst;
    }

    private static String words(@Nullable Finding worst, @Nullable Boolean agreed) {
        var words = new ArrayList<String>(2);
        if (worst != null) {
            words.add(worst.reason());
        }
        if (agreed != null) {
            words.add(agreed ? "another answer agrees" : "another answer differs");
        }
        return words.isEmpty() ? "nothing against it" : String.join(", ", words);
    }

    private static double logit(double probability) {
        double held = Math.clamp(probability, 1e-4, 1 - 1e-4);
        return Math.log(held / (1 - held));
    }

    private static double chance(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
