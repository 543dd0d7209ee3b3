package dev.tierwise.call.engine;

import dev.tierwise.core.Failure;
import dev.tierwise.engine.grammar.Grammar;
import dev.tierwise.engine.run.Constraint;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.wire.openai.Wishes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

    private static Made constraint(Wishes.Shape shape, Engine engine) {
        return switch (shape) {
            case Wishes.Shape.Free _ -> new Made.Ready(null);
            case Wishes.Shape.Json _ -> made(Grammar.ofJson(), "response_format", engine);
            case Wishes.Shape.Schema(JsonNode schema) ->
                    made(Grammar.ofSchema(schema), "response_format", engine);
            case Wishes.Shape.Regex(String expression) ->
                    made(Grammar.ofRegex(expression), "guided_regex", engine);
            case Wishes.Shape.OneOf(List<String> options) ->
                    made(Grammar.ofChoices(options), "guided_choice", engine);
            case Wishes.Shape.Gbnf(String gbnf) -> made(Grammar.ofGbnf(gbnf), "grammar", engine);
        };
    }

    /// The same, where the request leaves it open in the form that `trust` gives it.
    static Made constraint(Wishes wishes, @Nullable Trust trust, Engine engine) {
        boolean open =
                wishes.shape() instanceof Wishes.Shape.Free
                        || wishes.shape() instanceof Wishes.Shape.Json;
        if (trust == null || !open) {
            return constraint(wishes.shape(), engine);
        }
        return trust.form(wishes)
                .<Made>map(form -> new Made.Ready(engine.constraint(form)))
                .orElseGet(() -> constraint(wishes.shape(), engine));
    }

    private static Made made(Grammar.Made grammar, String field, Engine engine) {
        return switch (grammar) {
            case Grammar.Made.Ready(Grammar ready) -> new Made.Ready(engine.constraint(ready));
            case Grammar.Made.Refused(String message, String where) ->
                    new Made.Refused(
                            new Failure.Malformed(
                                    "`"
                                            + field
                                            + "` cannot be followed"
                                            + (where.isEmpty() ? "" : " at " + where)
                                            + ": "
                                            + message
                                            + ".",
                                    field));
        };
    }
}
