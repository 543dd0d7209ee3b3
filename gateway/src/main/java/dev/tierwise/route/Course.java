package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.compare.Said;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is decided while one plan is walked: whether an answer is good enough, or what follows. For
/// the request's own thread.
public interface Course {
    /// Of a request that no model answers.
    Course PLAIN = new Forced(List.of(), Aim.quality(0), List.of());

    /// Whether the answer of a step may still be thrown away. A client must see nothing of it
    /// before it was judged; what is not judged streams at once.
    boolean judges(int step);

    /// How many characters of a streamed answer are held before it is judged; [Integer#MAX_VALUE]
    /// for all.
    int holds();

    /// What is asked; null where no answer is judged.
    @Nullable Question question();

    /// What follows on the answer of a step.
    ///
    /// @param said the answer, or its beginning
    /// @param counsels what others said when they were asked
    Next next(int step, Said said, List<Counsel> counsels);

    /// Told once a request has been answered.
    ///
    /// @param step whose answer the client got
    /// @param dollars what it cost in all; 0 where that is not known
    /// @param tokens read and written by that model
    void ended(int step, double dollars, long tokens);

    /// What is to be remembered of the prompt, so that feedback can be learned from; null where
    /// nothing was foretold.
    @Nullable Told told(int step);

    /// What was foretold of one model's answer.
    ///
    /// @param task the task
    /// @param traits of the prompt
    /// @param foretold the chance of a good answer, before the user's own experience counts
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Told(String task, double[] traits, double foretold) {
        @Override
        public String toString() {
            return "Told[" + task + "]";
        }
    }

    /// What somebody else said of a question or of an answer to it.
    ///
    /// @param kind how he was asked
    /// @param by who
    /// @param said his own answer; null when he was asked for a judgement, or gave nothing of use
    /// @param good the chance that the answer is good, as he judges; NaN when he was not asked or
    ///   did not say
    record Counsel(Kind kind, ModelCard by, @Nullable Said said, double good) {
        /// How somebody is asked.
        public enum Kind {
            /// A second small model answers the same question.
            SECOND,
            /// The same model answers once more.
            SAMPLE,
            /// A model judges the answer.
            JUDGE;

            /// The word in explanations, such as `second`.
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
