package dev.tierwise.route;

import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import org.jspecify.annotations.Nullable;

/// What is decided while a plan is walked: whether an answer is good enough, or what follows.
/// Thread-safe; knows nothing of one request but what it is told.
public interface Course {
    /// Takes every answer as it is.
    Course PLAIN =
            new Course() {
                @Override
                public boolean judges(int step) {
                    return false;
                }

                @Override
                public Next next(int step, Question question, Said said, @Nullable Said second) {
                    return new Next.Accept(1, "not judged");
                }

                @Override
                public void ended(int step) {}
            };

    /// Whether the answer of a step may still be thrown away. A client must see nothing of it
    /// before it was judged; what is not judged streams at once.
    boolean judges(int step);

    /// What follows on the answer of a step.
    ///
    /// @param second what the second model said, once it was consulted; null before
    Next next(int step, Question question, Said said, @Nullable Said second);

    /// Told once a request has been answered.
    ///
    /// @param step whose answer the client got
    void ended(int step);
}
