package dev.tierwise.call.engine;

import dev.tierwise.core.Failure;
import dev.tierwise.engine.run.Constraint;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.wire.openai.Wishes;
import org.jspecify.annotations.Nullable;

/// What an answer must look like, as the engine follows it.
final class Shapes {
    private Shapes() {}

    /// What became of a wish.
    sealed interface Made {
        /// It can be followed.
        ///
        /// @param constraint null for any text
        record Ready(@Nullable Constraint constraint) implements Made {}

        /// It cannot.
        ///
        /// @param problem what is wrong with it
        record Refused(Failure.Malformed problem) implements Made {}
    }

    static Made constraint(Wishes.Shape shape, Engine engine) {
        return switch (shape) {
            case Wishes.Shape.Free _ -> new Made.Ready(null);
            case Wishes.Shape.Json _,
                    Wishes.Shape.Schema _,
                    Wishes.Shape.Regex _,
                    Wishes.Shape.OneOf _,
                    Wishes.Shape.Gbnf _ ->
                    new Made.Refused(
                            new Failure.Malformed(
                                    "The built-in engine cannot hold answers to a form yet.",
                                    "response_format"));
        };
    }
}
