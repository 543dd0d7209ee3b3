package dev.tierwise.engine.chat;

/// Counts what a rendering does, so that a hostile template is refused and not waited for.
final class Meter {
    private final Limits limits;
    private long steps;
    private int depth;

    Meter(Limits limits) {
        this.limits = limits;
    }

    /// One step, and one more for every few characters that it deals with.
    void step(long characters) {
        count(1 + characters / 4);
    }

    /// As many values to be made or kept, before they are: each takes as much memory as many
    /// characters.
    void items(long count) {
        count(1 + 4 * count);
    }

    private void count(long more) {
        steps += more;
        if (steps > limits.steps()) {
            throw new Trouble("takes more than " + limits.steps() + " steps");
        }
    }

    void enter() {
        if (++depth > limits.depth()) {
            throw new Trouble("goes deeper than " + limits.depth() + " levels");
        }
    }

    void leave() {
        depth--;
    }
}
