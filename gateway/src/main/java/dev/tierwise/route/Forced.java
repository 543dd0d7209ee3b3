package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Tier;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a request whose model was named by client or rule, or that only one model can
/// answer: every answer is taken as it is.
///
/// @param steps the plan's
/// @param aim that the request is counted for
/// @param tiers that have models
record Forced(List<ModelCard> steps, Aim aim, List<Tier> tiers) implements Course {
    @Override
    public boolean judges(int step) {
        return false;
    }

    @Override
    public int holds() {
        return 0;
    }

    @Override
    public @Nullable Question question() {
        return null;
    }

    @Override
    public Next next(int step, Said said, List<Course.Counsel> counsels) {
        return new Next.Accept(new Next.Opinion(1, 1, true, null, 0, "not judged"));
    }

    @Override
    public void ended(int step, double dollars, long tokens) {
        aim.forced(steps.get(step).tier(), dollars, tiers);
    }

    @Override
    public @Nullable Told told(int step) {
        return null;
    }
}
