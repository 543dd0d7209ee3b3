package dev.tierwise.flow;

import dev.tierwise.call.held.Holding;
import dev.tierwise.core.Answer;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.reply.Reply;
import dev.tierwise.route.Next;
import dev.tierwise.verify.compare.Said;
import org.jspecify.annotations.Nullable;

/// An answer of which the client has not seen anything yet.
///
/// @param step of the plan that gave it
/// @param model that gave it
/// @param answer the whole of it; null for a stream
/// @param holding the stream that is held; null where the answer came whole
/// @param reply its words, or as many as have come
/// @param said the same, examined
/// @param opinion what was thought of it; null before it was judged
record Kept(
        int step,
        ModelCard model,
        @Nullable Answer answer,
        @Nullable Holding holding,
        Reply reply,
        Said said,
        Next.@Nullable Opinion opinion) {
    Kept judged(Next.Opinion thought) {
        return new Kept(step, model, answer, holding, reply, said, thought);
    }

    /// Whether it can still be given when nothing better comes.
    boolean lasts() {
        return opinion != null && opinion.usable() && (answer != null || wholeHeld());
    }

    private boolean wholeHeld() {
        return holding != null && holding.ended();
    }

    @Override
    public String toString() {
        return "Kept[" + model.name() + ", " + reply + "]";
    }
}
