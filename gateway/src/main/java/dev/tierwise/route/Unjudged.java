package dev.tierwise.route;

import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a request that was foretold, and whose answer is taken as it is because the user
/// switched the cascade off.
///
/// @param look at the prompt
/// @param steps the plan's
/// @param turn of the request
record Unjudged(Look look, List<Candidate> steps, Turn turn) implements Course {
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
        turn.ended(steps.get(step).model().tier(), dollars);
    }

    @Override
    public Told told(int step) {
        return new Told(look.task(), look.traits(), steps.get(step).foretold());
    }
}
