package dev.tierwise.engine.run;

import dev.tierwise.engine.model.LoraAdapter;
import org.jspecify.annotations.Nullable;

/// Something that a sequence of tokens is fed to the model for. Used by the engine's thread only,
/// but for [#cancel].
abstract class Task {
    private final Tokens prompt;
    private volatile boolean cancelled;
    private boolean done;

    Task(Tokens prompt) {
        this.prompt = prompt;
    }

    Tokens prompt() {
        return prompt;
    }

    @Nullable LoraAdapter adapter() {
        return null;
    }

    float scale() {
        return 0;
    }

    /// Ends it at the next token.
    final void cancel() {
        cancelled = true;
    }

    final boolean cancelled() {
        return cancelled;
    }

    /// Nothing more is to be fed.
    final void finish() {
        done = true;
    }

    final boolean done() {
        return done;
    }

    /// Whether tokens that a cache holds need not be fed.
    boolean reuses() {
        return true;
    }

    /// It has a place; `cached` tokens of its prompt need not be fed.
    void begun(int cached) {}

    /// Whether the logits after the token at `index` of the sequence are wanted.
    abstract boolean wants(int index);

    /// The logits that were wanted; may append to the sequence, rewind it, or finish.
    abstract void logits(Sequence sequence, int index, float[] logits, int at);

    /// What the last layer made of the token at `index`.
    void state(Sequence sequence, int index, float[] states, int at) {}

    /// It ends early.
    abstract void end(Listener.Why why, String message);
}
